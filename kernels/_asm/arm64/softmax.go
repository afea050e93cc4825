package arm64

import "math"

func (g *neon) softmax() {
	g.function("softmax",
		"func(dst *float32, src *float32, n uintptr, scale float32) (peak float32, sum float32)",
		"dst = exp(scale·src - peak)/sum, peak the largest scale·src, both in 16 lanes and one tree.")
	dst, src, n := g.arg("dst"), g.arg("src"), g.arg("n")
	scale := g.broadcastArg("scale")
	g.table = g.constantTable()

	peak := g.vrList(4)
	for _, v := range peak {
		g.constant(v, g.table, float(float32(math.Inf(-1))))
	}
	g.lanes(dst, src, n, func(v []vr) {
		for _, x := range v {
			g.fmul(x, x, scale)
		}
	}, peak, g.larger)
	g.fold(peak, g.largerOfTree)
	top := peak[0]
	g.result(top, "peak")
	g.broadcast(top, top)

	sums := g.zeros(4)
	g.lanes(dst, dst, n, func(v []vr) {
		for _, x := range v {
			g.fsub(x, x, top)
		}
		for i, e := range g.expDown(v) {
			g.copyTo(v[i], e)
		}
	}, sums, func(sum, x vr) { g.fadd(sum, sum, x) })
	g.sum(sums)
	total := sums[0]
	g.result(total, "sum")
	g.broadcast(total, total)

	g.each(g.copyOf(n), 4, func(c chunk) {
		v := g.loadChunk(c, dst)
		for _, x := range v {
			g.fdiv(x, x, total)
		}
		g.storeChunk(c, v, dst)
		g.advance(c.bytes(), dst)
	})
	g.ret()
}

// lanes writes f of n elements of src to dst and takes each into the accumulator of its lane.
func (g *neon) lanes(dst, src, n gp, f func(v []vr), acc []vr, take func(acc, x vr)) {
	g.scope(func() {
		to, from, left := g.copyOf(dst), g.copyOf(src), g.copyOf(n)
		g.every(16, left, func() {
			v := g.loadChunk(4, from)
			f(v)
			g.storeChunk(4, v, to)
			for i := range acc {
				take(acc[i], v[i])
			}
			g.advance(64, to, from)
		})
		rest, count := g.copyOf(to), g.copyOf(left)
		g.each(count, 2, func(c chunk) {
			v := g.loadChunk(c, from)
			f(v)
			g.storeChunk(c, v, to)
			g.advance(c.bytes(), to, from)
		})
		nothing := func(int) {}
		g.tail(left, func(q int) {
			v := g.vr()
			g.load(rest, 16*q, []vr{v})
			take(acc[q], v)
		}, nothing, func(q, l int) {
			lane, x := g.vr(), g.vr()
			g.loadScalar(rest, 16*q+4*l, x)
			g.fromLane(lane, acc[q], l)
			take(lane, x)
			g.toLane(acc[q], l, lane)
		}, nothing)
	})
}

// larger replaces acc where x is greater, so neither by NaN nor by another zero.
func (g *neon) larger(acc, x vr) {
	g.scope(func() {
		greater := g.vr()
		g.fcmgt(greater, x, acc)
		g.bit(acc, x, greater)
	})
}

// largerOfTree is high unless low is greater.
func (g *neon) largerOfTree(low, high vr) {
	g.scope(func() {
		greater := g.vr()
		g.fcmgt(greater, low, high)
		g.bif(low, high, greater)
	})
}
