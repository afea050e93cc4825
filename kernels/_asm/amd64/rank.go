package amd64

import (
	"fmt"

	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"srhmbench/kernels/_asm/contract"
)

func (g *gen) rankK() {
	for k := 1; k <= contract.MaxRank; k++ {
		g.rankTile(k)
	}
}

// rankTile: C[m x n] += A[m x k]·B[k x n], a row of C after the other.
func (g *gen) rankTile(k int) {
	g.function(fmt.Sprintf("rankK%d", k),
		"func(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, ldb uintptr, m uintptr, n uintptr)",
		fmt.Sprintf("C += A·B for m >= 1 rows of A with %d elements, strides in bytes.", k))
	c, a, m := g.arg("c"), g.arg("a"), g.arg("m")
	ldb := g.arg("ldb")
	g.Label("row")
	factors := make([]vec, k)
	for p := range factors {
		factor := g.broadcast(Mem{Base: a}.Offset(4 * p))
		for range 16 / g.lanes {
			factors[p] = append(factors[p], factor)
		}
	}
	cp := g.GP64()
	g.MOVQ(c, cp)
	bp := g.copiedPointers(g.arg("b"), ldb, k)
	g.along(g.arg("n"), func(mask *mask) {
		v := g.vec()
		g.loadTail(Mem{Base: cp}, mask, v)
		for p, x := range factors {
			g.fmaTail(bp.row(p), mask, x, v)
		}
		g.storeTail(v, mask, Mem{Base: cp})
	}, func() {
		g.ADDQ(U8(64), cp)
		g.advance(bp, 64)
	})
	g.ADDQ(g.argAddress("ldc"), c)
	g.ADDQ(g.argAddress("lda"), a)
	g.DECQ(m)
	g.JNZ(LabelRef("row"))
	g.ret()
}

// along runs body for every 16 of n elements, next after each, and body once more under a mask for what is left.
// It is for operands that have pointers of their own; n is used up.
func (g *gen) along(n reg.GPVirtual, body func(*mask), next func()) {
	g.SUBQ(U8(16), n)
	g.JL(LabelRef("tail"))
	g.Label("along")
	body(nil)
	next()
	g.SUBQ(U8(16), n)
	g.JGE(LabelRef("along"))
	g.Label("tail")
	g.ADDQ(U8(16), n)
	g.JZ(LabelRef("end"))
	k := g.tailMask(n)
	body(&k)
	g.Label("end")
}

// fmaTail adds x times 16 elements in memory to acc; under a mask, zeros stand for the elements that are off.
func (g *gen) fmaTail(m Mem, k *mask, x, acc vec) {
	if k == nil {
		for i, r := range acc {
			g.VFMADD231PS(m.Offset(4*g.lanes*i), x[i], r)
		}
		return
	}
	v := g.vec()
	g.loadMasked(m, *k, v)
	for i, r := range acc {
		g.VFMADD231PS(v[i], x[i], r)
	}
}
