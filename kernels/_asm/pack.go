package main

import . "github.com/mmcloughlin/avo/operand"

// pack: dst[rows x 16] = src[rows x columns], a panel of up to 16 columns, with zeros behind them.
func (g *gen) pack() {
	g.function("pack", "func(dst *float32, src *float32, lds uintptr, rows uintptr, columns uintptr)",
		"Copies rows >= 1 of 1 to 16 columns to a panel, with zeros behind the columns; lds in bytes.")
	dst, src := g.arg("dst"), g.arg("src")
	lds, rows := g.arg("lds"), g.arg("rows")
	columns := g.arg("columns")
	v := g.vec()
	row := func(load func()) {
		g.PREFETCHT0(Mem{Base: src, Index: lds, Scale: 8}) // the hardware does not follow long strides
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
