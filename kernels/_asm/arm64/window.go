package arm64

import "srhmbench/kernels/_asm/contract"

func (g *neon) windows() {
	g.depthwise("depthwiseConv")
	g.depthwise("depthwiseConvGradInput")
	g.depthwiseGradWeights()
}

// neonWindow is a tile of six positions whose channels do not mix. For every chunk of channels it runs over all taps.
type neonWindow struct {
	chunk
	at    gp   // list of the positions
	x     []gp // first tap of each position
	c     gp   // bytes of the chunk in a row of channels
	along gp   // bytes into x of the tap and the chunk
}

// neonWindows runs set, then tap for all taps with w going on, then finish, on chunks of channels. atChunk says whether
// w has a row of channels for each tap.
func (g *neon) windowTiles(widest chunk, perChannel bool, set func(t *neonWindow), tap func(t *neonWindow, w gp), finish func(t *neonWindow)) {
	t := &neonWindow{at: g.arg("at"), c: g.gp()}
	t.x = g.starts(t.at, 0, g.arg("x"))
	g.do("MOVD $0, %v", t.c)
	g.each(g.arg("channels"), widest, func(c chunk) {
		t.chunk = c
		t.along = g.copyOf(t.c)
		w := g.arg("w")
		set(t)
		if perChannel {
			g.do("ADD %v, %v, %v", t.c, w, w)
		}
		g.taps(t.along, w, func() { tap(t, w) })
		finish(t)
		g.advance(c.bytes(), t.c)
	})
	g.ret()
}

// read loads the chunk of each position in turn.
func (g *neon) read(t *neonWindow, each func(i int, v []vr)) {
	for i, x := range t.x {
		g.scope(func() { each(i, g.loadChunk(t.chunk, g.plus(x, t.along))) })
	}
}

// write stores a chunk for each position of a result.
func (g *neon) write(t *neonWindow, result string, v [][]vr) {
	g.scope(func() {
		base := g.plus(g.arg(result), t.c)
		for i, p := range g.starts(t.at, contract.TilePositions, base) {
			g.storeChunk(t.chunk, v[i], p)
		}
	})
}

const windowParameters = "at *uintptr, channels uintptr, rows uintptr, xrow uintptr, wrow uintptr, cols uintptr, xcol uintptr, wcol uintptr"

func (g *neon) depthwise(name string) {
	g.function(name, "func(y *float32, x *float32, w *float32, "+windowParameters+")",
		"Six positions, at[0:6] bytes into x and at[6:12] into y: sums over the taps of x times w, channel by channel.")
	var acc [][]vr
	g.windowTiles(4, true, func(t *neonWindow) {
		acc = g.tile(contract.TilePositions, t.vectors())
	}, func(t *neonWindow, w gp) {
		weights := g.loadChunk(t.chunk, w)
		g.read(t, func(i int, v []vr) {
			for j := range v {
				g.fmla(acc[i][j], v[j], weights[j])
			}
		})
	}, func(t *neonWindow) { g.write(t, "y", acc) })
}

// depthwiseGradWeights: one tap.
func (g *neon) depthwiseGradWeights() {
	g.function("depthwiseConvGradWeights",
		"func(dw *float32, x *float32, dy *float32, list *uintptr, n uintptr, xstep uintptr, ystep uintptr, channels uintptr)",
		"dw += sums over n meetings of x times dy, channel by channel; xstep and ystep are bytes from output to output.")
	dw, x, c := g.arg("dw"), g.arg("x"), g.gp()
	g.do("MOVD $0, %v", c)
	g.each(g.arg("channels"), 8, func(w chunk) {
		acc, from := g.loadChunk(w, dw), g.plus(x, c)
		g.meetings(func(along, dy gp) {
			v, z := g.loadChunk(w, g.plus(from, along)), g.loadChunk(w, g.plus(dy, c))
			for j := range acc {
				g.fmla(acc[j], v[j], z[j])
			}
		})
		g.storeChunk(w, acc, dw)
		g.advance(w.bytes(), dw, c)
	})
	g.ret()
}
