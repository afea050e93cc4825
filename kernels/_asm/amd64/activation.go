package amd64

import (
	"fmt"
	"math"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"srhmbench/kernels/_asm/contract"
)

// Comparisons, none of which signals; those with Not hold for NaN.
const (
	equal           = 0x00
	less            = 0x11
	notGreaterEqual = 0x19
)

func (g *gen) activations() {
	one, sign := g.floatConst("one", 1), g.floatConst("signBit", float32(math.Copysign(0, -1)))
	sigmoid := func(x reg.VecVirtual) reg.VecVirtual { return g.sigmoidOf(x, one, sign) }

	g.mapTo("sigmoid", "dst = 1/(1+exp(-src)).", sigmoid)
	low, high := g.floatConst("siluLow", -contract.SiLUBound), g.floatConst("siluHigh", contract.SiLUBound)
	g.mapTo("siLU", "dst = src·sigmoid(src).", func(x reg.VecVirtual) reg.VecVirtual {
		s := sigmoid(x)
		g.VMAXPS(x, g.broadcast(low), x)
		g.VMULPS(s, x, x)
		return x
	})
	tanh := g.floatConsts("tanh", contract.TanhCoeffs)
	small := g.floatConst("tanhSmall", contract.TanhSmall)
	g.mapTo("tanh", "dst = tanh(src).", func(x reg.VecVirtual) reg.VecVirtual { return g.tanhOf(x, one, sign, small, tanh) })
	g.log(one)
	g.mapTo("rsqrt", "dst = 1/√src.", func(x reg.VecVirtual) reg.VecVirtual {
		g.VSQRTPS(x, x)
		g.VDIVPS(x, g.broadcast(one), x)
		return x
	})

	g.map2To("sigmoidGrad", "dx = dy·y·(1-y).", func(dy, y reg.VecVirtual) reg.VecVirtual {
		g.VMULPS(g.minusSquare(y, y), dy, dy)
		return dy
	})
	g.map2To("siLUGrad", "dx = dy·(s + x·s·(1-s)), s = sigmoid(x).", func(dy, x reg.VecVirtual) reg.VecVirtual {
		s := sigmoid(x)
		g.VMAXPS(x, g.broadcast(low), x)
		g.VMINPS(x, g.broadcast(high), x)
		g.VFMADD231PS(g.minusSquare(s, s), x, s)
		g.VMULPS(s, dy, dy)
		return dy
	})
	g.map2To("tanhGrad", "dx = dy·(1-y²).", func(dy, y reg.VecVirtual) reg.VecVirtual {
		g.VMULPS(g.minusSquare(y, g.broadcast(one)), dy, dy)
		return dy
	})
	g.map2To("add", "dst = x + y.", func(x, y reg.VecVirtual) reg.VecVirtual {
		g.VADDPS(y, x, x)
		return x
	})
	g.map2To("multiply", "dst = x·y.", func(x, y reg.VecVirtual) reg.VecVirtual {
		g.VMULPS(y, x, x)
		return x
	})
	g.decayMomentum()
}

func (g *gen) mapTo(name, doc string, f func(x reg.VecVirtual) reg.VecVirtual) {
	g.function(name, "func(dst *float32, src *float32, n uintptr)", doc)
	dst, src, n := g.arg("dst"), g.arg("src"), g.arg("n")
	g.each(name, n, func(off reg.GPVirtual, k *mask) {
		v := g.vec()
		g.loadTail(at(src, off), k, v)
		for i := range v {
			v[i] = f(v[i])
		}
		g.storeTail(v, k, at(dst, off))
	})
	g.ret()
}

func (g *gen) map2To(name, doc string, f func(x, y reg.VecVirtual) reg.VecVirtual) {
	g.function(name, "func(dst *float32, x *float32, y *float32, n uintptr)", doc)
	dst, x, y, n := g.arg("dst"), g.arg("x"), g.arg("y"), g.arg("n")
	g.each(name, n, func(off reg.GPVirtual, k *mask) {
		v, w := g.vec(), g.vec()
		g.loadTail(at(x, off), k, v)
		g.loadTail(at(y, off), k, w)
		for i := range v {
			v[i] = f(v[i], w[i])
		}
		g.storeTail(v, k, at(dst, off))
	})
	g.ret()
}

