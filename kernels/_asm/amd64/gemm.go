package amd64

import (
	"fmt"

	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func (g *gen) gemm() {
	for _, t := range g.tier.GEMM {
		g.gemmTile(t.Rows, t.Columns)
	}
}

// gemmTile: C[rows x columns] (+)= A · B, k ascending, and the same for the blocks of rows below. A has any
// strides, so that it may be transposed or not; B has a stride from row to row and one from 16 columns to the
// next 16, so that it may be packed or not.
func (g *gen) gemmTile(rows, columns int) {
	g.function(fmt.Sprintf("gemm%dx%d", rows, columns),
		"func(c *float32, ldc uintptr, a *float32, rowA uintptr, stepA uintptr, b *float32, stepB uintptr, panel uintptr, k uintptr, blocks uintptr, accumulate uintptr)",
		fmt.Sprintf("C[%d·blocks x %d] = A·B (+ C) over k >= 1. Strides in bytes: of A by row and along k, of B along k and by 16 columns.", rows, columns))
	panels := max(columns/16, 1)
	part := func() vec { // of a row of the tile in one panel
		if columns == 8 {
			return vec{g.YMM()}
		}
		return g.vec()
	}
	c, a, blocks := g.arg("c"), g.arg("a"), g.arg("blocks")
	rowA, stepA, stepB := g.arg("rowA"), g.arg("stepA"), g.arg("stepB")
	acc := make([][]vec, rows)
	for i := range acc {
		acc[i] = make([]vec, panels)
		for j := range acc[i] {
			acc[i][j] = part()
		}
	}
	g.Label("block")
	g.CMPQ(g.argAddress("accumulate"), U8(0))
	g.JNE(LabelRef("onto"))
	for i := range acc {
		for j := range acc[i] {
			g.zero(acc[i][j])
		}
	}
	g.JMP(LabelRef("start"))
	g.Label("onto")
	g.eachOfC(c, acc, g.load)
	g.Label("start")
	g.prefetchBelow(c, rows)
	ap := g.copiedPointers(a, rowA, rows)
	bp := g.rowPointers(g.arg("b"), g.arg("panel"), panels)
	k := g.arg("k")
	step := func() {
		if rows == 1 {
			g.fmaPanels(ap.row(0), bp, 0, acc[0])
		} else {
			for j := 0; j < panels; j += g.panelsAtOnce() {
				n := min(g.panelsAtOnce(), panels-j)
				bv := make([]vec, n)
				for h := range bv {
					bv[h] = part()
					g.load(bp.row(j+h), bv[h])
				}
				for i := range acc {
					g.fmaRow(ap.row(i), bv, acc[i][j:j+n])
				}
			}
		}
		ap.advance(g, stepA)
		bp.advance(g, stepB)
	}
	const unroll = 4
	g.SUBQ(U8(unroll), k)
	g.JL(LabelRef("rest"))
	g.Label("unrolled")
	for range unroll {
		step()
	}
	g.SUBQ(U8(unroll), k)
	g.JGE(LabelRef("unrolled"))
	g.Label("rest")
	g.ADDQ(U8(unroll), k)
	g.JZ(LabelRef("done"))
	g.Label("single")
	step()
	g.DECQ(k)
	g.JNZ(LabelRef("single"))
	g.Label("done")
	g.eachOfC(c, acc, func(m Mem, v vec) { g.store(v, m) })
	ldc := g.arg("ldc")
	for range rows {
		g.ADDQ(ldc, c)
		g.ADDQ(rowA, a)
	}
	g.DECQ(blocks)
	g.JNZ(LabelRef("block"))
	g.ret()
}

// prefetchBelow asks for the first line of each row of C in the next block.
func (g *gen) prefetchBelow(c reg.GPVirtual, rows int) {
	ldc, next := g.arg("ldc"), g.GP64()
	g.MOVQ(c, next)
	for range rows {
		g.ADDQ(ldc, next)
	}
	cp := g.rowPointers(next, ldc, rows)
	for i := range rows {
		g.PREFETCHT0(cp.row(i))
	}
}

// argAddress is where an argument lies.
func (g *gen) argAddress(name string) Mem {
	b, err := g.Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	return b.Addr
}

// copiedPointers is rowPointers that leaves base as it is.
func (g *gen) copiedPointers(base, ld reg.GPVirtual, rows int) rowPointers {
	start := g.GP64()
	g.MOVQ(base, start)
	return g.rowPointers(start, ld, rows)
}

// eachOfC visits the tile of C. It makes pointers and reads the stride anew, for the loop needs the registers.
func (g *gen) eachOfC(c reg.GPVirtual, acc [][]vec, visit func(Mem, vec)) {
	cp := g.copiedPointers(c, g.arg("ldc"), len(acc))
	for i := range acc {
		for j := range acc[i] {
			visit(cp.row(i).Offset(64*j), acc[i][j])
		}
	}
}

func (p rowPointers) advance(g *gen, bytes reg.Register) {
	for _, b := range p.bases {
		g.ADDQ(bytes, b)
	}
}
