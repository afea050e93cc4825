package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// gemmTiles are the register tiles of the product with panelled B: rows of A by panels of 16 columns.
// Few rows take several panels so that enough independent chains are in flight.
func (g *gen) gemmTiles() [][2]int {
	if g.lanes == 16 {
		t := [][2]int{{1, 4}, {2, 4}, {3, 4}}
		for r := 1; r <= 12; r++ {
			t = append(t, [2]int{r, 1}, [2]int{r, 2})
		}
		return t
	}
	return [][2]int{{1, 4}, {1, 2}, {1, 1}, {2, 2}, {2, 1}, {3, 2}, {3, 1}, {4, 1}, {5, 1}, {6, 1}}
}

func (g *gen) gemm() {
	for _, t := range g.gemmTiles() {
		g.gemmTile(t[0], t[1])
	}
}

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

func (g *gen) accumulators(rows, vectors int) [][]vec {
	acc := make([][]vec, rows)
	for i := range acc {
		acc[i] = make([]vec, vectors)
		for j := range acc[i] {
			acc[i][j] = g.vec()
			g.zero(acc[i][j])
		}
	}
	return acc
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

// gemmTile: C[rows x 16·panels] (+)= A[rows x k] · B, B in panels of 16 columns, k ascending.
func (g *gen) gemmTile(rows, panels int) {
	g.function(tile("gemm", rows, panels),
		"func(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, panel uintptr, k uintptr, accumulate uintptr)",
		fmt.Sprintf("C[%d x %d] = A·B (+ C), strides and panel size in bytes.", rows, 16*panels))
	a, lda := g.arg("a"), g.arg("lda")
	b, k := g.arg("b"), g.arg("k")
	panel := g.arg("panel")
	acc := g.accumulators(rows, panels)
	c, ldc := g.arg("c"), g.arg("ldc")
	cp := g.rowPointers(c, ldc, rows)
	flag := g.arg("accumulate")
	g.TESTQ(flag, flag)
	g.JZ(LabelRef("start"))
	for i := range acc {
		for j := range acc[i] {
			g.load(cp.row(i).Offset(64*j), acc[i][j])
		}
	}
	g.Label("start")
	ap := g.rowPointers(a, lda, rows)
	bp := g.rowPointers(b, panel, panels)
	g.TESTQ(k, k)
	g.JZ(LabelRef("done"))
	step := func(kk int) {
		if rows == 1 {
			g.fmaPanels(ap.row(0).Offset(4*kk), bp, 64*kk, acc[0])
			return
		}
		for j := 0; j < panels; j += g.panelsAtOnce() {
			n := min(g.panelsAtOnce(), panels-j)
			bv := make([]vec, n)
			for h := range bv {
				bv[h] = g.vec()
				g.load(bp.row(j+h).Offset(64*kk), bv[h])
			}
			for i := range acc {
				g.fmaRow(ap.row(i).Offset(4*kk), bv, acc[i][j:j+n])
			}
		}
	}
	const unroll = 4
	g.CMPQ(k, U8(unroll))
	g.JL(LabelRef("single"))
	g.Label("unrolled")
	for kk := 0; kk < unroll; kk++ {
		step(kk)
	}
	g.advance(ap, 4*unroll)
	g.advance(bp, 64*unroll)
	g.SUBQ(U8(unroll), k)
	g.CMPQ(k, U8(unroll))
	g.JGE(LabelRef("unrolled"))
	g.TESTQ(k, k)
	g.JZ(LabelRef("done"))
	g.Label("single")
	step(0)
	g.advance(ap, 4)
	g.advance(bp, 64)
	g.DECQ(k)
	g.JNZ(LabelRef("single"))
	g.Label("done")
	for i := range acc {
		for j := range acc[i] {
			g.store(acc[i][j], cp.row(i).Offset(64*j))
		}
	}
	g.ret()
}

// gemmTTiles are the tiles of the product with the transposed panelled matrix: rows of the result
// (rows of W) by hardware vectors of samples.
func (g *gen) gemmTTiles() (wide, narrow int) {
	if g.lanes == 16 {
		return 12, 12
	}
	return 6, 12
}

func (g *gen) gemmT() {
	wide, narrow := g.gemmTTiles()
	for r := 1; r <= wide; r++ {
		g.gemmTTile(r, 16)
	}
	if g.lanes == 16 {
		for r := 1; r <= wide; r++ {
			g.gemmTTile(r, 32)
		}
	}
	for r := 1; r <= narrow; r++ {
		g.gemmTTile(r, 8)
	}
}

// gemmTTile: CT[rows x width] = W[rows x n] · ZT[n x width], W in panels of 16 columns, n ascending
// through the panels. A row of W inside a panel is 16 consecutive floats, so the tile reads
// rows·16 consecutive floats of every panel.
func (g *gen) gemmTTile(rows, width int) {
	g.function(fmt.Sprintf("gemmT%dx%d", rows, width),
		"func(ct *float32, ldct uintptr, w *float32, panel uintptr, zt *float32, ldzt uintptr, panels uintptr)",
		fmt.Sprintf("CT[%d x %d] = W·ZT over all panels of W, strides and panel size in bytes.", rows, width))
	w, panel := g.arg("w"), g.arg("panel")
	zt, ldzt := g.arg("zt"), g.arg("ldzt")
	panels := g.arg("panels")
	vectors := g.registers(width)
	acc := make([][]reg.VecVirtual, rows)
	for i := range acc {
		acc[i] = g.registers(width)
		for _, r := range acc[i] {
			g.zeroAny(r)
		}
	}
	g.TESTQ(panels, panels)
	g.JZ(LabelRef("done"))
	g.Label("panel")
	for t := 0; t < 16; t++ {
		for j, v := range vectors {
			g.VMOVUPS(Mem{Base: zt}.Offset(j*bytesOf(v)), v)
		}
		g.ADDQ(ldzt, zt)
		for i := range acc {
			g.fmaBroadcast(Mem{Base: w}.Offset(64*i+4*t), vectors, acc[i])
		}
	}
	g.ADDQ(panel, w)
	g.DECQ(panels)
	g.JNZ(LabelRef("panel"))
	g.Label("done")
	ct, ldct := g.arg("ct"), g.arg("ldct")
	cp := g.rowPointers(ct, ldct, rows)
	for i := range acc {
		for j, r := range acc[i] {
			g.VMOVUPS(r, cp.row(i).Offset(j*bytesOf(r)))
		}
	}
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
