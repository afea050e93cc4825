package arm64

import "fmt"

// gemmT has the tiles of the product with the transposed panelled matrix: rows of the result (rows of W) by columns.
func (g *neon) gemmT() {
	for _, t := range g.tier.GEMMT {
		g.gemmTTile(t.Rows, t.Columns)
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
