package main

import "fmt"

// gemmT has the tiles of the product with the transposed panelled matrix: rows of the result (rows of W) by columns.
func (g *neon) gemmT() {
	for r := 1; r <= 6; r++ {
		g.gemmTTile(r, 16)
	}
	for r := 1; r <= 12; r++ {
		g.gemmTTile(r, 8)
	}
}

// gemmTTile: CT[rows x width] = W[rows x n] · ZT[n x width], W in panels of 16 columns, n ascending through them.
func (g *neon) gemmTTile(rows, width int) {
	g.function(fmt.Sprintf("gemmT%dx%d", rows, width),
		"func(ct *float32, ldct uintptr, w *float32, panel uintptr, zt *float32, ldzt uintptr, panels uintptr, accumulate uintptr)",
		fmt.Sprintf("CT[%d x %d] = W·ZT (+ CT) over panels >= 1 of W, strides and panel size in bytes.", rows, width))
	ct, ldct := g.arg("ct"), g.arg("ldct")
	acc := make([][]vr, rows)
	for i := range acc {
		acc[i] = g.vrList(width / 4)
	}
	g.startC(ct, ldct, acc)
	w, panel, zt, ldzt, panels := g.arg("w"), g.arg("panel"), g.arg("zt"), g.arg("ldzt"), g.arg("panels")
	g.countDown(panels, func() {
		z, x := g.vrList(width/4), g.vrList(4)
		for t := range 16 {
			g.load(zt, 0, z)
			g.do("ADD %v, %v, %v", ldzt, zt, zt)
			for i := range acc {
				g.loadScalar(w, 64*i+4*t, x[i%4])
				g.fmaRow(acc[i], z, x[i%4])
			}
		}
		g.do("ADD %v, %v, %v", panel, w, w)
	})
	for i := range acc {
		g.store(acc[i], ct, 0)
		g.do("ADD %v, %v, %v", ldct, ct, ct)
	}
	g.ret()
}

// tile is rows of zeros.
func (g *neon) tile(rows, vectors int) [][]vr {
	acc := make([][]vr, rows)
	for i := range acc {
		acc[i] = g.zeros(vectors)
	}
	return acc
}

// fmaRow adds the first lane of x times every vector of b to a row of accumulators.
func (g *neon) fmaRow(acc, b []vr, x vr) {
	for j := range b {
		g.fmlaScalar(acc[j], b[j], x)
	}
}

func (g *neon) matMul() {
	for r := 1; r <= 6; r++ {
		g.matMulTile(r, 8)
		g.matMulTile(r, 16)
	}
	for _, t := range [][2]int{{1, 32}, {2, 32}, {3, 32}, {1, 64}} { // few rows, but enough chains in flight
		g.matMulTile(t[0], t[1])
	}
}

