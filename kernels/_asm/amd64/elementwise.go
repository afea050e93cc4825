package amd64

import (
	"fmt"

	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func (g *gen) elementwise() {
	g.relu()
	g.reluGrad()
	g.momentum()
	g.catchUp()
	g.momentumSteps()
}

func (g *gen) relu() {
	g.function("relu", "func(dst *float32, src *float32, n uintptr)", "dst = max(0, src); NaN stays NaN.")
	dst, src, n := g.arg("dst"), g.arg("src"), g.arg("n")
	zero := g.hw()
	g.zeroReg(zero)
	g.each("relu", n, func(off reg.GPVirtual, k *mask) {
		v := g.vec()
		g.loadTail(at(src, off), k, v)
		for _, r := range v {
			// The last source wins when either operand is NaN, so it must be the data.
			g.VMAXPS(r, zero, r)
		}
		g.storeTail(v, k, at(dst, off))
	})
	g.ret()
}

func (g *gen) reluGrad() {
	g.function("reluGrad", "func(dz *float32, dx *float32, z *float32, n uintptr)", "dz = dx where z > 0, else 0.")
	dz, dx, z, n := g.arg("dz"), g.arg("dx"), g.arg("z"), g.arg("n")
	zero := g.hw()
	g.zeroReg(zero)
	g.each("reluGrad", n, func(off reg.GPVirtual, k *mask) {
		v, zv := g.vec(), g.vec()
		g.loadTail(at(dx, off), k, v)
		g.loadTail(at(z, off), k, zv)
		for i := range v {
			g.keepPositive(v[i], zv[i], zero)
		}
		g.storeTail(v, k, at(dz, off))
	})
	g.ret()
}

// keepPositive clears the lanes of v where z > 0 is false (so also where z is NaN).
func (g *gen) keepPositive(v, z, zero reg.VecVirtual) {
	const ltOrderedQuiet = 0x11
	if g.lanes == 16 {
		k := g.K()
		g.VCMPPS(U8(ltOrderedQuiet), z, zero, k)
		g.VMOVUPS_Z(v, k, v)
		return
	}
	m := g.YMM()
	g.VCMPPS(U8(ltOrderedQuiet), z, zero, m)
	g.VANDPS(m, v, v)
}

func (g *gen) momentum() {
	g.function("momentum",
		"func(w *float32, m *float32, grad *float32, n uintptr, scale float32, mu float32, neglr float32)",
		"m = fma(mu, m, scale·grad); w = fma(-lr, m, w).")
	w, m, grad, n := g.arg("w"), g.arg("m"), g.arg("grad"), g.arg("n")
	scale, mu, neglr := g.broadcastArg("scale"), g.broadcastArg("mu"), g.broadcastArg("neglr")
	g.each("momentum", n, func(off reg.GPVirtual, k *mask) {
		gv, mv, wv := g.vec(), g.vec(), g.vec()
		g.loadTail(at(grad, off), k, gv)
		g.loadTail(at(m, off), k, mv)
		g.loadTail(at(w, off), k, wv)
		for i := range gv {
			g.VMULPS(gv[i], scale, gv[i])
			g.VFMADD231PS(mv[i], mu, gv[i])
			g.VFMADD231PS(gv[i], neglr, wv[i])
		}
		g.storeTail(gv, k, at(m, off))
		g.storeTail(wv, k, at(w, off))
	})
	g.ret()
}

func (g *gen) catchUp() {
	g.function("catchUp",
		"func(w *float32, m *float32, n uintptr, decay float32, negdrift float32)",
		"w = fma(-drift, m, w); m = decay·m: the momentum steps a row missed.")
	w, m, n := g.arg("w"), g.arg("m"), g.arg("n")
	decay, negdrift := g.broadcastArg("decay"), g.broadcastArg("negdrift")
	g.each("catchUp", n, func(off reg.GPVirtual, k *mask) {
		mv, wv := g.vec(), g.vec()
		g.loadTail(at(m, off), k, mv)
		g.loadTail(at(w, off), k, wv)
		for i := range mv {
			g.VFMADD231PS(mv[i], negdrift, wv[i])
			g.VMULPS(mv[i], decay, mv[i])
		}
		g.storeTail(mv, k, at(m, off))
		g.storeTail(wv, k, at(w, off))
	})
	g.ret()
}

// momentumSteps keeps weights and momenta in registers for all steps, as many as give enough chains in flight.
func (g *gen) momentumSteps() {
	g.function("momentumSteps",
		"func(w *float32, m *float32, n uintptr, steps uintptr, mu float32, neglr float32)",
		"As often as steps says: m = fma(mu, m, 0); w = fma(-lr, m, w). n is a multiple of 16, steps at least 1.")
	w, m, n, steps := g.arg("w"), g.arg("m"), g.arg("n"), g.arg("steps")
	mu, neglr, zero := g.broadcastArg("mu"), g.broadcastArg("neglr"), g.hw()
	g.zeroReg(zero)
	for _, vectors := range []int{6, 16 / g.lanes} {
		floats := g.lanes * vectors
		begin, end := fmt.Sprintf("of%d", floats), fmt.Sprintf("no%d", floats)
		g.Label(begin)
		g.CMPQ(n, U8(floats))
		g.JB(LabelRef(end))
		var mv, wv []reg.VecVirtual
		for i := range vectors {
			mv, wv = append(mv, g.hw()), append(wv, g.hw())
			g.VMOVUPS(Mem{Base: m}.Offset(4*g.lanes*i), mv[i])
			g.VMOVUPS(Mem{Base: w}.Offset(4*g.lanes*i), wv[i])
		}
		left := g.GP64()
		g.MOVQ(steps, left)
		g.Label(begin + "step")
		for i := range mv {
			g.VFMADD213PS(zero, mu, mv[i])
			g.VFMADD231PS(mv[i], neglr, wv[i])
		}
		g.DECQ(left)
		g.JNZ(LabelRef(begin + "step"))
		for _, out := range []struct {
			v  []reg.VecVirtual
			to reg.GPVirtual
		}{{mv, m}, {wv, w}} {
			for i, v := range out.v {
				g.VMOVUPS(v, Mem{Base: out.to}.Offset(4*g.lanes*i))
			}
		}
		g.ADDQ(I32(int32(4*floats)), m)
		g.ADDQ(I32(int32(4*floats)), w)
		g.SUBQ(U8(floats), n)
		g.JMP(LabelRef(begin))
		g.Label(end)
	}
	g.ret()
}
