package amd64

import (
	"fmt"

	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"srhmbench/kernels/_asm/contract"
)

func (g *gen) gemv() {
	for r := 1; r <= contract.GemvRows; r++ {
		g.gemvTile(r)
	}
}

// gemvTile: y[rows] (+)= A[rows x n]·x, and the same for the blocks of rows below. Each row has the 16 lanes and the
// tree of the contract.
func (g *gen) gemvTile(rows int) {
	g.function(fmt.Sprintf("gemv%d", rows),
		"func(y *float32, a *float32, lda uintptr, x *float32, n uintptr, blocks uintptr, accumulate uintptr)",
		fmt.Sprintf("y = A·x (+ y) for blocks of %d rows, lda in bytes.", rows))
	y, a, lda, blocks := g.arg("y"), g.arg("a"), g.arg("lda"), g.arg("blocks")
	g.Label("block")
	acc := make([]vec, rows)
	for i := range acc {
		acc[i] = g.vec()
		g.zero(acc[i])
	}
	x := g.arg("x")
	ap := g.copiedPointers(a, lda, rows)
	g.along(g.arg("n"), func(mask *mask) {
		xv := g.vec()
		g.loadTail(Mem{Base: x}, mask, xv)
		for i, r := range acc {
			g.fmaTail(ap.row(i), mask, xv, r)
		}
	}, func() {
		g.ADDQ(U8(64), x)
		g.advance(ap, 64)
	})
	for i := range acc {
		acc[i] = vec{g.sum(acc[i])}
	}
	g.CMPQ(g.argAddress("accumulate"), U8(0))
	g.JE(LabelRef("store"))
	for i := range acc {
		g.VADDSS(Mem{Base: y}.Offset(4*i), acc[i][0].AsX(), acc[i][0].AsX())
	}
	g.Label("store")
	for i := range acc {
		g.VMOVSS(acc[i][0].AsX(), Mem{Base: y}.Offset(4*i))
		g.ADDQ(lda, a)
	}
	g.ADDQ(U8(4*rows), y)
	g.DECQ(blocks)
	g.JNZ(LabelRef("block"))
	g.ret()
}

// sum folds 16 lanes by the contract's tree into lane 0.
func (g *gen) sum(v vec) reg.VecVirtual {
	return g.reduce(v, func(a, b, d reg.VecVirtual) { g.VADDPS(a, b, d) })
}
