package amd64

import (
	"fmt"

	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// rowPointers addresses up to 12 rows of stride ld with one base per three rows.
type rowPointers struct {
	bases []reg.GPVirtual
	ld    reg.GPVirtual
}

func (g *gen) rowPointers(base, ld reg.GPVirtual, rows int) rowPointers {
	p := rowPointers{bases: []reg.GPVirtual{base}, ld: ld}
	for i := 3; i < rows; i += 3 {
		next := g.GP64()
		g.LEAQ(Mem{Base: p.bases[len(p.bases)-1], Index: ld, Scale: 2}, next)
		g.ADDQ(ld, next)
		p.bases = append(p.bases, next)
	}
	return p
}

func (p rowPointers) row(i int) Mem {
	m := Mem{Base: p.bases[i/3]}
	if i%3 > 0 {
		m.Index, m.Scale = p.ld, uint8(i%3)
	}
	return m
}

func (g *gen) advance(p rowPointers, bytes int) {
	for _, b := range p.bases {
		g.ADDQ(I32(int32(bytes)), b)
	}
}

// panelsAtOnce bounds the registers that hold B: AVX2 has 16 in all.
func (g *gen) panelsAtOnce() int {
	if g.lanes == 16 {
		return 4
	}
	return 1
}

// fmaPanels is one row against several panels: each vector of B is used once, straight from memory.
func (g *gen) fmaPanels(x Mem, b rowPointers, off int, acc []vec) {
	v := g.broadcast(x)
	for j := range acc {
		for i, r := range acc[j] {
			g.VFMADD231PS(b.row(j).Offset(off+4*g.lanes*i), v, r)
		}
	}
}

// fmaRow adds x (broadcast from memory) times every vector of b to the row of accumulators.
func (g *gen) fmaRow(x Mem, b []vec, acc []vec) {
	if g.lanes == 16 && len(b) == 1 {
		g.VFMADD231PS_BCST(x, b[0][0], acc[0][0])
		return
	}
	v := g.broadcast(x)
	for j := range b {
		for i := range b[j] {
			g.VFMADD231PS(b[j][i], v, acc[j][i])
		}
	}
}

func (g *gen) gemmT() {
	for _, t := range g.tier.GEMMT {
		g.gemmTTile(t.Rows, t.Columns)
	}
}

// gemmTTile: CT[rows x width] = W[rows x n] · ZT[n x width], W in panels of 16 columns, n ascending
// through the panels. A row of W inside a panel is 16 consecutive floats, so the tile reads
// rows·16 consecutive floats of every panel.
func (g *gen) gemmTTile(rows, width int) {
	g.function(fmt.Sprintf("gemmT%dx%d", rows, width),
		"func(ct *float32, ldct uintptr, w *float32, panel uintptr, zt *float32, ldzt uintptr, panels uintptr, accumulate uintptr)",
		fmt.Sprintf("CT[%d x %d] = W·ZT (+ CT) over panels >= 1 of W, strides and panel size in bytes.", rows, width))
	acc := make([][]reg.VecVirtual, rows)
	for i := range acc {
		acc[i] = g.registers(width)
	}
	ct := g.rowPointers(g.arg("ct"), g.arg("ldct"), rows)
	ofCT := func(visit func(Mem, reg.VecVirtual)) {
		for i := range acc {
			for j, r := range acc[i] {
				visit(ct.row(i).Offset(j*bytesOf(r)), r)
			}
		}
	}
	g.CMPQ(g.argAddress("accumulate"), U8(0))
	g.JNE(LabelRef("onto"))
	ofCT(func(_ Mem, r reg.VecVirtual) { g.zeroAny(r) })
	g.JMP(LabelRef("start"))
	g.Label("onto")
	ofCT(func(m Mem, r reg.VecVirtual) { g.VMOVUPS(m, r) })
	g.Label("start")
	w, panel := g.arg("w"), g.arg("panel")
	zt, ldzt := g.arg("zt"), g.arg("ldzt")
	panels := g.arg("panels")
	vectors := g.registers(width)
	g.Label("panel")
	for t := 0; t < 16; t++ {
		for j, v := range vectors {
			g.VMOVUPS(Mem{Base: zt}.Offset(j*bytesOf(v)), v)
		}
		g.ADDQ(ldzt, zt)
		if t < rows { // panels are far apart: the processor does not foresee the next one
			g.PREFETCHT0(Mem{Base: w, Index: panel, Scale: 4}.Offset(64 * t))
		}
		for i := range acc {
			g.fmaBroadcast(Mem{Base: w}.Offset(64*i+4*t), vectors, acc[i])
		}
	}
	g.ADDQ(panel, w)
	g.DECQ(panels)
	g.JNZ(LabelRef("panel"))
	ofCT(func(m Mem, r reg.VecVirtual) { g.VMOVUPS(r, m) })
	g.ret()
}

// registers holds width float32: YMM registers for 8 columns or on AVX2, else ZMM.
func (g *gen) registers(width int) []reg.VecVirtual {
	var rs []reg.VecVirtual
	for width > 0 {
		if g.lanes == 16 && width >= 16 {
			rs = append(rs, g.ZMM())
			width -= 16
			continue
		}
		rs = append(rs, g.YMM())
		width -= 8
	}
	return rs
}

func bytesOf(r reg.VecVirtual) int { return int(r.Size()) }

func (g *gen) zeroAny(r reg.VecVirtual) {
	if g.lanes == 16 {
		g.VPXORD(r, r, r)
		return
	}
	g.VXORPS(r, r, r)
}

func (g *gen) fmaBroadcast(x Mem, b, acc []reg.VecVirtual) {
	if g.lanes == 16 && len(b) == 1 {
		g.VFMADD231PS_BCST(x, b[0], acc[0])
		return
	}
	var v reg.VecVirtual
	if bytesOf(b[0]) == 64 {
		v = g.ZMM()
	} else {
		v = g.YMM()
	}
	g.VBROADCASTSS(x, v)
	for j := range b {
		g.VFMADD231PS(b[j], v, acc[j])
	}
}
