package arm64

import "srhmbench/kernels/_asm/contract"

func (g *neon) norm() {
	g.batchNormMoments()
	g.batchNormGradSums()
	g.batchNorm()
	g.batchNormGrad()
}

// neonRowSums is rowSums for arm64.
type neonRowSums struct {
	operands []contract.RowMatrix
	sums     []contract.RowSum
	block    func(c chunk, at gp) neonAddRow // at is bytes of channels before the chunk
	finish   func(total vr)                  // changes a total before it is rounded
}

// neonAddRow puts the row at the pointers into the registers of each sum, or adds it to those of a sum that onto says.
type neonAddRow func(pointers []gp, to [][]vr, onto []bool)

func (g *neon) sumRows(s neonRowSums) {
	rows := g.arg("rows")
	left := g.copyOf(rows)
	var starts, apart []gp
	for _, o := range s.operands {
		starts, apart = append(starts, g.arg(o.Name)), append(apart, g.arg(o.LD))
	}
	again := g.label("chunk")
	g.place(again)
	n, at := g.arg("chunk"), g.gp()
	g.do("CMP %v, %v", n, left)
	g.do("CSEL LT, %v, %v, %v", left, n, n)
	g.do("MOVD $0, %v", at)
	g.scope(func() {
		g.each(g.arg("channels"), 2, func(c chunk) {
			totals := g.beginTotals(s, c, at, rows, left)
			g.sumChunk(s, c, at, n, starts, apart, totals)
			last, end := g.label("last"), g.label("end")
			g.do("CMP %v, %v", n, left)
			g.do("BEQ %s", last)
			g.eachTotal(s, c, at, totals, func(v []vr, p gp) { g.storeWide(c, v, p) })
			g.do("JMP %s", end)
			g.place(last)
			for i, sum := range s.sums {
				for _, v := range totals[i] {
					s.finish(v)
				}
				g.storeChunk(c, g.round(totals[i]), g.plus(g.arg(sum.Result), at))
			}
			g.place(end)
			g.advance(c.bytes(), at)
		})
	})
	for i, p := range starts {
		g.do("MADD %v, %v, %v, %v", apart[i], p, n, p)
	}
	g.do("SUBS %v, %v, %v", n, left, left)
	g.do("BNE %s", again)
}

// beginTotals are 0 for each sum in the first chunk of rows, and in later ones what waits in memory: low and high half of
// every vector.
func (g *neon) beginTotals(s neonRowSums, c chunk, at, rows, left gp) (totals [][]vr) {
	for range s.sums {
		totals = append(totals, g.vrList(2*c.vectors()))
	}
	first, begun := g.label("first"), g.label("begun")
	g.do("CMP %v, %v", rows, left)
	g.do("BEQ %s", first)
	g.eachTotal(s, c, at, totals, func(v []vr, p gp) { g.loadWide(c, p, v) })
	g.do("JMP %s", begun)
	g.place(first)
	for _, v := range totals {
		for _, half := range v {
			g.zero(half)
		}
	}
	g.place(begun)
	return totals
}

// eachTotal visits the totals and where they wait.
func (g *neon) eachTotal(s neonRowSums, c chunk, at gp, totals [][]vr, visit func(v []vr, p gp)) {
	for i, sum := range s.sums {
		g.scope(func() {
			p := g.plus(g.arg(sum.Total), at)
			g.do("ADD %v, %v, %v", at, p, p)
			visit(totals[i], p)
		})
	}
}

// loadWide reads the float64 of a chunk; a single one is the first of its vector.
func (g *neon) loadWide(c chunk, p gp, v []vr) {
	if c == 0 {
		g.do("FMOVD (%v), %s", p, v[0].f())
		g.zero(v[1])
		return
	}
	g.load(p, 0, v)
}

func (g *neon) storeWide(c chunk, v []vr, p gp) {
	if c == 0 {
		g.do("FMOVD %s, (%v)", v[0].f(), p)
		return
	}
	g.store(v, p, 0)
}