// matMulTile: C[rows x columns] (+)= A · B, k ascending, and the same for the blocks of rows below. A has any strides;
// B has a stride from row to row and one from 16 columns to the next 16.
func (g *neon) matMulTile(rows, columns int) {
	g.function(fmt.Sprintf("matMul%dx%d", rows, columns),
		"func(c *float32, ldc uintptr, a *float32, rowA uintptr, stepA uintptr, b *float32, stepB uintptr, panel uintptr, k uintptr, blocks uintptr, accumulate uintptr)",
		fmt.Sprintf("C[%d·blocks x %d] = A·B (+ C) over k >= 1. Strides in bytes: of A by row and along k, of B along k and by 16 columns.", rows, columns))
	c, ldc, a, rowA, stepA := g.arg("c"), g.arg("ldc"), g.arg("a"), g.arg("rowA"), g.arg("stepA")
	stepB, panel, blocks := g.arg("stepB"), g.arg("panel"), g.arg("blocks")
	panels := max(columns/16, 1)
	inPanel := columns / 4 / panels // vectors of a row
	acc := make([][]vr, rows)
	for i := range acc {
		acc[i] = g.vrList(columns / 4)
	}
	g.countDown(blocks, func() {
		g.startC(c, ldc, acc)
		ap, bp := g.rows(a, rowA, rows), g.rows(g.arg("b"), panel, panels)
		k, along := g.arg("k"), g.gp()
		g.do("MOVD $0, %v", along)
		x, b := g.vrList(min(rows, 4)), g.vrList(inPanel)
		step := func() {
			for j := range bp {
				g.load(bp[j], 0, b)
				g.do("ADD %v, %v, %v", stepB, bp[j], bp[j])
				for i := range acc {
					if j == 0 { // several panels only with few rows, whose elements stay
						g.do("FMOVS (%v)(%v), %s", ap[i], along, x[i%4].f())
					}
					g.fmaRow(acc[i][j*inPanel:], b, x[i%4])
				}
			}
			g.do("ADD %v, %v, %v", stepA, along, along)
		}
		const unroll = 4
		g.every(unroll, k, func() {
			for range unroll {
				step()
			}
		})
		g.every(1, k, step)
		for i := range acc {
			g.store(acc[i], c, 0)
			g.do("ADD %v, %v, %v", ldc, c, c)
			g.do("ADD %v, %v, %v", rowA, a, a)
		}
	})
	g.ret()
}

// startC fills the accumulators with the tile of C, or with zeros.
func (g *neon) startC(c, ldc gp, acc [][]vr) {
	g.scope(func() {
		onto, started := g.label("onto"), g.label("started")
		g.do("CBNZ %v, %s", g.arg("accumulate"), onto)
		for i := range acc {
			for _, v := range acc[i] {
				g.zero(v)
			}
		}
		g.do("JMP %s", started)
		g.place(onto)
		for i, p := range g.rows(c, ldc, len(acc)) {
			g.load(p, 0, acc[i])
		}
		g.place(started)
	})
}

func (g *neon) pack() {
	g.function("pack64", "func(dst *float32, panel uintptr, src *float32, lds uintptr, rows uintptr)",
		"Copies rows >= 1 of 64 columns to four panels; panel and lds in bytes.")
	to := g.rows(g.arg("dst"), g.arg("panel"), 4)
	src, lds := g.arg("src"), g.arg("lds")
	g.countDown(g.arg("rows"), func() {
		for j, p := range to {
			g.scope(func() {
				v := g.vrList(4)
				g.load(src, 64*j, v)
				g.store(v, p, 0)
			})
		}
		g.do("ADD %v, %v, %v", lds, src, src)
		g.advance(64, to...)
	})
	g.ret()

	g.function("pack16", "func(dst *float32, src *float32, lds uintptr, rows uintptr, columns uintptr)",
		"Copies rows >= 1 of 1 to 16 columns to a panel, with zeros behind the columns; lds in bytes.")
	dst, src, lds := g.arg("dst"), g.arg("src"), g.arg("lds")
	rows, columns := g.arg("rows"), g.arg("columns")
	narrow := g.label("narrow")
	row := func(load func(v []vr)) {
		g.countDown(rows, func() {
			v := g.vrList(4)
			load(v)
			g.store(v, dst, 0)
			g.do("ADD %v, %v, %v", lds, src, src)
			g.advance(64, dst)
		})
		g.ret()
	}
	g.do("CMP $16, %v", columns)
	g.do("BLT %s", narrow)
	row(func(v []vr) { g.load(src, 0, v) })
	g.place(narrow)
	row(func(v []vr) {
		for _, r := range v {
			g.zero(r)
		}
		g.tail(columns,
			func(q int) { g.load(src, 16*q, v[q:q+1]) },
			func(int) {},
			func(q, l int) { g.loadLane(src, 16*q+4*l, v[q], l) },
			func(int) {})
	})
}

func (g *neon) rankK() {
	for k := 1; k <= maxRank; k++ {
		g.rankTile(k)
	}
}

