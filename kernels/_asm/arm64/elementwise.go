package arm64

func (g *neon) elementwise() {
	g.mapTo("relu", "dst = max(0, src); NaN stays NaN and -0 stays -0.", 4, func(x []vr) {
		zero, negative := g.zeros(1)[0], g.vr()
		for _, v := range x {
			g.fcmgt(negative, zero, v)
			g.bit(v, zero, negative)
		}
	})
	g.map2To("reluGrad", "dz", "dx", "z", "dz = dx where z > 0, else 0.", 4, func(dx, z []vr) {
		zero := g.zeros(1)[0]
		for i, v := range dx {
			g.fcmgt(z[i], z[i], zero)
			g.and(v, v, z[i])
		}
	})
	g.momentum()
	g.catchUp()
	g.momentumSteps()
}

// mapTo writes a function from one vector to another; f replaces elements by results.
func (g *neon) mapTo(name, doc string, widest chunk, f func(x []vr)) {
	g.function(name, "func(dst *float32, src *float32, n uintptr)", doc)
	dst, src, n := g.arg("dst"), g.arg("src"), g.arg("n")
	g.table = g.constantTable()
	g.each(n, widest, func(c chunk) {
		v := g.loadChunk(c, src)
		f(v)
		g.storeChunk(c, v, dst)
		g.advance(c.bytes(), dst, src)
	})
	g.ret()
}

// map2To writes a function from two vectors to a third; f replaces the elements of the first.
func (g *neon) map2To(name, out, in1, in2, doc string, widest chunk, f func(x, y []vr)) {
	g.function(name, "func("+out+" *float32, "+in1+" *float32, "+in2+" *float32, n uintptr)", doc)
	dst, x, y, n := g.arg(out), g.arg(in1), g.arg(in2), g.arg("n")
	g.table = g.constantTable()
	g.each(n, widest, func(c chunk) {
		v, w := g.loadChunk(c, x), g.loadChunk(c, y)
		f(v, w)
		g.storeChunk(c, v, dst)
		g.advance(c.bytes(), dst, x, y)
	})
	g.ret()
}

func (g *neon) momentum() {
	g.function("momentum",
		"func(w *float32, m *float32, grad *float32, n uintptr, scale float32, mu float32, neglr float32)",
		"m = fma(mu, m, scale·grad); w = fma(-lr, m, w).")
	w, m, grad, n := g.arg("w"), g.arg("m"), g.arg("grad"), g.arg("n")
	scale, mu, neglr := g.broadcastArg("scale"), g.broadcastArg("mu"), g.broadcastArg("neglr")
	g.each(n, 4, func(c chunk) {
		gv, mv, wv := g.loadChunk(c, grad), g.loadChunk(c, m), g.loadChunk(c, w)
		for i := range gv {
			g.fmul(gv[i], gv[i], scale)
			g.fmla(gv[i], mv[i], mu)
			g.fmla(wv[i], gv[i], neglr)
		}
		g.storeChunk(c, gv, m)
		g.storeChunk(c, wv, w)
		g.advance(c.bytes(), w, m, grad)
	})
	g.ret()
}

func (g *neon) decayMomentum() {
	g.function("decayMomentum",
		"func(w *float32, m *float32, grad *float32, n uintptr, scale float32, decay float32, mu float32, neglr float32)",
		"m = fma(mu, m, fma(decay, w, scale·grad)); w = fma(-lr, m, w).")
	w, m, grad, n := g.arg("w"), g.arg("m"), g.arg("grad"), g.arg("n")
	scale, decay, mu, neglr := g.broadcastArg("scale"), g.broadcastArg("decay"), g.broadcastArg("mu"), g.broadcastArg("neglr")
	g.each(n, 4, func(c chunk) {
		gv, mv, wv := g.loadChunk(c, grad), g.loadChunk(c, m), g.loadChunk(c, w)
		for i := range gv {
			g.fmul(gv[i], gv[i], scale)
			g.fmla(gv[i], wv[i], decay)
			g.fmla(gv[i], mv[i], mu)
			g.fmla(wv[i], gv[i], neglr)
		}
		g.storeChunk(c, gv, m)
		g.storeChunk(c, wv, w)
		g.advance(c.bytes(), w, m, grad)
	})
	g.ret()
}

func (g *neon) catchUp() {
	g.function("catchUp",
		"func(w *float32, m *float32, n uintptr, decay float32, negdrift float32)",
		"w = fma(-drift, m, w); m = decay·m: the momentum steps a row missed.")
	w, m, n := g.arg("w"), g.arg("m"), g.arg("n")
	decay, negdrift := g.broadcastArg("decay"), g.broadcastArg("negdrift")
	g.each(n, 4, func(c chunk) {
		mv, wv := g.loadChunk(c, m), g.loadChunk(c, w)
		for i := range mv {
			g.fmla(wv[i], mv[i], negdrift)
			g.fmul(mv[i], mv[i], decay)
		}
		g.storeChunk(c, mv, m)
		g.storeChunk(c, wv, w)
		g.advance(c.bytes(), w, m)
	})
	g.ret()
}

func (g *neon) momentumSteps() {
	g.function("momentumSteps",
		"func(w *float32, m *float32, n uintptr, steps uintptr, mu float32, neglr float32)",
		"As often as steps says: m = fma(mu, m, 0); w = fma(-lr, m, w). n is a multiple of 16, steps at least 1.")
	w, m, n, steps := g.arg("w"), g.arg("m"), g.arg("n"), g.arg("steps")
	mu, neglr, left := g.broadcastArg("mu"), g.broadcastArg("neglr"), g.gp()
	g.every(16, n, func() {
		mv, wv, next := g.vrList(4), g.vrList(4), g.vrList(4)
		g.load(m, 0, mv)
		g.load(w, 0, wv)
		g.do("MOVD %v, %v", steps, left)
		g.countDown(left, func() {
			for i := range mv {
				g.zero(next[i])
				g.fmla(next[i], mv[i], mu)
				g.copyTo(mv[i], next[i])
				g.fmla(wv[i], mv[i], neglr)
			}
		})
		g.store(mv, m, 0)
		g.store(wv, w, 0)
		g.advance(64, w, m)
	})
	g.ret()
}