// sumChunk adds the rows of a chunk to the totals of a chunk of channels.
func (g *neon) sumChunk(s neonRowSums, c chunk, at, n gp, starts, apart []gp, totals [][]vr) {
	g.scope(func() {
		add, left, pointers := s.block(c, at), g.copyOf(n), []gp(nil)
		for _, start := range starts {
			pointers = append(pointers, g.plus(start, at))
		}
		var waiting [][][]vr
		for _, sum := range s.sums {
			var parts [][]vr
			for rows := sum.Chain; rows <= 16; rows *= 2 {
				parts = append(parts, g.vrList(c.vectors()))
			}
			waiting = append(waiting, parts)
		}
		fresh := func(sum, parts int) []vr { return waiting[sum][parts] }
		fold := func(onto, part []vr) {
			for j, v := range part {
				g.fadd(onto[j], onto[j], v)
			}
		}
		for rows := 16; rows >= 1; rows /= 2 {
			g.every(rows, left, func() {
				sums := contract.Pairwise(rows, s.sums, fresh, fold, func(to [][]vr, onto []bool) {
					g.scope(func() { add(pointers, to, onto) })
					for i, p := range pointers {
						g.do("ADD %v, %v, %v", apart[i], p, p)
					}
				})
				for i, v := range sums {
					g.addWide(v, totals[i])
				}
			})
		}
	})
}

// addWide adds float32 to float64.
func (g *neon) addWide(v, total []vr) {
	low, high := g.vr(), g.vr()
	for j, x := range v {
		g.fcvtl(low, x)
		g.fcvtl2(high, x)
		g.faddWide(total[2*j], total[2*j], low)
		g.faddWide(total[2*j+1], total[2*j+1], high)
	}
}

// round is float64 in float32.
func (g *neon) round(total []vr) []vr {
	v := g.vrList(len(total) / 2)
	for j, r := range v {
		g.fcvtn(r, total[2*j])
		g.fcvtn2(r, total[2*j+1])
	}
	return v
}

func (g *neon) batchNormMoments() {
	g.function("batchNormMoments",
		"func(mean *float32, variance *float32, x *float32, ldx uintptr, rows uintptr, channels uintptr, share float64, chunk uintptr, totals *float64)",
		"Means and variances over rows, ldx bytes apart; share is 1/rows. totals is memory where rows are more than a chunk, a multiple of 16.")
	share := g.wideArg("share")
	s := neonRowSums{operands: []contract.RowMatrix{{Name: "x", LD: "ldx"}}, finish: func(total vr) { g.fmulWide(total, total, share) }}
	s.sums = []contract.RowSum{{Result: "mean", Total: "totals", Chain: 2}}
	s.block = func(c chunk, _ gp) neonAddRow {
		return func(pointers []gp, to [][]vr, onto []bool) {
			if !onto[0] {
				g.loadInto(c, pointers[0], to[0])
				return
			}
			for j, v := range g.loadChunk(c, pointers[0]) {
				g.fadd(to[0][j], to[0][j], v)
			}
		}
	}
	g.scope(func() { g.sumRows(s) })
	s.sums = []contract.RowSum{{Result: "variance", Total: "totals", Chain: 4}}
	s.block = func(c chunk, at gp) neonAddRow {
		mean := g.loadChunk(c, g.plus(g.arg("mean"), at))
		return func(pointers []gp, to [][]vr, onto []bool) {
			for j, v := range g.loadChunk(c, pointers[0]) {
				g.fsub(v, v, mean[j])
				if onto[0] {
					g.fmla(to[0][j], v, v)
				} else {
					g.fmul(to[0][j], v, v)
				}
			}
		}
	}
	g.scope(func() { g.sumRows(s) })
	g.ret()
}

