package amd64

import (
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"srhmbench/kernels/_asm/contract"
)

// windowTile is a tile of six positions whose channels do not mix. For every block of channels, two hardware
// vectors or one masked, it runs over all taps: start sets the accumulators, tap reads what lies at x[i]+off
// for each position i, finish writes.
type windowTile struct {
	off  reg.GPVirtual // bytes into x of the tap and the block
	c    reg.GPVirtual // bytes of the block in a row of channels
	x    []reg.GPVirtual
	k    *reg.VecVirtual    // AVX2: mask of the block
	kk   *reg.OpmaskVirtual // AVX-512
	vecs int
}

func (g *gen) windows() {
	for _, name := range []string{"depthwiseConv", "depthwiseConvGradInput"} {
		g.depthwise(name)
		for _, width := range g.tier.DepthwiseWidths {
			g.depthwiseRow(name, width)
		}
	}
	g.depthwiseGradWeights()
	for _, t := range g.tier.DepthwiseGrads {
		g.depthwiseRowGradWeights(t.Width, t.Rows, t.Vectors)
	}
}

const windowArgs = "at *uintptr, channels uintptr, rows uintptr, xrow uintptr, wrow uintptr, cols uintptr, xcol uintptr, wcol uintptr"

// whole says whether the block fills its vectors.
func (t *windowTile) whole() bool { return t.k == nil && t.kk == nil }

// loadBlock loads vector j of a block.
func (g *gen) loadBlock(t *windowTile, m Mem, v reg.VecVirtual) {
	switch {
	case t.k != nil:
		g.VMASKMOVPS(m, *t.k, v)
	case t.kk != nil:
		g.VMOVUPS_Z(m, *t.kk, v)
	default:
		g.VMOVUPS(m, v)
	}
}

func (g *gen) storeBlock(t *windowTile, v reg.VecVirtual, m Mem) {
	switch {
	case t.k != nil:
		g.VMASKMOVPS(v, *t.k, m)
	case t.kk != nil:
		g.VMOVUPS(v, *t.kk, m)
	default:
		g.VMOVUPS(v, m)
	}
}

// blockMask selects the first n ≤ 32 lanes of one hardware vector, all of them if it has fewer.
func (g *gen) blockMask(n reg.GPVirtual, t *windowTile) {
	if g.lanes == 16 {
		if g.block == nil {
			k := g.K()
			g.block = &k
		}
		ones, bits := g.GP32(), g.GP32()
		g.MOVL(I32(-1), ones)
		g.BZHIL(n.As32(), ones, bits)
		g.KMOVW(bits, *g.block)
		t.kk = g.block
		return
	}
	base, off, y := g.GP64(), g.GP64(), reg.VecVirtual(g.YMM())
	g.LEAQ(g.maskTable, base)
	g.MOVQ(n, off)
	g.NEGQ(off)
	g.VMOVUPS(Mem{Base: base, Index: off, Scale: 4, Disp: 128}, y)
	t.k = &y
}

// blocks runs body over the channels and ends the function.
func (g *gen) blocks(wide int, body func(label string, t *windowTile, c reg.GPVirtual)) {
	g.channelBlocks("", wide, body)
	g.ret()
}

// channelBlocks runs body over the channels, wide blocks of so many hardware vectors first, then masked ones of one; c is
// the bytes before a block.
func (g *gen) channelBlocks(label string, wide int, body func(label string, t *windowTile, c reg.GPVirtual)) {
	c, left := g.GP64(), g.arg("channels")
	g.XORQ(c, c)
	g.Label(label + "wide")
	g.CMPQ(left, U8(wide*g.lanes))
	g.JL(LabelRef(label + "narrow"))
	body(label+"wide_", &windowTile{vecs: wide}, c)
	g.ADDQ(I32(int32(4*wide*g.lanes)), c)
	g.SUBQ(U8(wide*g.lanes), left)
	g.JMP(LabelRef(label + "wide"))
	g.Label(label + "narrow")
	g.TESTQ(left, left)
	g.JLE(LabelRef(label + "done"))
	t := &windowTile{vecs: 1}
	g.blockMask(left, t)
	body(label+"narrow_", t, c)
	g.ADDQ(U8(4*g.lanes), c)
	g.SUBQ(U8(g.lanes), left)
	g.JMP(LabelRef(label + "narrow"))
	g.Label(label + "done")
}

