package arm64

import (
	"fmt"

	"srhmbench/kernels/_asm/contract"
)

func (g *neon) rankK() {
	for k := 1; k <= contract.MaxRank; k++ {
		g.rankTile(k)
	}
}

// rankTile: C[m x n] += A[m x k]·B[k x n], a row of C after the other.
func (g *neon) rankTile(k int) {
	g.function(fmt.Sprintf("rankK%d", k),
		"func(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, ldb uintptr, m uintptr, n uintptr)",
		fmt.Sprintf("C += A·B for m >= 1 rows of A with %d elements, strides in bytes.", k))
	c, ldc, a, lda := g.arg("c"), g.arg("ldc"), g.arg("a"), g.arg("lda")
	b, ldb, n := g.arg("b"), g.arg("ldb"), g.arg("n")
	g.countDown(g.arg("m"), func() {
		factors := g.vrList(k)
		for p, x := range factors {
			g.loadScalar(a, 4*p, x)
		}
		cp, bp := g.copyOf(c), g.rows(b, ldb, k)
		g.each(g.copyOf(n), 4, func(w chunk) {
			v, row := g.loadChunk(w, cp), g.vrList(w.vectors())
			for p, x := range factors {
				g.loadInto(w, bp[p], row)
				g.fmaRow(v, row, x)
			}
			g.storeChunk(w, v, cp)
			g.advance(w.bytes(), append(bp, cp)...)
		})
		g.do("ADD %v, %v, %v", ldc, c, c)
		g.do("ADD %v, %v, %v", lda, a, a)
	})
	g.ret()
}
