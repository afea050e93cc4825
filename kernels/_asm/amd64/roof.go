package amd64

import (
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// roofs: the bounds a kernel can meet: fused multiply-adds in registers, and reading memory.
func (g *gen) roofs() {
	chains := 12
	if g.lanes == 16 {
		chains = 24
	}
	g.function("peakFMA", "func(loops uintptr)", "Independent chains of fused multiply-adds in registers.")
	loops := g.arg("loops")
	acc := make([]vec, 0, chains)
	for i := 0; i < chains*g.lanes/16; i++ {
		v := g.vec()
		g.zero(v)
		acc = append(acc, v)
	}
	x := g.vec()
	g.zero(x)
	g.Label("loop")
	for _, v := range acc {
		for i := range v {
			g.VFMADD231PS(x[0], x[0], v[i])
		}
	}
	g.DECQ(loops)
	g.JNZ(LabelRef("loop"))
	g.ret()

	g.function("streamRead", "func(src *float32, n uintptr) float32", "Sum of n float32, n a multiple of 128.")
	src, n := g.arg("src"), g.arg("n")
	parts := 128 / g.lanes
	sums := make([]vec, 4)
	for i := range sums {
		sums[i] = g.vec()
		g.zero(sums[i])
	}
	flat := []int{}
	for i := 0; i < parts; i++ {
		flat = append(flat, i)
	}
	g.TESTQ(n, n)
	g.JZ(LabelRef("done"))
	g.Label("read")
	for _, i := range flat {
		r := sums[i%len(sums)][(i/len(sums))%len(sums[0])]
		g.VADDPS(Mem{Base: src}.Offset(i*4*g.lanes), r, r)
	}
	g.ADDQ(I32(512), src)
	g.SUBQ(U8(128), n)
	g.JNZ(LabelRef("read"))
	g.Label("done")
	for _, v := range sums[1:] {
		for j, r := range v {
			g.VADDPS(r, sums[0][j], sums[0][j])
		}
	}
	total := g.reduce(sums[0], func(a, b, d reg.VecVirtual) { g.VADDPS(a, b, d) })
	g.result(total, g.ReturnIndex(0))
	g.ret()
}
