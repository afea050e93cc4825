package arm64

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
