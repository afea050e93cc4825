package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// gemmNT has the tiles of the product of a few rows with the transposed panelled matrix: rows of the result by columns,
// which are rows of W. With one or two rows it takes more columns for enough chains in flight.
func (g *gen) gemmNT() {
	for m := 1; m <= 4; m++ {
		vectors := 2
		if m <= 2 {
			vectors = 4
		}
		g.gemmNTTile(m, 16)
		if wide := vectors * g.lanes; wide > 16 {
			g.gemmNTTile(m, wide)
		}
	}
}

// gemmNTTile: C[rows x columns] = Z[rows x n] · Wᵀ, W in panels of 16 columns, n ascending through the panels. A vector
// holds an element of each of several rows of W, of which it transposes four columns at a time.
func (g *gen) gemmNTTile(rows, columns int) {
	g.function(fmt.Sprintf("gemmNT%dx%d", rows, columns),
		"func(c *float32, ldc uintptr, z *float32, ldz uintptr, w *float32, panel uintptr, panels uintptr)",
		fmt.Sprintf("C[%d x %d] = Z·Wᵀ over all panels of W, of which there is one, strides and panel size in bytes.", rows, columns))
	z, ldz := g.arg("z"), g.arg("ldz")
	w, panel, panels := g.arg("w"), g.arg("panel"), g.arg("panels")
	zp := g.rowPointers(z, ldz, rows)
	acc := make([][]reg.VecVirtual, rows)
	for i := range acc {
		for range columns / g.lanes {
			v := g.hw()
			g.zeroAny(v)
			acc[i] = append(acc[i], v)
		}
	}
	g.Label("panel")
	ahead := 0
	for t := 0; t < 16; t += 4 {
		for ; ahead < columns*(t+4)/16; ahead++ { // panels are far apart: the processor does not foresee the next one
			g.PREFETCHT0(Mem{Base: w, Index: panel, Scale: 2}.Offset(64 * ahead))
		}
		for j := range columns / g.lanes {
			for c, v := range g.fourColumns(Mem{Base: w}.Offset(64*g.lanes*j + 4*t)) {
				for i := range acc {
					g.fmaBroadcast(zp.row(i).Offset(4*(t+c)), []reg.VecVirtual{v}, acc[i][j:j+1])
				}
			}
		}
	}
	g.advance(zp, 64)
	g.ADDQ(panel, w)
	g.DECQ(panels)
	g.JNZ(LabelRef("panel"))
	c, ldc := g.arg("c"), g.arg("ldc")
	cp := g.rowPointers(c, ldc, rows)
	for i := range acc {
		for j, r := range acc[i] {
			g.VMOVUPS(r, cp.row(i).Offset(4*g.lanes*j))
		}
	}
	g.ret()
}

// fourColumns reads four consecutive elements of as many rows of a panel as a vector has lanes, and returns them
// column by column.
func (g *gen) fourColumns(w Mem) []reg.VecVirtual {
	var pairs []reg.VecVirtual
	for i := 0; i < 4; i += 2 {
		a, b := g.everyFourth(w.Offset(64*i)), g.everyFourth(w.Offset(64*(i+1)))
		low, high := g.hw(), g.hw()
		g.VUNPCKLPS(b, a, low)
		g.VUNPCKHPS(b, a, high)
		pairs = append(pairs, low, high)
	}
	var columns []reg.VecVirtual
	for c := range 4 {
		v := g.hw()
		if c%2 == 0 {
			g.VUNPCKLPD(pairs[2+c/2], pairs[c/2], v)
		} else {
			g.VUNPCKHPD(pairs[2+c/2], pairs[c/2], v)
		}
		columns = append(columns, v)
	}
	return columns
}

// everyFourth reads four elements of every fourth row of a panel.
func (g *gen) everyFourth(w Mem) reg.VecVirtual {
	v := g.hw()
	if g.lanes == 8 {
		g.VBROADCASTF128(w, v)
		g.VINSERTF128(U8(1), w.Offset(4*64), v, v)
		return v
	}
	g.VBROADCASTF32X4(w, v)
	for q := 1; q < 4; q++ {
		g.VINSERTF32X4(U8(q), w.Offset(4*64*q), v, v)
	}
	return v
}