// rankTile: C[m x n] += A[m x k]·B[k x n], a row of C after the other.
func (g *neon) rankTile(k int) {
	g.function(fmt.Sprintf("rankK%d", k),
		"func(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, ldb uintptr, m uintptr, n uintptr)",
		fmt.Sprintf("C += A·B for m >= 1 rows of A with %d elements, strides in bytes.", k))
	c, ldc, a, lda := g.arg("c"), g.arg("ldc"), g.arg("a"), g.arg("lda")
	b, ldb, n := g.arg("b"), g.arg("ldb"), g.arg("n")
	g.countDown(g.arg("m"), func() {
		factors := g.vrList(k)
		for p, x := range factors {
			g.loadScalar(a, 4*p, x)
		}
		cp, bp := g.copyOf(c), g.rows(b, ldb, k)
		g.each(g.copyOf(n), 4, func(w chunk) {
			v, row := g.loadChunk(w, cp), g.vrList(w.vectors())
			for p, x := range factors {
				g.loadInto(w, bp[p], row)
				g.fmaRow(v, row, x)
			}
			g.storeChunk(w, v, cp)
			g.advance(w.bytes(), append(bp, cp)...)
		})
		g.do("ADD %v, %v, %v", ldc, c, c)
		g.do("ADD %v, %v, %v", lda, a, a)
	})
	g.ret()
}

func (g *neon) gemv() {
	for r := 1; r <= gemvRows; r++ {
		g.gemvTile(r)
	}
}

// gemvTile: y[rows] (+)= A[rows x n]·x, and the same for the blocks of rows below. Each row has the 16 lanes and the
// tree of the contract.
func (g *neon) gemvTile(rows int) {
	g.function(fmt.Sprintf("gemv%d", rows),
		"func(y *float32, a *float32, lda uintptr, x *float32, n uintptr, blocks uintptr, accumulate uintptr)",
		fmt.Sprintf("y = A·x (+ y) for blocks of %d rows, lda in bytes.", rows))
	y, a, lda, blocks, accumulate := g.arg("y"), g.arg("a"), g.arg("lda"), g.arg("blocks"), g.arg("accumulate")
	g.countDown(blocks, func() {
		acc := g.tile(rows, 4)
		pointers := append(g.rows(a, lda, rows), g.arg("x")) // the last one is x's
		n, whole := g.arg("n"), g.label("whole")
		g.every(16, n, func() {
			x, v := g.vrList(4), g.vrList(4)
			g.load(pointers[rows], 0, x)
			for i := range acc {
				g.load(pointers[i], 0, v)
				for q := range v {
					g.fmla(acc[i][q], v[q], x[q])
				}
			}
			g.advance(64, pointers...)
		})
		g.do("CBZ %v, %s", n, whole)
		g.gemvTail(n, pointers, acc)
		g.place(whole)
		for i := range acc {
			g.sum(acc[i])
		}
		stored := g.label("stored")
		g.do("CBZ %v, %s", accumulate, stored)
		for i := range acc {
			g.scope(func() {
				v := g.vr()
				g.loadScalar(y, 4*i, v)
				g.fadd(acc[i][0], v, acc[i][0])
			})
		}
		g.place(stored)
		for i := range acc {
			g.storeScalar(acc[i][0], y, 4*i)
			g.do("ADD %v, %v, %v", lda, a, a)
		}
		g.advance(4*rows, y)
	})
	g.ret()
}

// gemvTail adds the last n < 16 products of each row, and 0·0 in the lanes of the same vector that lack one. The vectors
// behind it lack theirs: of zeros that are added, one that is positive makes the sum so.
func (g *neon) gemvTail(n gp, pointers []gp, acc [][]vr) {
	rows := len(acc)
	parts := g.vrList(rows + 1)
	multiply := func(q int) {
		for i := range acc {
			g.fmla(acc[i][q], parts[i], parts[rows])
		}
	}
	g.tail(n, func(q int) {
		for i, p := range pointers {
			g.load(p, 16*q, parts[i:i+1])
		}
		multiply(q)
	}, func(int) {
		for _, v := range parts {
			g.zero(v)
		}
	}, func(q, l int) {
		for i, p := range pointers {
			g.loadLane(p, 16*q+4*l, parts[i], l)
		}
	}, multiply)
}