func (g *neon) batchNormGradSums() {
	g.function("batchNormGradSums",
		"func(dshift *float32, dscale *float32, dy *float32, lddy uintptr, x *float32, ldx uintptr, mean *float32, rows uintptr, channels uintptr, chunk uintptr, shifts *float64, scales *float64)",
		"Sums over rows of dy and of dy·(x - mean), rows lddy and ldx bytes apart. shifts and scales are memory where rows are more than a chunk, a multiple of 16.")
	s := neonRowSums{operands: []contract.RowMatrix{{Name: "dy", LD: "lddy"}, {Name: "x", LD: "ldx"}}, finish: func(vr) {}}
	s.sums = []contract.RowSum{{Result: "dshift", Total: "shifts", Chain: 2}, {Result: "dscale", Total: "scales", Chain: 4}}
	s.block = func(c chunk, at gp) neonAddRow {
		mean := g.loadChunk(c, g.plus(g.arg("mean"), at))
		return func(pointers []gp, to [][]vr, onto []bool) {
			d, v := g.loadChunk(c, pointers[0]), g.loadChunk(c, pointers[1])
			for j := range d {
				g.fsub(v[j], v[j], mean[j])
				if onto[0] {
					g.fadd(to[0][j], to[0][j], d[j])
				} else {
					g.copyTo(to[0][j], d[j])
				}
				if onto[1] {
					g.fmla(to[1][j], v[j], d[j])
				} else {
					g.fmul(to[1][j], v[j], d[j])
				}
			}
		}
	}
	g.sumRows(s)
	g.ret()
}

func (g *neon) batchNorm() {
	g.function("batchNorm",
		"func(y *float32, ldy uintptr, x *float32, ldx uintptr, mean *float32, scale *float32, shift *float32, rows uintptr, channels uintptr)",
		"y = fma(x - mean, scale, shift), rows ldy and ldx bytes apart.")
	y, ldy, x, ldx := g.arg("y"), g.arg("ldy"), g.arg("x"), g.arg("ldx")
	mean, scale, shift, channels := g.arg("mean"), g.arg("scale"), g.arg("shift"), g.arg("channels")
	g.countDown(g.arg("rows"), func() {
		yp, xp, m, s, b := g.copyOf(y), g.copyOf(x), g.copyOf(mean), g.copyOf(scale), g.copyOf(shift)
		g.each(g.copyOf(channels), 4, func(c chunk) {
			v, means, scales, result := g.loadChunk(c, xp), g.loadChunk(c, m), g.loadChunk(c, s), g.loadChunk(c, b)
			for j := range v {
				g.fsub(v[j], v[j], means[j])
				g.fmla(result[j], v[j], scales[j])
			}
			g.storeChunk(c, result, yp)
			g.advance(c.bytes(), yp, xp, m, s, b)
		})
		g.do("ADD %v, %v, %v", ldy, y, y)
		g.do("ADD %v, %v, %v", ldx, x, x)
	})
	g.ret()
}

func (g *neon) batchNormGrad() {
	g.function("batchNormGrad",
		"func(dx *float32, lddx uintptr, dy *float32, lddy uintptr, x *float32, ldx uintptr, mean *float32, byDy *float32, byX *float32, constant *float32, rows uintptr, channels uintptr)",
		"dx = fma(dy, byDy, fma(x - mean, byX, constant)), strides in bytes.")
	pointers := []gp{g.arg("dx"), g.arg("dy"), g.arg("x")}
	strides := []gp{g.arg("lddx"), g.arg("lddy"), g.arg("ldx")}
	perChannel := []gp{g.arg("mean"), g.arg("byDy"), g.arg("byX"), g.arg("constant")}
	channels := g.arg("channels")
	g.countDown(g.arg("rows"), func() {
		var at []gp
		for _, p := range append(pointers[:3:3], perChannel...) {
			at = append(at, g.copyOf(p))
		}
		dx, dy, x, mean, byDy, byX, constant := at[0], at[1], at[2], at[3], at[4], at[5], at[6]
		g.each(g.copyOf(channels), 4, func(c chunk) {
			v, means, factors, result := g.loadChunk(c, x), g.loadChunk(c, mean), g.loadChunk(c, byX), g.loadChunk(c, constant)
			d, byD := g.loadChunk(c, dy), g.loadChunk(c, byDy)
			for j := range v {
				g.fsub(v[j], v[j], means[j])
				g.fmla(result[j], v[j], factors[j])
				g.fmla(result[j], d[j], byD[j])
			}
			g.storeChunk(c, result, dx)
			g.advance(c.bytes(), at...)
		})
		for i, p := range pointers {
			g.do("ADD %v, %v, %v", strides[i], p, p)
		}
	})
	g.ret()
}