// floatConsts are the coefficients of a polynomial.
func (g *gen) floatConsts(name string, values []float32) []Mem {
	var ms []Mem
	for i, v := range values {
		ms = append(ms, g.floatConst(fmt.Sprintf("%sC%d", name, len(values)-1-i), v))
	}
	return ms
}

// floatConst is a static float32 in read-only data, as a memory operand to broadcast from.
func (g *gen) floatConst(name string, v float32) Mem {
	m := g.StaticGlobal(name + g.suffix)
	g.DataAttributes(attr.RODATA | attr.NOPTR)
	g.AddDatum(0, U32(math.Float32bits(v)))
	return m
}

func (g *gen) intConst(name string, v uint32) Mem {
	m := g.StaticGlobal(name + g.suffix)
	g.DataAttributes(attr.RODATA | attr.NOPTR)
	g.AddDatum(0, U32(v))
	return m
}

func (g *gen) broadcastInt(m Mem) reg.VecVirtual {
	v := g.hw()
	g.VPBROADCASTD(m, v)
	return v
}

func (g *gen) copyOf(x reg.VecVirtual) reg.VecVirtual {
	v := g.hw()
	g.VMOVAPS(x, v)
	return v
}

// polynomial evaluates by fused multiply-adds from the highest power down.
func (g *gen) polynomial(coeffs []Mem, x reg.VecVirtual) reg.VecVirtual {
	p := g.broadcast(coeffs[0])
	for _, c := range coeffs[1:] {
		g.VFMADD213PS(g.broadcast(c), x, p)
	}
	return p
}

// minusSquare is z - y², rounded once.
func (g *gen) minusSquare(y, z reg.VecVirtual) reg.VecVirtual {
	t := g.copyOf(z)
	g.VFNMADD231PS(y, y, t)
	return t
}

// choose is yes where x compares with y as wanted, else no.
func (g *gen) choose(comparison int, x, y, yes, no reg.VecVirtual) reg.VecVirtual {
	if g.lanes == 16 {
		k, v := g.K(), g.copyOf(no)
		g.VCMPPS(U8(comparison), y, x, k)
		g.VMOVUPS(yes, k, v)
		return v
	}
	m := g.YMM()
	g.VCMPPS(U8(comparison), y, x, m)
	v := g.YMM()
	g.VBLENDVPS(m, yes, no, v)
	return v
}

// expDown is exp of x ≤ 0, which it changes; below -87 it is that of -87.
func (g *gen) expDown(x reg.VecVirtual) reg.VecVirtual {
	e := g.expConsts
	g.VMAXPS(x, g.broadcast(e.floor), x)
	return g.exp(x, g.broadcast(e.log2e), g.broadcast(e.hi), g.broadcast(e.lo), e.coeffs, e.bias)
}

func (g *gen) sigmoidOf(x reg.VecVirtual, one, sign Mem) reg.VecVirtual {
	a := g.hw()
	g.VORPS(x, g.broadcast(sign), a)
	zero := g.hw()
	e := g.expDown(g.copyOf(a))
	g.zeroReg(zero)
	e = g.choose(less, a, g.broadcast(g.expConsts.floor), zero, e)
	ones := g.broadcast(one)
	above := g.choose(less, x, zero, e, ones)
	g.VADDPS(e, ones, e)
	g.VDIVPS(e, above, above)
	return above
}

func (g *gen) tanhOf(x reg.VecVirtual, one, sign, small Mem, coeffs []Mem) reg.VecVirtual {
	z, a, s := g.hw(), g.hw(), g.broadcast(sign)
	g.VMULPS(x, x, z)
	p := g.polynomial(coeffs, z)
	g.VMULPS(z, p, p)
	near := g.copyOf(x)
	g.VFMADD231PS(x, p, near)

	g.VORPS(x, s, a)
	double := g.hw()
	g.VADDPS(a, a, double)
	e := g.expDown(double)
	ones, top := g.broadcast(one), g.hw()
	g.VSUBPS(e, ones, top)
	g.VADDPS(e, ones, e)
	g.VDIVPS(e, top, top)
	g.VANDPS(x, s, s)
	g.VORPS(s, top, top)
	limit := g.broadcast(small)
	g.VXORPS(g.broadcast(sign), a, a) // |x|
	return g.choose(less, a, limit, near, top)
}