func (g *neon) momentumGEMM() {
	for r := 1; r <= 6; r++ {
		g.momentumTile(r)
	}
}

// momentumTile: for consecutive blocks of rows of one panel: G = Aᵀ·Z over the samples, ascending;
// M = mu·M + G; W = W - lr·M. Weights and momentum pass memory once.
func (g *neon) momentumTile(rows int) {
	g.function(fmt.Sprintf("momentumGEMM%d", rows),
		"func(w *float32, m *float32, blocks uintptr, a *float32, lda uintptr, z *float32, ldz uintptr, samples uintptr, mu float32, neglr float32)",
		fmt.Sprintf("Gradient and momentum step of blocks of %d rows of a panel of 16 columns, strides in bytes.", rows))
	w, m, a, lda := g.arg("w"), g.arg("m"), g.arg("a"), g.arg("lda")
	z, ldz, samples := g.arg("z"), g.arg("ldz"), g.arg("samples")
	g.countDown(g.arg("blocks"), func() {
		acc := g.tile(rows, 4)
		ap, zp := g.copyOf(a), g.copyOf(z)
		g.every(1, g.copyOf(samples), func() {
			row, x := g.vrList(4), g.vrList(4)
			g.load(zp, 0, row)
			for i := range acc {
				g.loadScalar(ap, 4*i, x[i%4])
				g.fmaRow(acc[i], row, x[i%4])
			}
			g.do("ADD %v, %v, %v", lda, ap, ap)
			g.do("ADD %v, %v, %v", ldz, zp, zp)
		})
		mu, neglr, v := g.scalarArg("mu"), g.scalarArg("neglr"), g.vrList(4)
		for i := range acc {
			g.load(m, 64*i, v)
			g.fmaRow(acc[i], v, mu)
			g.store(acc[i], m, 64*i)
			g.load(w, 64*i, v)
			g.fmaRow(v, acc[i], neglr)
			g.store(v, w, 64*i)
		}
		g.advance(4*rows, a)
		g.advance(64*rows, w, m)
	})
	g.ret()
}

// transpose4 only moves data: dst[c][r] = src[r][c] for 4 rows and 4·blocks columns.
func (g *neon) transpose4() {
	g.function("transpose4", "func(dst *float32, ldd uintptr, src *float32, lds uintptr, blocks uintptr)",
		"Transposes 4 rows of 4·blocks columns, strides in bytes.")
	ldd := g.arg("ldd")
	from, to := g.rows(g.arg("src"), g.arg("lds"), 4), g.arg("dst")
	g.countDown(g.arg("blocks"), func() {
		in := g.vrList(4)
		for i, p := range from {
			g.load(p, 0, in[i:i+1])
		}
		for _, column := range g.transposed(in) {
			g.store([]vr{column}, to, 0)
			g.do("ADD %v, %v, %v", ldd, to, to)
		}
		g.advance(16, from...)
	})
	g.ret()
}

// transposed makes columns of four rows.
func (g *neon) transposed(in []vr) []vr {
	out := g.vrList(4)
	g.scope(func() {
		pairs := g.vrList(4)
		for i := 0; i < 4; i += 2 {
			g.do("VTRN1 %s, %s, %s", in[i+1].s4(), in[i].s4(), pairs[i].s4())
			g.do("VTRN2 %s, %s, %s", in[i+1].s4(), in[i].s4(), pairs[i+1].s4())
		}
		for c := range out {
			half := "VZIP1"
			if c >= 2 {
				half = "VZIP2"
			}
			g.do("%s %s, %s, %s", half, pairs[2+c%2].d2(), pairs[c%2].d2(), out[c].d2())
		}
	})
	return out
}
