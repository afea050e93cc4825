package arm64

import "fmt"

func (g *neon) gemm() {
	for _, t := range g.tier.GEMM {
		g.gemmTile(t.Rows, t.Columns)
	}
}

// gemmTile: C[rows x columns] (+)= A · B, k ascending, and the same for the blocks of rows below. A has any strides;
// B has a stride from row to row and one from 16 columns to the next 16.
func (g *neon) gemmTile(rows, columns int) {
	g.function(fmt.Sprintf("gemm%dx%d", rows, columns),
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
