package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/operand"
)

// momentumRows are the row counts of the fused gradient and momentum tiles.
func (g *gen) momentumRows() int {
	if g.lanes == 16 {
		return 12
	}
	return 6
}

func (g *gen) momentumGEMM() {
	for r := 1; r <= g.momentumRows(); r++ {
		g.momentumTile(r)
	}
}

// weightsAhead is how many bytes ahead weights and momenta are asked for: a few tiles.
const weightsAhead = 2048

// momentumTile: for consecutive blocks of rows of one panel: G = Aᵀ·Z over the samples, ascending;
// M = mu·M + G; W = W - lr·M. Weights and momentum pass memory once.
func (g *gen) momentumTile(rows int) {
	g.function(fmt.Sprintf("momentumGEMM%d", rows),
		"func(w *float32, m *float32, blocks uintptr, a *float32, lda uintptr, z *float32, ldz uintptr, samples uintptr, mu float32, neglr float32)",
		fmt.Sprintf("Gradient and momentum step of blocks of %d rows of a panel of 16 columns, strides in bytes.", rows))
	w, m, blocks := g.arg("w"), g.arg("m"), g.arg("blocks")
	a, lda := g.arg("a"), g.arg("lda")
	z, ldz := g.arg("z"), g.arg("ldz")
	samples := g.arg("samples")
	ap, zp, left := g.GP64(), g.GP64(), g.GP64()
	g.Label("block")
	acc := make([]vec, rows)
	for i := range acc {
		acc[i] = g.vec()
		g.zero(acc[i])
	}
	for i := range rows { // they often come from memory, and the loop over the samples hides little of that
		g.PREFETCHT0(Mem{Base: w}.Offset(64*i + weightsAhead))
		g.PREFETCHT0(Mem{Base: m}.Offset(64*i + weightsAhead))
	}
	g.MOVQ(a, ap)
	g.MOVQ(z, zp)
	g.MOVQ(samples, left)
	g.TESTQ(left, left)
	g.JZ(LabelRef("update"))
	g.Label("sample")
	zv := g.vec()
	g.load(Mem{Base: zp}, zv)
	for i := range acc {
		g.fmaRow(Mem{Base: ap}.Offset(4*i), []vec{zv}, []vec{acc[i]})
	}
	g.ADDQ(lda, ap)
	g.ADDQ(ldz, zp)
	g.DECQ(left)
	g.JNZ(LabelRef("sample"))
	g.Label("update")
	// Read here, not before the loop: AVX2 has no registers left for them there.
	mu, neglr := g.broadcastArg("mu"), g.broadcastArg("neglr")
	// Momenta first, then weights: stores that alternate between the two take longer on a Zen 3.
	for i := range acc {
		for j, r := range acc[i] {
			off := 64*i + 4*g.lanes*j
			g.VFMADD231PS(Mem{Base: m}.Offset(off), mu, r)
			g.VMOVUPS(r, Mem{Base: m}.Offset(off))
		}
	}
	for i := range acc {
		for j, r := range acc[i] {
			off := 64*i + 4*g.lanes*j
			v := g.hw()
			g.VMOVUPS(Mem{Base: w}.Offset(off), v)
			g.VFMADD231PS(r, neglr, v)
			g.VMOVUPS(v, Mem{Base: w}.Offset(off))
		}
	}
	g.ADDQ(I32(int32(4*rows)), a)
	g.ADDQ(I32(int32(64*rows)), w)
	g.ADDQ(I32(int32(64*rows)), m)
	g.DECQ(blocks)
	g.JNZ(LabelRef("block"))
	g.ret()
}
