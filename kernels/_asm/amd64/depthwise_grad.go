package amd64

import (
	"fmt"

	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Fields of a gradSpan, in bytes.
const (
	spanX, spanY, spanEnter, spanLeave, spanOutputs = 0, 8, 16, 24, 32
	spanSize                                        = 40
)

// gradGen writes the gradient of so many rows of weights, each so many taps wide, for some rows of outputs. The sums stay in
// registers, an output gradient is loaded once for all of them.
type gradGen struct {
	*gen
	width, rows int
	xcol, xcol3 reg.GPVirtual

	// of a block of channels
	tile  *windowTile
	label string
	acc   [][]reg.VecVirtual // by tap
	span  reg.GPVirtual
	x     []reg.GPVirtual // what the next output reads through the first tap of each row
	dy    reg.GPVirtual
	left  reg.GPVirtual // outputs
}

func (g *gen) depthwiseRowGradWeights(width, rows, vecs int) {
	g.function(fmt.Sprintf("depthwiseConvGradWeights%dx%d", width, rows),
		"func(dw *float32, x *float32, dy *float32, spans *uintptr, n uintptr, channels uintptr, xrow uintptr, xcol uintptr, xstep uintptr, ystep uintptr)",
		fmt.Sprintf("dw += %d rows of %d taps of sums over n spans of outputs of x times dy, channel by channel. xrow and xcol are bytes\n// between taps, xstep and ystep between outputs.", rows, width))
	xcol, xcol3 := g.arg("xcol"), g.GP64()
	g.LEAQ(Mem{Base: xcol, Index: xcol, Scale: 2}, xcol3)
	g.channelBlocks("", vecs, func(label string, t *windowTile, c reg.GPVirtual) {
		r := &gradGen{gen: g, width: width, rows: rows, xcol: xcol, xcol3: xcol3, tile: t, label: label}
		for range rows * width {
			r.acc = append(r.acc, g.hws(t.vecs))
		}
		r.weights(c, g.loadBlock)
		r.span = g.arg("spans")
		g.loop(label+"span", "n", func() {
			r.startSpan(c)
			g.CMPQ(r.field(spanEnter), U8(0))
			g.JNE(LabelRef(label + "part"))
			g.CMPQ(r.field(spanLeave), U8(width))
			g.JNE(LabelRef(label + "part"))
			if len(r.acc) == 9 && label == "wide_" {
				r.pairs()
			}
			g.Label(label + "whole")
			r.output(func(int) {})
			r.next("whole")
			g.JMP(LabelRef(label + "next"))
			g.Label(label + "part")
			r.output(r.edge)
			g.Label(label + "leave")
			r.next("part")
			g.Label(label + "next")
			g.ADDQ(U8(spanSize), r.span)
		})
		r.weights(c, func(t *windowTile, m Mem, v reg.VecVirtual) { g.storeBlock(t, v, m) })
	})
	g.ret()
}

func (r *gradGen) field(offset int) Mem { return Mem{Base: r.span}.Offset(offset) }

// weights moves a block of the gradients of all taps.
func (r *gradGen) weights(c reg.GPVirtual, move func(t *windowTile, m Mem, v reg.VecVirtual)) {
	first, wcol, wcol3 := r.arg("dw"), r.arg("channels"), r.GP64()
	r.SHLQ(U8(2), wcol)
	r.LEAQ(Mem{Base: wcol, Index: wcol, Scale: 2}, wcol3)
	r.ADDQ(c, first)
	for i, m := range r.columnsFrom(first, wcol, wcol3, len(r.acc)) {
		for v, acc := range r.acc[i] {
			move(r.tile, m.Offset(4*r.lanes*v), acc)
		}
	}
}

func (r *gradGen) startSpan(c reg.GPVirtual) {
	x, dy, left := r.arg("x"), r.arg("dy"), r.GP64()
	r.ADDQ(c, x)
	r.ADDQ(r.field(spanX), x)
	r.x = []reg.GPVirtual{x}
	for len(r.x) < r.rows {
		below := r.GP64()
		r.MOVQ(x, below)
		r.ADDQ(r.argument("xrow"), below)
		r.x, x = append(r.x, below), below
	}
	r.ADDQ(c, dy)
	r.ADDQ(r.field(spanY), dy)
	r.MOVQ(r.field(spanOutputs), left)
	r.dy, r.left = dy, left
}

// tap is where an output reads through a tap.
func (r *gradGen) tap(row, col int) Mem {
	switch col {
	case 0:
		return Mem{Base: r.x[row]}
	case 3:
		return at(r.x[row], r.xcol3)
	}
	return Mem{Base: r.x[row], Index: r.xcol, Scale: uint8(col)}
}

// output adds one output; begin comes before each column of taps.
func (r *gradGen) output(begin func(col int)) {
	dy := r.hws(r.tile.vecs)
	for v, d := range dy {
		r.loadBlock(r.tile, Mem{Base: r.dy}.Offset(4*r.lanes*v), d)
	}
	for col := range r.width {
		begin(col)
		for row := range r.rows {
			for v, acc := range r.acc[row*r.width+col] {
				m := r.tap(row, col).Offset(4 * r.lanes * v)
				if r.tile.k == nil && r.tile.kk == nil {
					r.VFMADD231PS(m, dy[v], acc)
					continue
				}
				x := r.hw()
				r.loadBlock(r.tile, m, x)
				r.VFMADD231PS(x, dy[v], acc)
			}
		}
	}
}

// edge leaves out the columns of taps that do not meet the image.
func (r *gradGen) edge(col int) {
	if col > 0 {
		r.CMPQ(r.field(spanLeave), U8(col))
		r.JE(LabelRef(r.label + "leave"))
		r.Label(column(r.label, col))
		return
	}
	for enter := 1; enter < r.width; enter++ {
		r.CMPQ(r.field(spanEnter), U8(enter))
		r.JE(LabelRef(column(r.label, enter)))
	}
}

// next goes on to the next output, if there is one.
func (r *gradGen) next(loop string) {
	for _, x := range r.x {
		r.ADDQ(r.argument("xstep"), x)
	}
	r.ADDQ(r.argument("ystep"), r.dy)
	r.DECQ(r.left)
	r.JNZ(LabelRef(r.label + loop))
}

// pairs takes two outputs at a time, as long as there are two, if neighbours read neighbours: the columns that an output
// has in common with the one before stay in registers, since loads of neighbouring columns are slow where they fall into
// one bank of the first-level cache.
func (r *gradGen) pairs() {
	r.CMPQ(r.xcol, r.argument("xstep"))
	r.JNE(LabelRef(r.label + "whole"))
	r.SUBQ(U8(2), r.left)
	r.JL(LabelRef(r.label + "single"))
	kept := [2][]reg.VecVirtual{r.hws(3), r.hws(3)}
	for i := range r.x {
		r.VMOVUPS(r.tap(i, 0), kept[0][i])
		r.VMOVUPS(r.tap(i, 1), kept[1][i])
	}
	ystep := r.arg("ystep")
	r.Label(r.label + "pair")
	for o := range 2 {
		dy, first, second := r.hw(), kept[o], kept[1-o]
		r.VMOVUPS([]Mem{{Base: r.dy}, at(r.dy, ystep)}[o], dy)
		for i, x := range first {
			r.VFMADD231PS(x, dy, r.acc[3*i][0])
			r.VMOVUPS(r.tap(i, 2+o), x)
		}
		for i, x := range second {
			r.VFMADD231PS(x, dy, r.acc[3*i+1][0])
		}
		for i, x := range first { // by now the third column
			r.VFMADD231PS(x, dy, r.acc[3*i+2][0])
		}
	}
	for _, x := range r.x {
		r.LEAQ(Mem{Base: x, Index: r.xcol, Scale: 2}, x)
	}
	r.LEAQ(Mem{Base: r.dy, Index: ystep, Scale: 2}, r.dy)
	r.SUBQ(U8(2), r.left)
	r.JGE(LabelRef(r.label + "pair"))
	r.Label(r.label + "single")
	r.ADDQ(U8(2), r.left)
	r.JZ(LabelRef(r.label + "next"))
}
