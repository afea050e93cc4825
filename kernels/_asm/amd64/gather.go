package amd64

import (
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// gather: for each listed row r of dst: dst[r] = base[baseIdx] + scale·Σ src[idx], the sum in the
// order of the list; a negative baseIdx starts from zero.
func (g *gen) gather() {
	g.function("gatherRows",
		"func(dst *float32, ldd uintptr, rows *int32, base *float32, ldb uintptr, baseIdx *int32, src *float32, lds uintptr, offsets *int32, idx *int32, n uintptr, width uintptr, scale float32)",
		"Sums of listed rows, one result row per entry of rows, strides in bytes.")
	// There are more arguments than registers: what a row needs once is read again from the stack.
	src, lds := g.arg("src"), g.arg("lds")
	scale := g.broadcastArg("scale")
	i := g.GP64()
	g.XORQ(i, i)
	g.Label("row")
	n := g.GP64()
	g.Load(g.Param("n"), n)
	g.CMPQ(i, n)
	g.JGE(LabelRef("end"))
	d := g.rowAddress("dst", "ldd", "rows", i, "")
	b := g.rowAddress("base", "ldb", "baseIdx", i, "no_base")
	g.JMP(LabelRef("base_ready"))
	g.Label("no_base")
	g.XORQ(b, b)
	g.Label("base_ready")
	lo, hi := g.listBounds(i)

	off, left := g.GP64(), g.GP64()
	g.XORQ(off, off)
	g.Load(g.Param("width"), left)
	const group = 4
	g.Label("group")
	g.CMPQ(left, U8(16*group))
	g.JL(LabelRef("one"))
	g.gatherColumns("group", group, nil, d, b, lo, hi, src, lds, off, scale)
	g.ADDQ(I32(64*group), off)
	g.SUBQ(U8(16*group), left)
	g.JMP(LabelRef("group"))
	g.Label("one")
	g.CMPQ(left, U8(16))
	g.JL(LabelRef("tail"))
	g.gatherColumns("one", 1, nil, d, b, lo, hi, src, lds, off, scale)
	g.ADDQ(U8(64), off)
	g.SUBQ(U8(16), left)
	g.JMP(LabelRef("one"))
	g.Label("tail")
	g.TESTQ(left, left)
	g.JZ(LabelRef("next"))
	k := g.tailMask(left)
	g.gatherColumns("tail", 1, &k, d, b, lo, hi, src, lds, off, scale)
	g.Label("next")
	g.INCQ(i)
	g.JMP(LabelRef("row"))
	g.Label("end")
	g.ret()
}

// rowAddress is matrix + stride·list[i]; a negative entry jumps to the label, if one is given.
func (g *gen) rowAddress(matrix, stride, list string, i reg.GPVirtual, negative string) reg.GPVirtual {
	r, p := g.GP64(), g.GP64()
	g.Load(g.Param(list), p)
	g.MOVLQSX(Mem{Base: p, Index: i, Scale: 4}, r)
	if negative != "" {
		g.TESTQ(r, r)
		g.JS(LabelRef(negative))
	}
	g.Load(g.Param(stride), p)
	g.IMULQ(p, r)
	g.Load(g.Param(matrix), p)
	g.ADDQ(p, r)
	return r
}

// listBounds are the addresses of the first index of entry i and of the one behind its last.
func (g *gen) listBounds(i reg.GPVirtual) (lo, hi reg.GPVirtual) {
	lo, hi = g.GP64(), g.GP64()
	p := g.GP64()
	g.Load(g.Param("offsets"), p)
	g.MOVLQSX(Mem{Base: p, Index: i, Scale: 4}, lo)
	g.MOVLQSX(Mem{Base: p, Index: i, Scale: 4, Disp: 4}, hi)
	g.Load(g.Param("idx"), p)
	g.LEAQ(Mem{Base: p, Index: lo, Scale: 4}, lo)
	g.LEAQ(Mem{Base: p, Index: hi, Scale: 4}, hi)
	return lo, hi
}

// gatherColumns sums a group of columns of one result row.
func (g *gen) gatherColumns(name string, vectors int, k *mask, d, b, lo, hi, src, lds, off reg.GPVirtual, scale reg.VecVirtual) {
	acc := make([]vec, vectors)
	for j := range acc {
		acc[j] = g.vec()
		g.zero(acc[j])
	}
	g.TESTQ(b, b)
	g.JZ(LabelRef(name + "_started"))
	for j := range acc {
		g.loadTail(at(b, off).Offset(64*j), k, acc[j])
	}
	g.Label(name + "_started")
	p, s := g.GP64(), g.GP64()
	g.MOVQ(lo, p)
	g.Label(name + "_sum")
	g.CMPQ(p, hi)
	g.JGE(LabelRef(name + "_summed"))
	g.MOVLQSX(Mem{Base: p}, s)
	g.ADDQ(U8(4), p)
	g.IMULQ(lds, s)
	g.ADDQ(src, s)
	for j := range acc {
		v := g.vec()
		g.loadTail(at(s, off).Offset(64*j), k, v)
		for h := range v {
			g.VFMADD231PS(v[h], scale, acc[j][h])
		}
	}
	g.JMP(LabelRef(name + "_sum"))
	g.Label(name + "_summed")
	for j := range acc {
		g.storeTail(acc[j], k, at(d, off).Offset(64*j))
	}
}
