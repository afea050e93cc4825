package arm64

// transpose4 only moves data: dst[c][r] = src[r][c] for 4 rows and 4·blocks columns.
func (g *neon) transpose4() {
	g.function("transpose", "func(dst *float32, ldd uintptr, src *float32, lds uintptr, blocks uintptr)",
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
