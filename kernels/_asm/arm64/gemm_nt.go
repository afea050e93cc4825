package arm64

import "fmt"

// gemmNT has the tiles of the product of a few rows with the transposed panelled matrix.
func (g *neon) gemmNT() {
	for _, t := range g.tier.GEMMNT {
		g.gemmNTTile(t.Rows)
	}
}

// gemmNTTile: C[rows x 16] += Z[rows x n] · Wᵀ, W in panels of 16 columns, n ascending through the panels. A vector holds
// an element of each of four rows of W, of which it transposes four columns at a time.
func (g *neon) gemmNTTile(rows int) {
	g.function(fmt.Sprintf("gemmNT%dx16", rows),
		"func(c *float32, ldc uintptr, z *float32, ldz uintptr, w *float32, panel uintptr, panels uintptr)",
		fmt.Sprintf("C[%d x 16] += Z·Wᵀ over some panels of W, of which there is one, strides and panel size in bytes.", rows))
	zp := g.rows(g.arg("z"), g.arg("ldz"), rows)
	w, panel := g.arg("w"), g.arg("panel")
	cp := g.rows(g.arg("c"), g.arg("ldc"), rows)
	acc := make([][]vr, rows)
	for i := range acc {
		acc[i] = g.vrList(4)
		g.load(cp[i], 0, acc[i])
	}
	g.countDown(g.arg("panels"), func() {
		for t := 0; t < 16; t += 4 {
			g.scope(func() {
				z := g.vrList(rows)
				for i, p := range zp {
					g.load(p, 4*t, z[i:i+1])
				}
				for j := range 4 {
					g.scope(func() {
						in := g.vrList(4)
						for i := range in {
							g.load(w, 64*(4*j+i)+4*t, in[i:i+1])
						}
						for lane, column := range g.transposed(in) {
							for i := range acc {
								g.fmlaLane(acc[i][j], column, z[i], lane)
							}
						}
					})
				}
			})
		}
		g.advance(64, zp...)
		g.do("ADD %v, %v, %v", panel, w, w)
	})
	for i := range acc {
		g.store(acc[i], cp[i], 0)
	}
	g.ret()
}
