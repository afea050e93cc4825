package arm64

import (
	"fmt"

	"srhmbench/kernels/_asm/contract"
)

func (g *neon) gemv() {
	for r := 1; r <= contract.GemvRows; r++ {
		g.gemvTile(r)
	}
}

// gemvTile: y[rows] (+)= A[rows x n]·x, and the same for the blocks of rows below. Each row has the 16 lanes and the
// tree of the contract.
func (g *neon) gemvTile(rows int) {
	g.function(fmt.Sprintf("gemv%d", rows),
		"func(y *float32, a *float32, lda uintptr, x *float32, n uintptr, blocks uintptr, accumulate uintptr)",
		fmt.Sprintf("y = A·x (+ y) for blocks of %d rows, lda in bytes.", rows))
	y, a, lda, blocks, accumulate := g.arg("y"), g.arg("a"), g.arg("lda"), g.arg("blocks"), g.arg("accumulate")
	g.countDown(blocks, func() {
		acc := g.tile(rows, 4)
		pointers := append(g.rows(a, lda, rows), g.arg("x")) // the last one is x's
		n, whole := g.arg("n"), g.label("whole")
		g.every(16, n, func() {
			x, v := g.vrList(4), g.vrList(4)
			g.load(pointers[rows], 0, x)
			for i := range acc {
				g.load(pointers[i], 0, v)
				for q := range v {
					g.fmla(acc[i][q], v[q], x[q])
				}
			}
			g.advance(64, pointers...)
		})
		g.do("CBZ %v, %s", n, whole)
		g.gemvTail(n, pointers, acc)
		g.place(whole)
		for i := range acc {
			g.sum(acc[i])
		}
		stored := g.label("stored")
		g.do("CBZ %v, %s", accumulate, stored)
		for i := range acc {
			g.scope(func() {
				v := g.vr()
				g.loadScalar(y, 4*i, v)
				g.fadd(acc[i][0], v, acc[i][0])
			})
		}
		g.place(stored)
		for i := range acc {
			g.storeScalar(acc[i][0], y, 4*i)
			g.do("ADD %v, %v, %v", lda, a, a)
		}
		g.advance(4*rows, y)
	})
	g.ret()
}

// gemvTail adds the last n < 16 products of each row, and 0·0 in the lanes of the same vector that lack one. The vectors
// behind it lack theirs: of zeros that are added, one that is positive makes the sum so.
func (g *neon) gemvTail(n gp, pointers []gp, acc [][]vr) {
	rows := len(acc)
	parts := g.vrList(rows + 1)
	multiply := func(q int) {
		for i := range acc {
			g.fmla(acc[i][q], parts[i], parts[rows])
		}
	}
	g.tail(n, func(q int) {
		for i, p := range pointers {
			g.load(p, 16*q, parts[i:i+1])
		}
		multiply(q)
	}, func(int) {
		for _, v := range parts {
			g.zero(v)
		}
	}, func(q, l int) {
		for i, p := range pointers {
			g.loadLane(p, 16*q+4*l, parts[i], l)
		}
	}, multiply)
}
