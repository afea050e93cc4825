package amd64

import (
	"fmt"

	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"srhmbench/kernels/_asm/contract"
)

// argument is a parameter as an operand in memory, where registers are short.
func (g *gen) argument(name string) Mem {
	b, err := g.Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	return b.Addr
}

// starts are base plus the tile's byte offsets from number first of a list on.
func (g *gen) starts(list string, first int, base string) []reg.GPVirtual {
	at := g.arg(list)
	rs := make([]reg.GPVirtual, contract.TilePositions)
	for i := range rs {
		rs[i] = g.GP64()
		g.MOVQ(Mem{Base: at}.Offset(8*(first+i)), rs[i])
		if base != "" {
			g.ADDQ(g.argument(base), rs[i])
		}
	}
	return rs
}

// loop counts a parameter down, which is at least 1.
func (g *gen) loop(label, count string, body func()) {
	n := g.arg(count)
	g.Label(label)
	body()
	g.DECQ(n)
	g.JNZ(LabelRef(label))
}

func (g *gen) hws(n int) []reg.VecVirtual {
	v := make([]reg.VecVirtual, n)
	for i := range v {
		v[i] = g.hw()
	}
	return v
}

func (g *gen) zeros(n int) []reg.VecVirtual {
	v := g.hws(n)
	for _, r := range v {
		g.zeroReg(r)
	}
	return v
}

// tileZeros are so many hardware vectors for each position of a tile.
func (g *gen) tileZeros(vecs int) [][]reg.VecVirtual {
	acc := make([][]reg.VecVirtual, contract.TilePositions)
	for i := range acc {
		acc[i] = g.zeros(vecs)
	}
	return acc
}

// columnMasks are the masks of two hardware vectors of which the first so many columns exist.
func (g *gen) columnMasks(columns string) mask {
	n := g.arg(columns)
	if g.lanes == 8 {
		return g.tailMask(n)
	}
	ones, bits := g.GP32(), g.GP32()
	g.MOVL(I32(-1), ones)
	g.BZHIL(n.As32(), ones, bits)
	low, high := g.K(), g.K()
	g.KMOVW(bits, low)
	g.SHRL(U8(16), bits)
	g.KMOVW(bits, high)
	return mask{ks: []reg.OpmaskVirtual{low, high}}
}

// columns moves two hardware vectors between registers and memory, masked unless all columns exist.
func (g *gen) columns(label string, rows []reg.GPVirtual, acc [][]reg.VecVirtual, store bool) {
	move := func(k *mask) {
		for i, p := range rows {
			for j, r := range acc[i] {
				m := Mem{Base: p}.Offset(4 * g.lanes * j)
				switch {
				case store && k == nil:
					g.VMOVUPS(r, m)
				case store && g.lanes == 8:
					g.VMASKMOVPS(r, k.y[j], m)
				case store:
					g.VMOVUPS(r, k.ks[j], m)
				case k == nil:
					g.VMOVUPS(m, r)
				case g.lanes == 8:
					g.VMASKMOVPS(m, k.y[j], r)
				default:
					g.VMOVUPS_Z(m, k.ks[j], r)
				}
			}
		}
	}
	g.CMPQ(g.argument("columns"), U8(2*g.lanes))
	g.JE(LabelRef(label + "_all"))
	k := g.columnMasks("columns")
	move(&k)
	g.JMP(LabelRef(label + "_done"))
	g.Label(label + "_all")
	move(nil)
	g.Label(label + "_done")
}

func (g *gen) conv() {
	g.convTile("conv")
	g.convTile("convGradInput")
	g.convGradWeights()
}

