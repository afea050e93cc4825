package amd64

import (
	. "github.com/mmcloughlin/avo/operand"
)

func (g *gen) pack() {
	g.packWide()
	g.packNarrow()
}

// packWide: dst[4 panels of rows x 16] = src[rows x 64], a row after the other: 256 bytes of each page, for rows may
// be pages apart.
func (g *gen) packWide() {
	g.function("pack64", "func(dst *float32, panel uintptr, src *float32, lds uintptr, rows uintptr)",
		"Copies rows >= 1 of 64 columns to four panels; panel and lds in bytes.")
	dp := g.rowPointers(g.arg("dst"), g.arg("panel"), 4)
	src, lds, rows := g.arg("src"), g.arg("lds"), g.arg("rows")
	g.Label("row")
	for j := range 4 {
		v := g.vec()
		g.PREFETCHT0(Mem{Base: src, Index: lds, Scale: 4}.Offset(64 * j)) // the hardware does not follow long strides
		g.load(Mem{Base: src}.Offset(64*j), v)
		g.store(v, dp.row(j))
	}
	g.ADDQ(lds, src)
	g.advance(dp, 64)
	g.DECQ(rows)
	g.JNZ(LabelRef("row"))
	g.ret()
}

// packNarrow: dst[rows x 16] = src[rows x columns], a panel of up to 16 columns, with zeros behind them.
func (g *gen) packNarrow() {
	g.function("pack16", "func(dst *float32, src *float32, lds uintptr, rows uintptr, columns uintptr)",
		"Copies rows >= 1 of 1 to 16 columns to a panel, with zeros behind the columns; lds in bytes.")
	dst, src := g.arg("dst"), g.arg("src")
	lds, rows := g.arg("lds"), g.arg("rows")
	columns := g.arg("columns")
	v := g.vec()
	row := func(load func()) {
		load()
		g.store(v, Mem{Base: dst})
		g.ADDQ(lds, src)
		g.ADDQ(U8(64), dst)
		g.DECQ(rows)
	}
	g.CMPQ(columns, U8(16))
	g.JL(LabelRef("narrow"))
	g.Label("wide")
	row(func() { g.load(Mem{Base: src}, v) })
	g.JNZ(LabelRef("wide"))
	g.ret()
	g.Label("narrow")
	mask := g.tailMask(columns)
	g.Label("row")
	row(func() { g.loadMasked(Mem{Base: src}, mask, v) })
	g.JNZ(LabelRef("row"))
	g.ret()
}
