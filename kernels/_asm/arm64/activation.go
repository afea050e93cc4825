package arm64

import (
	"math"

	"srhmbench/kernels/_asm/contract"
)

func (g *neon) activations() {
	g.mapTo("sigmoid", "dst = 1/(1+exp(-src)).", 2, func(x []vr) {
		for i, s := range g.sigmoidOf(x) {
			g.copyTo(x[i], s)
		}
	})
	g.mapTo("siLU", "dst = src·sigmoid(src).", 2, func(x []vr) {
		s, bound := g.sigmoidOf(x), g.vr()
		g.constant(bound, g.table, float(-contract.SiLUBound))
		for i := range x {
			g.fmax(x[i], x[i], bound)
			g.fmul(x[i], x[i], s[i])
		}
	})
	g.mapTo("tanh", "dst = tanh(src).", 2, g.tanhOf)
	g.mapTo("log", "dst = log(src).", 2, g.logOf)
	g.mapTo("rsqrt", "dst = 1/√src.", 4, func(x []vr) {
		one := g.one()
		for _, v := range x {
			g.fsqrt(v, v)
			g.fdiv(v, one, v)
		}
	})

	g.map2To("sigmoidGrad", "dx", "dy", "y", "dx = dy·y·(1-y).", 4, func(dy, y []vr) {
		slope := g.vr()
		for i, v := range dy {
			g.minusSquare(slope, y[i], y[i])
			g.fmul(v, v, slope)
		}
	})
	g.map2To("siLUGrad", "dx", "dy", "x", "dx = dy·(s + x·s·(1-s)), s = sigmoid(x).", 2, func(dy, x []vr) {
		s, bound, slope := g.sigmoidOf(x), g.vr(), g.vr()
		g.constant(bound, g.table, float(-contract.SiLUBound))
		for _, v := range x {
			g.fmax(v, v, bound)
		}
		g.constant(bound, g.table, float(contract.SiLUBound))
		for i, v := range x {
			g.fmin(v, v, bound)
			g.minusSquare(slope, s[i], s[i])
			g.fmla(s[i], v, slope)
			g.fmul(dy[i], dy[i], s[i])
		}
	})
	g.map2To("tanhGrad", "dx", "dy", "y", "dx = dy·(1-y²).", 4, func(dy, y []vr) {
		one, slope := g.one(), g.vr()
		for i, v := range dy {
			g.minusSquare(slope, y[i], one)
			g.fmul(v, v, slope)
		}
	})
	g.map2To("add", "dst", "x", "y", "dst = x + y.", 4, func(x, y []vr) {
		for i, v := range x {
			g.fadd(v, v, y[i])
		}
	})
	g.map2To("multiply", "dst", "x", "y", "dst = x·y.", 4, func(x, y []vr) {
		for i, v := range x {
			g.fmul(v, v, y[i])
		}
	})
	g.decayMomentum()
}

func (g *neon) one() vr {
	v := g.vr()
	g.constant(v, g.table, float(1))
	return v
}

// minusSquare is z - y², rounded once.
func (g *neon) minusSquare(d, y, z vr) {
	g.copyTo(d, z)
	g.fmls(d, y, y)
}

// polynomial evaluates by fused multiply-adds from the highest power down.
func (g *neon) polynomial(coeffs []float32, x []vr) []vr {
	p, next := g.vrList(len(x)), g.vrList(len(x))
	for i := range p {
		g.constant(p[i], g.table, float(coeffs[0]))
	}
	for _, c := range coeffs[1:] {
		for i := range p {
			g.constant(next[i], g.table, float(c))
			g.fmla(next[i], p[i], x[i])
		}
		p, next = next, p
	}
	return p
}

// expDown is exp of x ≤ 0, which it changes; below -87 it is that of -87: 2^n·p(r) with x = n·ln2 + r.
func (g *neon) expDown(x []vr) []vr {
	c, n := g.vr(), g.vrList(len(x))
	g.constant(c, g.table, float(contract.ExpFloor))
	for _, v := range x {
		g.fmax(v, v, c)
	}
	g.constant(c, g.table, float(contract.ExpLog2E))
	for i := range x {
		g.fmul(n[i], x[i], c)
		g.frintn(n[i], n[i])
	}
	for _, part := range []float32{-contract.ExpLn2Hi, -contract.ExpLn2Lo} {
		g.constant(c, g.table, float(part))
		for i := range x {
			g.fmla(x[i], n[i], c)
		}
	}
	p := g.polynomial(contract.ExpCoeffs, x)
	g.constant(c, g.table, 127)
	for i := range p {
		g.fcvtns(n[i], n[i])
		g.add(n[i], n[i], c)
		g.shl(n[i], n[i], 23)
		g.fmul(p[i], p[i], n[i])
	}
	return p
}

