package amd64

import (
	"fmt"

	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func (g *gen) momentumGEMM() {
	for r := 1; r <= g.tier.MomentumRows; r++ {
		g.momentumTile(r)
	}
	for s := 1; s <= g.tier.MomentumSamples; s++ {
		g.momentumFew(s)
	}
}

// weightsAhead is how many bytes ahead weights and momenta are asked for: a few tiles.
const weightsAhead = 2048

// lastSamples is how many samples at the end of a sum go row by row, so that the first rows are stored while the others
// are summed: as many stores one after the other take longer than the multiply-adds that are ready meanwhile.
const lastSamples = 3

// momentumTile: for consecutive blocks of rows of one panel: G = Aᵀ·Z over the samples, ascending;
// M = mu·M + G; W = W - lr·M. Weights and momentum pass memory once.
func (g *gen) momentumTile(rows int) {
	g.function(fmt.Sprintf("momentumGEMM%d", rows),
		"func(w *float32, m *float32, blocks uintptr, a *float32, lda uintptr, z *float32, ldz uintptr, samples uintptr, mu float32, neglr float32)",
		fmt.Sprintf("Gradient and momentum step of blocks of %d rows of a panel of 16 columns, strides in bytes, of no samples or more than %d.", rows, lastSamples))
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
	g.SUBQ(U8(lastSamples), left)
	g.JL(LabelRef("empty"))
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
	// Read here, not before the loop: AVX2 has no registers left for them there.
	mu, neglr := g.broadcastArg("mu"), g.broadcastArg("neglr")
	lastA, lastZ := g.rowPointers(ap, lda, lastSamples), g.rowPointers(zp, ldz, lastSamples)
	for i := range acc {
		for s := range lastSamples {
			x := g.broadcast(lastA.row(s).Offset(4 * i))
			for j, r := range acc[i] {
				g.VFMADD231PS(lastZ.row(s).Offset(4*g.lanes*j), x, r)
			}
		}
		g.momentumRow(acc[i], w, m, 64*i, mu, neglr)
	}
	g.JMP(LabelRef("next"))
	g.Label("empty")
	mu, neglr = g.broadcastArg("mu"), g.broadcastArg("neglr")
	for i := range acc {
		g.momentumRow(acc[i], w, m, 64*i, mu, neglr)
	}
	g.Label("next")
	g.ADDQ(I32(int32(4*rows)), a)
	g.ADDQ(I32(int32(64*rows)), w)
	g.ADDQ(I32(int32(64*rows)), m)
	g.DECQ(blocks)
	g.JNZ(LabelRef("block"))
	g.ret()
}

// momentumRow makes the step of 16 weights with gradient grad. Momenta are stored first, then weights: stores that
// alternate between the two take longer on a Zen 3.
func (g *gen) momentumRow(grad vec, w, m reg.GPVirtual, offset int, mu, neglr reg.VecVirtual) {
	for j, r := range grad {
		momenta := Mem{Base: m}.Offset(offset + 4*g.lanes*j)
		g.VFMADD231PS(momenta, mu, r)
		g.VMOVUPS(r, momenta)
	}
	for j, r := range grad {
		weights, v := Mem{Base: w}.Offset(offset+4*g.lanes*j), g.hw()
		g.VMOVUPS(weights, v)
		g.VFMADD231PS(r, neglr, v)
		g.VMOVUPS(v, weights)
	}
}

// momentumFew: as momentumTile for rows of one panel, one after the other, so that stores are spread among the products.
func (g *gen) momentumFew(samples int) {
	g.function(fmt.Sprintf("momentumGEMM1x%d", samples),
		"func(w *float32, m *float32, rows uintptr, a *float32, lda uintptr, z *float32, ldz uintptr, mu float32, neglr float32)",
		fmt.Sprintf("Gradient of %d samples and momentum step of rows >= 1, one after the other, of a panel of 16 columns, strides in bytes.", samples))
	w, m, rows := g.arg("w"), g.arg("m"), g.arg("rows")
	ap := g.rowPointers(g.arg("a"), g.arg("lda"), samples)
	zp := g.rowPointers(g.arg("z"), g.arg("ldz"), samples)
	z := make([]vec, samples)
	for s := range z {
		z[s] = g.vec()
		g.load(zp.row(s), z[s])
	}
	mu, neglr := g.broadcastArg("mu"), g.broadcastArg("neglr")
	g.Label("row")
	g.PREFETCHT0(Mem{Base: w}.Offset(weightsAhead))
	g.PREFETCHT0(Mem{Base: m}.Offset(weightsAhead))
	grad := g.vec()
	g.zero(grad)
	for s := range z {
		g.fmaRow(ap.row(s), []vec{z[s]}, []vec{grad})
	}
	g.momentumRow(grad, w, m, 0, mu, neglr)
	g.advance(ap, 4)
	g.ADDQ(U8(64), w)
	g.ADDQ(U8(64), m)
	g.DECQ(rows)
	g.JNZ(LabelRef("row"))
	g.ret()
}
