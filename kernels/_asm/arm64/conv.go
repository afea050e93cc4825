package arm64

import "srhmbench/kernels/_asm/contract"

func (g *neon) conv() {
	g.convTile("conv")
	g.convTile("convGradInput")
	g.convGradWeights()
}

// starts are base plus the tile's byte offsets from number first of a list on.
func (g *neon) starts(list gp, first int, base gp) []gp {
	rs := g.gpList(contract.TilePositions)
	for i, r := range rs {
		g.do("MOVD %d(%v), %v", 8*(first+i), list, r)
		g.do("ADD %v, %v, %v", base, r, r)
	}
	return rs
}

// startTile loads what is there into the accumulators of a tile, if the argument accumulate is set, else clears them.
func (g *neon) startTile(acc [][]vr, list, base, columns gp) {
	started := g.label("started")
	for i := range acc {
		for _, v := range acc[i] {
			g.zero(v)
		}
	}
	g.scope(func() {
		g.do("CBZ %v, %s", g.arg("accumulate"), started)
		g.columns(g.starts(list, contract.TilePositions, base), acc, columns, g.load, g.loadLane)
	})
	g.place(started)
}

func (g *neon) finishTile(acc [][]vr, list, base, columns gp) {
	g.scope(func() {
		g.columns(g.starts(list, contract.TilePositions, base), acc, columns,
			func(p gp, offset int, v []vr) { g.store(v, p, offset) },
			func(p gp, offset int, v vr, lane int) { g.storeLane(v, lane, p, offset) })
	})
}

// columns moves rows of 16 columns between registers and memory, of which only the first ones may exist.
func (g *neon) columns(rows []gp, acc [][]vr, columns gp, whole func(p gp, offset int, v []vr), lane func(p gp, offset int, v vr, lane int)) {
	some, done := g.label("some"), g.label("done")
	g.do("CMP $16, %v", columns)
	g.do("BLT %s", some)
	for i, p := range rows {
		whole(p, 0, acc[i])
	}
	g.do("JMP %s", done)
	g.place(some)
	nothing := func(int) {}
	g.tail(columns, func(q int) {
		for i, p := range rows {
			whole(p, 16*q, acc[i][q:q+1])
		}
	}, nothing, func(q, l int) {
		for i, p := range rows {
			lane(p, 16*q+4*l, acc[i][q], l)
		}
	}, nothing)
	g.place(done)
}

// convTile: a panel of 16 channels at six positions. For every tap the channels of the input, which lie together,
// against rows of the panel.
func (g *neon) convTile(name string) {
	g.function(name,
		"func(y *float32, x *float32, w *float32, panel uintptr, at *uintptr, run uintptr, cols uintptr, xcol uintptr, wcol uintptr, rows uintptr, xrow uintptr, wrow uintptr, columns uintptr, accumulate uintptr)",
		"Six positions, at[0:6] bytes into x and at[6:12] into y, by 16 columns: rows·cols taps of run channels each,\n// after which x and w go on by xcol and wcol bytes, after a row of taps by xrow and wrow more.")
	y, at, columns := g.arg("y"), g.arg("at"), g.arg("columns")
	acc := g.tile(contract.TilePositions, 4)
	g.startTile(acc, at, y, columns)
	x, w, along := g.starts(at, 0, g.arg("x")), g.arg("w"), g.gp()
	g.do("MOVD $0, %v", along)
	g.taps(along, w, func() {
		g.every(1, g.arg("run"), func() {
			b, a := g.vrList(4), g.vrList(4)
			g.load(w, 0, b)
			for i := range acc {
				g.do("FMOVS (%v)(%v), %s", x[i], along, a[i%4].f())
				g.fmaRow(acc[i], b, a[i%4])
			}
			g.advance(4, along)
			g.advance(64, w)
		})
	})
	g.finishTile(acc, at, y, columns)
	g.ret()
}

// taps runs body over all taps; along, in bytes, and w go on by what the arguments say.
func (g *neon) taps(along, w gp, body func()) {
	g.countDown(g.arg("rows"), func() {
		g.countDown(g.arg("cols"), func() {
			body()
			g.do("ADD %v, %v, %v", g.arg("xcol"), along, along)
			g.do("ADD %v, %v, %v", g.arg("wcol"), w, w)
		})
		g.do("ADD %v, %v, %v", g.arg("xrow"), along, along)
		g.do("ADD %v, %v, %v", g.arg("wrow"), w, w)
	})
}

// convGradWeights: six input channels against 16 output channels, over positions. The output gradients lie packed, 16
// columns of a position together.
func (g *neon) convGradWeights() {
	g.function("convGradWeights",
		"func(dw *float32, panel uintptr, x *float32, dy *float32, dypanel uintptr, at *uintptr, list *uintptr, n uintptr, xstep uintptr, ystep uintptr, columns uintptr, accumulate uintptr)",
		"Six rows of dw, at[6:12] bytes into it, by 16 columns, the sums, onto what is there if accumulate is set, of the products of the channels at[0:6] bytes\n// into x and of packed dy at n meetings, xstep and ystep bytes from output to output.")
	dw, at, columns := g.arg("dw"), g.arg("at"), g.arg("columns")
	acc := g.tile(contract.TilePositions, 4)
	g.startTile(acc, at, dw, columns)
	rows := g.starts(at, 0, g.arg("x"))
	g.meetings(func(x, dy gp) {
		z, a := g.vrList(4), g.vrList(4)
		g.load(dy, 0, z)
		for i := range acc {
			g.do("FMOVS (%v)(%v), %s", rows[i], x, a[i%4].f())
			g.fmaRow(acc[i], z, a[i%4])
		}
	})
	g.finishTile(acc, at, dw, columns)
	g.ret()
}

// meetings runs body at every output of n meetings: x is in bytes, dy an address.
func (g *neon) meetings(body func(x, dy gp)) {
	list, base, xstep, ystep := g.arg("list"), g.arg("dy"), g.arg("xstep"), g.arg("ystep")
	g.countDown(g.arg("n"), func() {
		x, dy, left := g.gp(), g.gp(), g.gp()
		g.do("LDP.P 16(%v), (%v, %v)", list, x, dy)
		g.do("MOVD.P 8(%v), %v", list, left)
		g.do("ADD %v, %v, %v", base, dy, dy)
		g.countDown(left, func() {
			body(x, dy)
			g.do("ADD %v, %v, %v", xstep, x, x)
			g.do("ADD %v, %v, %v", ystep, dy, dy)
		})
	})
}