// taps runs body over all taps; off and w go on by what the arguments say.
func (g *gen) taps(label string, off, w reg.GPVirtual, body func()) {
	xcol, wcol := g.arg("xcol"), g.arg("wcol")
	g.loop(label+"row", "rows", func() {
		g.loop(label+"col", "cols", func() {
			body()
			g.ADDQ(xcol, off)
			g.ADDQ(wcol, w)
		})
		g.ADDQ(g.argument("xrow"), off)
		g.ADDQ(g.argument("wrow"), w)
	})
}

func (g *gen) depthwise(name string) {
	g.function(name, "func(y *float32, x *float32, w *float32, "+windowArgs+")",
		"Six positions, at[0:6] bytes into x and at[6:12] into y: sums over the taps of x times w, channel by channel.")
	x := g.starts("at", 0, "x")
	g.blocks(2, func(label string, t *windowTile, c reg.GPVirtual) {
		acc := g.tileZeros(t.vecs)
		off, w := g.GP64(), g.arg("w")
		g.MOVQ(c, off)
		g.ADDQ(c, w)
		g.taps(label, off, w, func() {
			wv := g.hws(t.vecs)
			for j, r := range wv {
				g.loadBlock(t, Mem{Base: w}.Offset(4*g.lanes*j), r)
			}
			for i := range acc {
				for j, r := range acc[i] {
					m := at(x[i], off).Offset(4 * g.lanes * j)
					if t.whole() {
						g.VFMADD231PS(m, wv[j], r)
						continue
					}
					v := g.hw()
					g.loadBlock(t, m, v)
					g.VFMADD231PS(v, wv[j], r)
				}
			}
		})
		g.storeTile(t, acc, "y", c)
	})
}

// storeTile writes the accumulators at at[6:12] bytes into a result, c bytes on.
func (g *gen) storeTile(t *windowTile, acc [][]reg.VecVirtual, result string, c reg.GPVirtual) {
	list, p := g.arg("at"), g.GP64()
	for i := range acc {
		g.MOVQ(Mem{Base: list}.Offset(8*(contract.TilePositions+i)), p)
		g.ADDQ(g.argument(result), p)
		for j, r := range acc[i] {
			g.storeBlock(t, r, at(p, c).Offset(4*g.lanes*j))
		}
	}
}

// depthwiseGradWeights: one tap. Eight and four hardware vectors of channels keep enough chains in flight.
func (g *gen) depthwiseGradWeights() {
	g.function("depthwiseConvGradWeights",
		"func(dw *float32, x *float32, dy *float32, list *uintptr, n uintptr, xstep uintptr, ystep uintptr, channels uintptr)",
		"dw += sums over n meetings of x times dy, channel by channel; xstep and ystep are bytes from output to output.")
	c, left := g.GP64(), g.arg("channels")
	g.XORQ(c, c)
	block := func(label string, vecs int, masked bool) {
		t := &windowTile{}
		if masked {
			g.blockMask(left, t)
		}
		acc, dw, x := g.hws(vecs), g.arg("dw"), g.arg("x")
		for j, r := range acc {
			g.loadBlock(t, at(dw, c).Offset(4*g.lanes*j), r)
		}
		g.ADDQ(c, x)
		g.meetings(label+"meeting", func(off, dy reg.GPVirtual) {
			for j, r := range acc {
				z := g.hw()
				g.loadBlock(t, at(dy, c).Offset(4*g.lanes*j), z)
				m := at(x, off).Offset(4 * g.lanes * j)
				if masked {
					v := g.hw()
					g.loadBlock(t, m, v)
					g.VFMADD231PS(v, z, r)
					continue
				}
				g.VFMADD231PS(m, z, r)
			}
		})
		for j, r := range acc {
			g.storeBlock(t, r, at(dw, c).Offset(4*g.lanes*j))
		}
		g.ADDQ(I32(int32(4*g.lanes*vecs)), c)
		g.SUBQ(I32(int32(g.lanes*vecs)), left)
	}
	for _, vecs := range []int{8, 4} {
		label := "by" + string(rune('0'+vecs))
		g.Label(label)
		g.CMPQ(left, I32(int32(vecs*g.lanes)))
		g.JL(LabelRef(label + "_done"))
		block(label, vecs, false)
		g.JMP(LabelRef(label))
		g.Label(label + "_done")
	}
	g.Label("narrow")
	g.TESTQ(left, left)
	g.JLE(LabelRef("done"))
	block("narrow", 1, true)
	g.JMP(LabelRef("narrow"))
	g.Label("done")
	g.ret()
}
