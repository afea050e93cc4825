package amd64

import (
	"math"

	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"srhmbench/kernels/_asm/contract"
)

// expConsts are the constants of exp in memory.
type expConsts struct {
	log2e, hi, lo, floor, bias Mem
	coeffs                     []Mem
}

func (g *gen) layExpConsts() {
	g.expConsts = expConsts{
		log2e:  g.floatConst("expLog2E", contract.ExpLog2E),
		hi:     g.floatConst("expNegLn2Hi", -contract.ExpLn2Hi),
		lo:     g.floatConst("expNegLn2Lo", -contract.ExpLn2Lo),
		floor:  g.floatConst("expFloor", contract.ExpFloor),
		coeffs: g.floatConsts("exp", contract.ExpCoeffs),
		bias:   g.intConst("expBias", 127),
	}
}

func (g *gen) softmax() {
	negInf := g.floatConst("negInf", float32(math.Inf(-1)))

	g.function("softmax",
		"func(dst *float32, src *float32, n uintptr, scale float32) (peak float32, sum float32)",
		"dst = exp(scale·src - peak)/sum, peak the largest scale·src, both in 16 lanes and one tree.")
	dst, src, n := g.arg("dst"), g.arg("src"), g.arg("n")
	scale := g.broadcastArg("scale")
	low := g.broadcast(negInf)
	peak := g.vec()
	for _, r := range peak {
		g.VMOVUPS(low, r)
	}
	g.each("peak", n, func(off reg.GPVirtual, k *mask) {
		v := g.vec()
		g.loadTail(at(src, off), k, v)
		for i := range v {
			g.VMULPS(v[i], scale, v[i])
		}
		g.storeTail(v, k, at(dst, off))
		if k != nil {
			g.fillOff(v, *k, low)
		}
		for i := range v {
			// The last source wins against NaN and between zeros, so it must be the peak so far.
			g.VMAXPS(peak[i], v[i], peak[i])
		}
	})
	top := g.reduce(peak, func(a, b, d reg.VecVirtual) { g.VMAXPS(a, b, d) })
	g.result(top, g.Return("peak"))
	g.VBROADCASTSS(top.AsX(), top)

	sums := g.vec()
	g.zero(sums)
	g.each("exp", n, func(off reg.GPVirtual, k *mask) {
		v := g.vec()
		g.loadTail(at(dst, off), k, v)
		for i, x := range v {
			g.VSUBPS(top, x, x)
			v[i] = g.expDown(x)
		}
		if k != nil {
			zero := g.hw()
			g.zeroReg(zero)
			g.fillOff(v, *k, zero)
		}
		for i := range v {
			g.VADDPS(v[i], sums[i], sums[i])
		}
		g.storeTail(v, k, at(dst, off))
	})
	total := g.reduce(sums, func(a, b, d reg.VecVirtual) { g.VADDPS(a, b, d) })
	g.result(total, g.Return("sum"))
	g.VBROADCASTSS(total.AsX(), total)
	g.each("divide", n, func(off reg.GPVirtual, k *mask) {
		v := g.vec()
		g.loadTail(at(dst, off), k, v)
		for i := range v {
			g.VDIVPS(total, v[i], v[i])
		}
		g.storeTail(v, k, at(dst, off))
	})
	g.ret()
}

// exp of x in [-87, 0]: 2^n·p(r) with x = n·ln2 + r.
func (g *gen) exp(x, log2e, hi, lo reg.VecVirtual, coeffs []Mem, bias Mem) reg.VecVirtual {
	n, p := g.hw(), g.hw()
	g.VMULPS(x, log2e, n)
	if g.lanes == 16 {
		g.VRNDSCALEPS(U8(8), n, n)
	} else {
		g.VROUNDPS(U8(8), n, n)
	}
	g.VFMADD231PS(n, hi, x)
	g.VFMADD231PS(n, lo, x)
	g.VBROADCASTSS(coeffs[0], p)
	for _, c := range coeffs[1:] {
		// p = p·x + c
		g.VFMADD213PS(g.broadcast(c), x, p)
	}
	b := g.hw()
	g.VCVTPS2DQ(n, n)
	g.VPBROADCASTD(bias, b)
	g.VPADDD(b, n, n)
	g.VPSLLD(U8(23), n, n)
	g.VMULPS(n, p, p)
	return p
}

// fillOff puts fill into the lanes the mask leaves off.
func (g *gen) fillOff(v vec, k mask, fill reg.VecVirtual) {
	if g.lanes == 16 {
		w := g.ZMM()
		g.VMOVUPS(fill, w)
		g.VMOVUPS(v[0], k.k, w)
		v[0] = w
		return
	}
	for i := range v {
		g.VBLENDVPS(k.y[i], v[i], fill, v[i])
	}
}

// reduce folds 16 lanes by the contract's tree: 16 to 8 to 4 to 2 to 1, lane i with lane i + half.
// The result is in lane 0.
func (g *gen) reduce(v vec, op func(a, b, d reg.VecVirtual)) reg.VecVirtual {
	y := g.YMM()
	if g.lanes == 16 {
		high := g.YMM()
		g.VEXTRACTF32X8(U8(1), v[0], high)
		op(high, v[0].AsY().(reg.VecVirtual), y)
	} else {
		op(v[1], v[0], y)
	}
	x := g.XMM()
	if g.lanes == 16 {
		g.VEXTRACTF32X4(U8(1), y, x)
	} else {
		g.VEXTRACTF128(U8(1), y, x)
	}
	s := g.XMM()
	op(x, y.AsX().(reg.VecVirtual), s)
	t := g.XMM()
	g.VPERMILPS(U8(0x0e), s, t)
	op(t, s, s)
	g.VPERMILPS(U8(0x01), s, t)
	op(t, s, s)
	out := g.hw()
	g.VBROADCASTSS(s, out)
	return out
}
