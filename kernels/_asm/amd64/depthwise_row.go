package amd64

import (
	"fmt"

	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// rowOutputs is how many positions a tile of depthwiseRow holds; depthwise_row.go of the package has the same.
const rowOutputs = 8

// Fields of a rowTile, in bytes.
const (
	tileX, tileY, tileEnter, tileLeave, tileOutputs = 0, 8, 16, 24, 32
	tileSize                                        = 40
)

// rowGen writes the tiles of a row of a kernel so many taps wide. A column of the input is loaded once for all outputs
// that read it, a weight once for a row of them. At the edges of the image a tile enters after its first columns, which
// do not exist, or leaves before its last.
type rowGen struct {
	*gen
	width            int
	tile, xcol, wcol reg.GPVirtual
	xcol3, wcol3     reg.GPVirtual
}

func (g *gen) depthwiseRow(name string, width int) {
	g.function(fmt.Sprintf("%s%d", name, width),
		"func(y *float32, x *float32, w *float32, tiles *uintptr, n uintptr, channels uintptr, rows uintptr, xrow uintptr, wrow uintptr, xcol uintptr, ycol uintptr, next uintptr)",
		fmt.Sprintf("n tiles of a row of y: sums over rows of %d taps of x times w, channel by channel. xcol and ycol are bytes between columns,\n// xrow and wrow between rows of taps, next from behind the last one to what will be read next.", width))
	r := &rowGen{gen: g, width: width, tile: g.arg("tiles"), xcol: g.arg("xcol"), wcol: g.arg("channels"), xcol3: g.GP64(), wcol3: g.GP64()}
	g.SHLQ(U8(2), r.wcol)
	g.LEAQ(Mem{Base: r.wcol, Index: r.wcol, Scale: 2}, r.wcol3)
	g.LEAQ(Mem{Base: r.xcol, Index: r.xcol, Scale: 2}, r.xcol3)
	n := g.arg("n")
	g.Label("tile")
	g.channelBlocks("", 1, func(label string, t *windowTile, c reg.GPVirtual) {
		if label == "wide_" {
			g.CMPQ(r.field(tileOutputs), U8(rowOutputs))
			g.JNE(LabelRef("wide_part_start"))
			r.outputs("wide_whole_", t, c, true)
			g.JMP(LabelRef("wide_done"))
		}
		r.outputs(label+"part_", t, c, false)
		g.Label(label + "done")
	})
	g.ADDQ(U8(tileSize), r.tile)
	g.DECQ(n)
	g.JNZ(LabelRef("tile"))
	g.ret()
}

func (r *rowGen) field(offset int) Mem { return Mem{Base: r.tile}.Offset(offset) }

// outputs computes a block of channels of a tile. A whole one has all outputs and, since the padding is smaller than the kernel, a
// column for each of them to begin with.
func (r *rowGen) outputs(label string, t *windowTile, c reg.GPVirtual, whole bool) {
	r.Label(label + "start")
	acc := r.zeros(rowOutputs)
	x, w := r.arg("x"), r.arg("w")
	r.ADDQ(r.field(tileX), x)
	r.ADDQ(c, x)
	r.ADDQ(c, w)
	r.loop(label+"row", "rows", func() {
		taps := r.hws(r.width)
		for j, m := range r.columnsFrom(w, r.wcol, r.wcol3, r.width) {
			r.loadBlock(t, m, taps[j])
		}
		v, inputs := r.hw(), r.columnsFrom(x, r.xcol, r.xcol3, rowOutputs+r.width-1)
		for c := 1; c < r.width; c++ {
			r.CMPQ(r.field(tileEnter), U8(c))
			r.JE(LabelRef(column(label, c)))
		}
		for c, m := range inputs {
			if c >= rowOutputs || !whole {
				r.CMPQ(r.field(tileLeave), U8(c))
				r.JE(LabelRef(label + "leave"))
			}
			r.Label(column(label, c))
			r.loadBlock(t, m, v)
			for j, tap := range taps {
				if o := c - j; o >= 0 && o < rowOutputs {
					r.VFMADD231PS(v, tap, acc[o])
				}
			}
		}
		r.Label(label + "leave")
		r.ADDQ(r.argument("xrow"), x)
		r.ADDQ(r.argument("wrow"), w)
	})
	if whole {
		r.prefetchNext(x, c)
	}
	y, ycol, ycol3 := r.arg("y"), r.arg("ycol"), r.GP64()
	r.LEAQ(Mem{Base: ycol, Index: ycol, Scale: 2}, ycol3)
	r.ADDQ(r.field(tileY), y)
	r.ADDQ(c, y)
	for i, m := range r.columnsFrom(y, ycol, ycol3, rowOutputs) {
		if i > 0 && !whole {
			r.CMPQ(r.field(tileOutputs), U8(i))
			r.JE(LabelRef(label + "stored"))
		}
		r.storeBlock(t, acc[i], m)
	}
	r.Label(label + "stored")
}

// prefetchNext fetches, line by line, the columns of the row of the input that the next row of outputs will read first, while
// this one is computed. Two blocks of AVX2 share a line: each fetches half of the columns.
func (r *rowGen) prefetchNext(x, c reg.GPVirtual) {
	r.ADDQ(r.argument("next"), x)
	n := rowOutputs
	if r.lanes == 8 {
		n /= 2
		half := r.GP64()
		r.MOVQ(c, half)
		r.ANDQ(U8(32), half)
		r.SHRQ(U8(3), half) // 0 or 4 columns
		r.IMULQ(r.xcol, half)
		r.ADDQ(half, x)
	}
	for _, m := range r.columnsFrom(x, r.xcol, r.xcol3, n) {
		r.PREFETCHT0(m)
	}
}

// column names the place where one is read.
func column(label string, c int) string { return fmt.Sprintf("%scolumn%d", label, c) }

// columnsFrom are the addresses of n columns, of which the second lies col bytes behind the first and the fourth col3.
func (g *gen) columnsFrom(first, col, col3 reg.GPVirtual, n int) []Mem {
	list, base := make([]Mem, n), first
	for c := range list {
		if c > 0 && c%3 == 0 {
			next := g.GP64()
			g.LEAQ(at(base, col3), next)
			base = next
		}
		list[c] = Mem{Base: base}
		if c%3 > 0 {
			list[c].Index, list[c].Scale = col, uint8(c%3)
		}
	}
	return list
}
