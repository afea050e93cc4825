package arm64

import "srhmbench/kernels/_asm/contract"

func (g *neon) pools() {
	g.averagePool("averagePool")
	g.averagePool("averagePoolGrad")
	g.maxPool()
	g.maxPoolGrad()
}

func (g *neon) averagePool(name string) {
	g.function(name, "func(y *float32, x *float32, w *float32, "+windowParameters+", scale float32)",
		"Six positions, at[0:6] bytes into x and at[6:12] into y: sums over the taps of x, channel by channel, times scale.")
	var acc [][]vr
	g.windowTiles(4, false, func(t *neonWindow) {
		acc = g.tile(contract.TilePositions, t.vectors())
	}, func(t *neonWindow, _ gp) {
		g.read(t, func(i int, v []vr) {
			for j := range v {
				g.fadd(acc[i][j], acc[i][j], v[j])
			}
		})
	}, func(t *neonWindow) {
		scale := g.broadcastArg("scale")
		for i := range acc {
			for _, v := range acc[i] {
				g.fmul(v, v, scale)
			}
		}
		g.write(t, "y", acc)
	})
}

// number loads the number of a tap into every lane.
func (g *neon) number(w gp, v vr) { g.do("VLD1R (%v), [%s]", w, v.s4()) }

// rowsOf is registers for a chunk of each position.
func (g *neon) rowsOf(t *neonWindow) [][]vr {
	rows := make([][]vr, contract.TilePositions)
	for i := range rows {
		rows[i] = g.vrList(t.vectors())
	}
	return rows
}

func (g *neon) maxPool() {
	g.function("maxPool", "func(y *float32, which *float32, x *float32, w *float32, "+windowParameters+")",
		"Six positions, at[0:6] bytes into x and at[6:12] into y and which: the largest over the taps of x, channel by\n// channel, and the tap's number, read from w.")
	var best, which [][]vr
	g.windowTiles(2, false, func(t *neonWindow) {
		best, which = g.rowsOf(t), g.rowsOf(t)
		g.scope(func() {
			first := g.vr()
			g.number(g.arg("w"), first)
			for i, x := range t.x {
				g.scope(func() { g.loadInto(t.chunk, g.plus(x, t.along), best[i]) })
				for _, v := range which[i] {
					g.copyTo(v, first)
				}
			}
		})
	}, func(t *neonWindow, w gp) {
		number, greater := g.vr(), g.vr()
		g.number(w, number)
		g.read(t, func(i int, v []vr) {
			for j := range v {
				g.fcmgt(greater, v[j], best[i][j])
				g.bit(best[i][j], v[j], greater)
				g.bit(which[i][j], number, greater)
			}
		})
	}, func(t *neonWindow) {
		g.write(t, "y", best)
		g.write(t, "which", which)
	})
}

func (g *neon) maxPoolGrad() {
	g.function("maxPoolGrad", "func(y *float32, x *float32, which *float32, w *float32, "+windowParameters+")",
		"Six positions, at[0:6] bytes into x and at[6:12] into y: sums over the taps of x where which, in step\n// with x, is the tap's number, read from w, channel by channel.")
	var acc [][]vr
	g.windowTiles(2, false, func(t *neonWindow) {
		acc = g.tile(contract.TilePositions, t.vectors())
	}, func(t *neonWindow, w gp) {
		number, beyond := g.vr(), g.gp()
		g.number(w, number)
		g.do("SUB %v, %v, %v", g.arg("x"), g.arg("which"), beyond)
		g.read(t, func(i int, v []vr) {
			taken := g.loadChunk(t.chunk, g.plus(g.plus(t.x[i], t.along), beyond))
			for j := range v {
				g.fcmeq(taken[j], taken[j], number)
				g.and(v[j], v[j], taken[j])
				g.fadd(acc[i][j], acc[i][j], v[j])
			}
		})
	}, func(t *neonWindow) { g.write(t, "y", acc) })
}