func (g *neon) sigmoidOf(x []vr) []vr {
	above := g.vrList(len(x))
	g.scope(func() {
		c, zero, mask := g.vr(), g.zeros(1)[0], g.vr()
		a, low := g.vrList(len(x)), g.vrList(len(x)) // -|x|, and again for exp to change
		g.constant(c, g.table, float(float32(math.Copysign(0, -1))))
		for i := range x {
			g.orr(a[i], x[i], c)
			g.copyTo(low[i], a[i])
		}
		e := g.expDown(low)
		g.constant(c, g.table, float(contract.ExpFloor))
		for i := range x {
			g.fcmgt(mask, c, a[i])
			g.bit(e[i], zero, mask)
		}
		g.constant(c, g.table, float(1))
		for i := range x {
			g.copyTo(above[i], c)
			g.fcmgt(mask, zero, x[i])
			g.bit(above[i], e[i], mask)
			g.fadd(e[i], e[i], c)
			g.fdiv(above[i], above[i], e[i])
		}
	})
	return above
}

func (g *neon) tanhOf(x []vr) {
	c, near, a := g.vr(), g.vrList(len(x)), g.vrList(len(x))
	g.scope(func() {
		z := g.vrList(len(x))
		for i := range x {
			g.fmul(z[i], x[i], x[i])
		}
		for i, p := range g.polynomial(contract.TanhCoeffs, z) {
			g.fmul(p, p, z[i])
			g.copyTo(near[i], x[i])
			g.fmla(near[i], p, x[i])
		}
	})
	sign, double := g.vr(), g.vrList(len(x))
	g.constant(sign, g.table, float(float32(math.Copysign(0, -1))))
	for i := range x {
		g.orr(a[i], x[i], sign)
		g.fadd(double[i], a[i], a[i])
	}
	e := g.expDown(double)
	g.constant(c, g.table, float(1))
	for i := range x {
		g.fsub(a[i], c, e[i])
		g.fadd(e[i], e[i], c)
		g.fdiv(a[i], a[i], e[i])
		g.and(e[i], x[i], sign)
		g.orr(a[i], a[i], e[i])
	}
	g.constant(c, g.table, float(contract.TanhSmall))
	for i := range x {
		g.fabs(x[i], x[i])
		g.fcmgt(x[i], c, x[i])
		g.bit(a[i], near[i], x[i])
		g.copyTo(x[i], a[i])
	}
}

func (g *neon) logOf(x []vr) {
	c, mask, zero := g.vr(), g.vr(), g.zeros(1)[0]
	m, k, f := g.vrList(len(x)), g.vrList(len(x)), g.vrList(len(x))
	g.constant(c, g.table, float(1<<24))
	for i := range x {
		g.fmul(m[i], x[i], c)
	}
	tiny := g.vr()
	g.constant(tiny, g.table, float(contract.LogTiny))
	g.constant(c, g.table, float(-24))
	for i := range x {
		g.fcmgt(mask, tiny, x[i])
		g.bif(m[i], x[i], mask)
		g.and(k[i], c, mask)
	}
	root, low := g.vr(), g.vr()
	g.constant(root, g.table, contract.LogRoot)
	g.constant(low, g.table, 0x7fffff)
	g.constant(c, g.table, float(1))
	for i := range x {
		g.sub(m[i], m[i], root)
		g.sshr(f[i], m[i], 23)
		g.scvtf(f[i], f[i])
		g.fadd(k[i], k[i], f[i])
		g.and(m[i], m[i], low)
		g.add(m[i], m[i], root)
		g.fsub(f[i], m[i], c)
	}
	for i, p := range g.polynomial(contract.LogCoeffs, f) {
		q := m[i]
		g.fmul(q, f[i], f[i])
		g.fmul(q, q, f[i])
		g.fmul(q, q, p)
		g.constant(c, g.table, float(-0.5))
		g.fmul(c, f[i], c)
		g.fmla(q, c, f[i])
		g.constant(c, g.table, float(contract.LogLn2Lo))
		g.fmla(q, k[i], c)
		g.fadd(f[i], f[i], q)
		g.constant(c, g.table, float(contract.LogLn2Hi))
		g.fmla(f[i], k[i], c)
	}
	for i := range x {
		g.constant(c, g.table, float(float32(math.Inf(1))))
		g.fcmeq(mask, x[i], c)
		g.bit(f[i], x[i], mask)
		g.constant(c, g.table, float(float32(math.Inf(-1))))
		g.fcmeq(mask, x[i], zero)
		g.bit(f[i], c, mask)
		g.constant(c, g.table, 0x7fc00000)
		g.fcmge(mask, x[i], zero)
		g.bif(f[i], c, mask)
		g.copyTo(x[i], f[i])
	}
}