// convTile: two hardware vectors of channels at six positions. For every tap the channels of the input, which
// lie together, against rows of a panel: 16 columns wide, so that AVX-512 takes two panels.
func (g *gen) convTile(name string) {
	g.function(name,
		"func(y *float32, x *float32, w *float32, panel uintptr, at *uintptr, run uintptr, cols uintptr, xcol uintptr, wcol uintptr, rows uintptr, xrow uintptr, wrow uintptr, columns uintptr, accumulate uintptr)",
		fmt.Sprintf("Six positions, at[0:6] bytes into x and at[6:12] into y, by %d columns: rows·cols taps of run channels each,\n// after which x and w go on by xcol and wcol bytes, after a row of taps by xrow and wrow more.", 2*g.lanes))
	acc := g.tileZeros(2)
	g.CMPQ(g.argument("accumulate"), U8(0))
	g.JE(LabelRef("start"))
	g.columns("load", g.starts("at", contract.TilePositions, "y"), acc, false)
	g.Label("start")
	x, w := g.starts("at", 0, "x"), g.arg("w")
	off := g.GP64()
	g.XORQ(off, off)
	var panel reg.GPVirtual // AVX2 takes one, whose halves lie together
	if g.lanes == 16 {
		panel = g.arg("panel")
	}
	step := func(k int) {
		b := g.hws(2)
		g.VMOVUPS(Mem{Base: w}.Offset(64*k), b[0])
		second := Mem{Base: w}.Offset(64*k + 32)
		if g.lanes == 16 {
			second = at(w, panel).Offset(64 * k)
		}
		g.VMOVUPS(second, b[1])
		for i := range acc {
			v := g.broadcast(at(x[i], off).Offset(4 * k))
			for j, r := range acc[i] {
				g.VFMADD231PS(b[j], v, r)
			}
		}
	}
	advance := func(k int) {
		g.ADDQ(U8(4*k), off)
		g.ADDQ(I32(int32(64*k)), w)
	}
	g.loop("row", "rows", func() {
		g.loop("col", "cols", func() {
			k := g.arg("run")
			const unroll = 4
			g.SUBQ(U8(unroll), k)
			g.JL(LabelRef("rest"))
			g.Label("unrolled")
			for u := range unroll {
				step(u)
			}
			advance(unroll)
			g.SUBQ(U8(unroll), k)
			g.JGE(LabelRef("unrolled"))
			g.Label("rest")
			g.ADDQ(U8(unroll), k)
			g.JZ(LabelRef("tap"))
			g.Label("single")
			step(0)
			advance(1)
			g.DECQ(k)
			g.JNZ(LabelRef("single"))
			g.Label("tap")
			g.ADDQ(g.argument("xcol"), off)
			g.ADDQ(g.argument("wcol"), w)
		})
		g.ADDQ(g.argument("xrow"), off)
		g.ADDQ(g.argument("wrow"), w)
	})
	g.columns("store", g.starts("at", contract.TilePositions, "y"), acc, true)
	g.ret()
}

// convGradWeights: six input channels against two hardware vectors of output channels, over positions. The
// output gradients lie packed in panels, 16 columns of a position together.
func (g *gen) convGradWeights() {
	g.function("convGradWeights",
		"func(dw *float32, panel uintptr, x *float32, dy *float32, dypanel uintptr, at *uintptr, list *uintptr, n uintptr, xstep uintptr, ystep uintptr, columns uintptr, accumulate uintptr)",
		fmt.Sprintf("Six rows of dw, at[6:12] bytes into it, by %d columns, the sums, onto what is there if accumulate is set, of the products of the channels at[0:6] bytes\n// into x and of packed dy at n meetings, xstep and ystep bytes from output to output.", 2*g.lanes))
	acc := g.tileZeros(2)
	g.CMPQ(g.argument("accumulate"), U8(0))
	g.JE(LabelRef("start"))
	g.gradColumns("load", acc, false)
	g.Label("start")
	rows := g.starts("at", 0, "x")
	g.meetings("meeting", func(x, dy reg.GPVirtual) {
		z := g.hws(2)
		g.VMOVUPS(Mem{Base: dy}, z[0])
		second := Mem{Base: dy}.Offset(32)
		if g.lanes == 16 {
			panel := g.arg("dypanel")
			second = at(dy, panel)
		}
		g.VMOVUPS(second, z[1])
		for i := range acc {
			v := g.broadcast(at(rows[i], x))
			for j, r := range acc[i] {
				g.VFMADD231PS(z[j], v, r)
			}
		}
	})
	g.gradColumns("store", acc, true)
	g.ret()
}

// meetings runs body at every output of n meetings: x is in bytes, dy an address.
func (g *gen) meetings(label string, body func(x, dy reg.GPVirtual)) {
	list, xstep := g.arg("list"), g.arg("xstep")
	g.loop(label+"s", "n", func() {
		x, dy, left := g.GP64(), g.GP64(), g.GP64()
		g.MOVQ(Mem{Base: list}, x)
		g.MOVQ(Mem{Base: list}.Offset(8), dy)
		g.MOVQ(Mem{Base: list}.Offset(16), left)
		g.ADDQ(g.argument("dy"), dy)
		g.ADDQ(U8(24), list)
		g.Label(label)
		body(x, dy)
		g.ADDQ(xstep, x)
		g.ADDQ(g.argument("ystep"), dy)
		g.DECQ(left)
		g.JNZ(LabelRef(label))
	})
}

// gradColumns moves a tile of dw; its second 16 columns are in another panel, not behind the first.
func (g *gen) gradColumns(label string, acc [][]reg.VecVirtual, store bool) {
	rows := g.starts("at", contract.TilePositions, "dw")
	if g.lanes == 8 {
		g.columns(label, rows, acc, store)
		return
	}
	k, panel := g.columnMasks("columns"), g.arg("panel")
	for i, p := range rows {
		for j, r := range acc[i] {
			m := Mem{Base: p}
			if j == 1 {
				m.Index, m.Scale = panel, 1
			}
			if store {
				g.VMOVUPS(r, k.ks[j], m)
			} else {
				g.VMOVUPS_Z(m, k.ks[j], r)
			}
		}
	}
}