func (g *gen) log(one Mem) {
	root, low := g.intConst("logRoot", contract.LogRoot), g.intConst("logMantissa", 0x7fffff)
	tiny, up := g.floatConst("logTiny", contract.LogTiny), g.floatConst("logUp", 1<<24)
	back, half := g.floatConst("logBack", -24), g.floatConst("logHalf", -0.5)
	hi, lo := g.floatConst("logLn2Hi", contract.LogLn2Hi), g.floatConst("logLn2Lo", contract.LogLn2Lo)
	inf, negInf := g.floatConst("logInf", float32(math.Inf(1))), g.floatConst("logNegInf", float32(math.Inf(-1)))
	nan := g.intConst("logNaN", 0x7fc00000)
	coeffs := g.floatConsts("log", contract.LogCoeffs)
	g.mapTo("log", "dst = log(src).", func(x reg.VecVirtual) reg.VecVirtual {
		zero, scaled := g.hw(), g.hw()
		g.zeroReg(zero)
		g.VMULPS(x, g.broadcast(up), scaled)
		m := g.choose(less, x, g.broadcast(tiny), scaled, x)
		k := g.choose(less, x, g.broadcast(tiny), g.broadcast(back), zero)
		r, n := g.broadcastInt(root), g.hw()
		g.VPSUBD(r, m, m)
		g.VPSRAD(U8(23), m, n)
		g.VCVTDQ2PS(n, n)
		g.VADDPS(n, k, k)
		if g.lanes == 16 {
			g.VPANDD(g.broadcastInt(low), m, m)
		} else {
			g.VPAND(g.broadcastInt(low), m, m)
		}
		g.VPADDD(r, m, m)
		f := m
		g.VSUBPS(g.broadcast(one), f, f)
		p, q, h := g.polynomial(coeffs, f), g.hw(), g.hw()
		g.VMULPS(f, f, q)
		g.VMULPS(f, q, q)
		g.VMULPS(p, q, q)
		g.VMULPS(g.broadcast(half), f, h)
		g.VFMADD231PS(f, h, q)
		g.VFMADD231PS(g.broadcast(lo), k, q)
		g.VADDPS(q, f, f)
		g.VFMADD231PS(g.broadcast(hi), k, f)
		f = g.choose(equal, x, g.broadcast(inf), x, f)
		f = g.choose(equal, x, zero, g.broadcast(negInf), f)
		return g.choose(notGreaterEqual, x, zero, g.broadcast(nan), f)
	})
}

func (g *gen) decayMomentum() {
	g.function("decayMomentum",
		"func(w *float32, m *float32, grad *float32, n uintptr, scale float32, decay float32, mu float32, neglr float32)",
		"m = fma(mu, m, fma(decay, w, scale·grad)); w = fma(-lr, m, w).")
	w, m, grad, n := g.arg("w"), g.arg("m"), g.arg("grad"), g.arg("n")
	scale, decay, mu, neglr := g.broadcastArg("scale"), g.broadcastArg("decay"), g.broadcastArg("mu"), g.broadcastArg("neglr")
	g.each("decayMomentum", n, func(off reg.GPVirtual, k *mask) {
		gv, mv, wv := g.vec(), g.vec(), g.vec()
		g.loadTail(at(grad, off), k, gv)
		g.loadTail(at(m, off), k, mv)
		g.loadTail(at(w, off), k, wv)
		for i := range gv {
			g.VMULPS(gv[i], scale, gv[i])
			g.VFMADD231PS(wv[i], decay, gv[i])
			g.VFMADD231PS(mv[i], mu, gv[i])
			g.VFMADD231PS(gv[i], neglr, wv[i])
		}
		g.storeTail(gv, k, at(m, off))
		g.storeTail(wv, k, at(w, off))
	})
	g.ret()
}
