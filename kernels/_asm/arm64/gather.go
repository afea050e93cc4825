package arm64

// gather: for each listed row r of dst: dst[r] = base[baseIdx] + scale·Σ src[idx], the sum in the
// order of the list; a negative baseIdx starts from zero.
func (g *neon) gather() {
	g.function("gatherRows",
		"func(dst *float32, ldd uintptr, rows *int32, base *float32, ldb uintptr, baseIdx *int32, src *float32, lds uintptr, offsets *int32, idx *int32, n uintptr, width uintptr, scale float32)",
		"Sums of listed rows, one result row per entry of rows, strides in bytes.")
	dst, ldd, rows := g.arg("dst"), g.arg("ldd"), g.arg("rows")
	base, ldb, baseIdx := g.arg("base"), g.arg("ldb"), g.arg("baseIdx")
	src, lds, idx, offsets := g.arg("src"), g.arg("lds"), g.arg("idx"), g.arg("offsets")
	scale := g.broadcastArg("scale")
	g.every(1, g.arg("n"), func() {
		d, b, lo, hi := g.gp(), g.gp(), g.gp(), g.gp()
		g.do("MOVW.P 4(%v), %v", rows, d)
		g.do("MADD %v, %v, %v, %v", ldd, dst, d, d)
		started := g.label("started")
		g.do("MOVW.P 4(%v), %v", baseIdx, lo)
		g.do("MOVD $0, %v", b)
		g.do("TBNZ $31, %v, %s", lo, started)
		g.do("MADD %v, %v, %v, %v", ldb, base, lo, b)
		g.place(started)
		g.do("MOVW (%v), %v", offsets, lo)
		g.do("MOVW 4(%v), %v", offsets, hi)
		g.advance(4, offsets)
		g.do("ADD %v<<2, %v, %v", lo, idx, lo)
		g.do("ADD %v<<2, %v, %v", hi, idx, hi)
		along := g.gp()
		g.do("MOVD $0, %v", along)
		g.each(g.arg("width"), 8, func(c chunk) { g.gatherColumns(c, d, b, lo, hi, src, lds, along, scale) })
	})
	g.ret()
}

// gatherColumns sums a chunk of one result row, along bytes into it, and moves on.
func (g *neon) gatherColumns(c chunk, d, b, lo, hi, src, lds, along gp, scale vr) {
	acc := g.zeros(c.vectors())
	started, again, summed := g.label("started"), g.label("again"), g.label("summed")
	g.do("CBZ %v, %s", b, started)
	g.loadInto(c, g.plus(b, along), acc)
	g.place(started)
	p, s, from := g.copyOf(lo), g.gp(), g.plus(src, along)
	g.place(again)
	g.do("CMP %v, %v", hi, p)
	g.do("BGE %s", summed)
	g.do("MOVW.P 4(%v), %v", p, s)
	g.do("MADD %v, %v, %v, %v", lds, from, s, s)
	for i, v := range g.loadChunk(c, s) {
		g.fmla(acc[i], v, scale)
	}
	g.do("JMP %s", again)
	g.place(summed)
	g.storeChunk(c, acc, g.plus(d, along))
	g.advance(c.bytes(), along)
}
