package amd64

import (
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// transpose8: dst[c][r] = src[r][c] for 8 rows and 8·blocks columns. It only moves data, so every
// tier with AVX uses it.
func (g *gen) transpose8() {
	g.function("transpose", "func(dst *float32, ldd uintptr, src *float32, lds uintptr, blocks uintptr)",
		"Transposes 8 rows of 8·blocks columns, strides in bytes.")
	dst, ldd := g.arg("dst"), g.arg("ldd")
	src, lds := g.arg("src"), g.arg("lds")
	blocks := g.arg("blocks")
	sp := g.rowPointers(src, lds, 8)
	dp := g.rowPointers(dst, ldd, 8)
	eight := g.GP64()
	g.MOVQ(ldd, eight)
	g.SHLQ(U8(3), eight)
	g.Label("block")
	in := make([]reg.VecVirtual, 8)
	for i := range in {
		in[i] = g.YMM()
		g.VMOVUPS(sp.row(i), in[i])
	}
	pairs := make([]reg.VecVirtual, 8)
	for i := 0; i < 8; i += 2 {
		pairs[i], pairs[i+1] = g.YMM(), g.YMM()
		g.VUNPCKLPS(in[i+1], in[i], pairs[i])
		g.VUNPCKHPS(in[i+1], in[i], pairs[i+1])
	}
	quads := make([]reg.VecVirtual, 8)
	for h := 0; h < 8; h += 4 {
		for c := 0; c < 4; c++ {
			quads[h+c] = g.YMM()
			sel := uint8(0x44)
			if c%2 == 1 {
				sel = 0xee
			}
			g.VSHUFPS(U8(sel), pairs[h+2+c/2], pairs[h+c/2], quads[h+c])
		}
	}
	for c := 0; c < 4; c++ {
		low, high := g.YMM(), g.YMM()
		g.VPERM2F128(U8(0x20), quads[4+c], quads[c], low)
		g.VPERM2F128(U8(0x31), quads[4+c], quads[c], high)
		g.VMOVUPS(low, dp.row(c))
		g.VMOVUPS(high, dp.row(4+c))
	}
	g.advance(sp, 32)
	for _, b := range dp.bases {
		g.ADDQ(eight, b)
	}
	g.DECQ(blocks)
	g.JNZ(LabelRef("block"))
	g.ret()
}
