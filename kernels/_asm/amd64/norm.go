package amd64

import (
	"fmt"
	"slices"

	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"srhmbench/kernels/_asm/contract"
)

func (g *gen) norm() {
	g.batchNormMoments()
	g.batchNormGradSums()
	g.batchNorm()
	g.batchNormGrad()
}

// rowSums is sums over rows. They are made for a block of channels and then the next, with the rows of a chunk, which stay
// in a cache meanwhile; then come the rows of the next chunk. The sums of 16 rows at a time, then of 8, 4, 2 and 1, are made
// pairwise in float32 and added to float64 totals, which wait in memory for the next chunk.
type rowSums struct {
	label    string
	wide     int                  // hardware vectors at a time
	operands []contract.RowMatrix // what is read
	sums     []contract.RowSum
	zero     reg.VecVirtual // with AVX-512, where avo takes what is cleared for an input
	block    func(t *windowTile, c reg.GPVirtual) addRow
	finish   func(total reg.VecVirtual) // changes a total before it is rounded
}

// addRow puts a row of a block of channels into registers, one for each sum and vector, or adds it to those of a sum that
// onto says. The row is at the pointers at.
type addRow func(at []Mem, to [][]reg.VecVirtual, onto []bool)

func (s *rowSums) begin(g *gen) {
	if g.lanes == 16 {
		s.zero = g.hw()
		g.zeroReg(s.zero)
	}
}

func (g *gen) sumRows(s rowSums) {
	left, chunk := g.arg("rows"), g.GP64()
	var starts, apart []reg.GPVirtual
	for _, o := range s.operands {
		starts, apart = append(starts, g.arg(o.Name)), append(apart, g.arg(o.LD))
	}
	g.Label(s.label + "chunk")
	g.MOVQ(g.argument("chunk"), chunk)
	g.CMPQ(left, chunk)
	g.JGE(LabelRef(s.label + "blocks"))
	g.MOVQ(left, chunk)
	g.Label(s.label + "blocks")
	g.channelBlocks(s.label, s.wide, func(label string, t *windowTile, c reg.GPVirtual) {
		totals := g.beginTotals(s, label, t, c, left)
		g.sumChunk(s, label, t, c, chunk, starts, apart, totals)
		g.CMPQ(chunk, left)
		g.JE(LabelRef(label + "last"))
		g.eachTotal(s, t, c, totals, func(m Mem, v reg.VecVirtual) { g.VMOVUPD(v, m) })
		g.JMP(LabelRef(label + "end"))
		g.Label(label + "last")
		for i, halves := range totals {
			for _, v := range halves {
				s.finish(v)
			}
			g.storeBlock(t, g.round(halves), at(g.arg(s.sums[i/t.vecs].Result), c).Offset(4*g.lanes*(i%t.vecs)))
		}
		g.Label(label + "end")
	})
	for i, start := range starts {
		bytes := g.GP64()
		g.MOVQ(apart[i], bytes)
		g.IMULQ(chunk, bytes)
		g.ADDQ(bytes, start)
	}
	g.SUBQ(chunk, left)
	g.JNZ(LabelRef(s.label + "chunk"))
}

// beginTotals are two halves of 0 for each total and vector in the first chunk, and in later ones what waits in memory.
func (g *gen) beginTotals(s rowSums, label string, t *windowTile, c, left reg.GPVirtual) (totals [][2]reg.VecVirtual) {
	for range len(s.sums) * t.vecs {
		totals = append(totals, [2]reg.VecVirtual{g.hw(), g.hw()})
	}
	g.CMPQ(left, g.argument("rows"))
	g.JE(LabelRef(label + "first"))
	g.eachTotal(s, t, c, totals, func(m Mem, v reg.VecVirtual) { g.VMOVUPD(m, v) })
	g.JMP(LabelRef(label + "begun"))
	g.Label(label + "first")
	for _, halves := range totals {
		for _, v := range halves {
			if g.lanes == 16 {
				g.VMOVAPD(s.zero, v)
			} else {
				g.zeroReg(v)
			}
		}
	}
	g.Label(label + "begun")
	return totals
}

// eachTotal visits the totals and where they wait.
func (g *gen) eachTotal(s rowSums, t *windowTile, c reg.GPVirtual, totals [][2]reg.VecVirtual, visit func(m Mem, v reg.VecVirtual)) {
	for i, halves := range totals {
		base := g.arg(s.sums[i/t.vecs].Total)
		for h, v := range halves {
			visit(Mem{Base: base, Index: c, Scale: 2}.Offset(8*g.lanes*(i%t.vecs)+4*g.lanes*h), v)
		}
	}
}

// sumChunk adds the rows of a chunk to the totals of a block of channels.
func (g *gen) sumChunk(s rowSums, label string, t *windowTile, c, chunk reg.GPVirtual, starts, apart []reg.GPVirtual, totals [][2]reg.VecVirtual) {
	add, left, pointers := s.block(t, c), g.GP64(), []reg.GPVirtual(nil)
	g.MOVQ(chunk, left)
	for _, start := range starts {
		p := g.GP64()
		g.LEAQ(at(start, c), p)
		pointers = append(pointers, p)
	}
	for level := 4; level >= 0; level-- {
		again, fewer := fmt.Sprintf("%s%d", label, 1<<level), fmt.Sprintf("%sunder%d", label, 1<<level)
		g.Label(again)
		g.CMPQ(left, U8(1<<level))
		g.JL(LabelRef(fewer))
		fold := func(onto, v []reg.VecVirtual) {
			for j, r := range v {
				g.VADDPS(r, onto[j], onto[j])
			}
		}
		fresh := func(int, int) []reg.VecVirtual { return g.hws(t.vecs) }
		sums := contract.Pairwise(1<<level, s.sums, fresh, fold, func(to [][]reg.VecVirtual, onto []bool) {
			var at []Mem
			for _, p := range pointers {
				at = append(at, Mem{Base: p})
			}
			add(at, to, onto)
			for i, p := range pointers {
				g.ADDQ(apart[i], p)
			}
		})
		for i, v := range slices.Concat(sums...) {
			g.addWide(v, totals[i])
		}
		g.SUBQ(U8(1<<level), left)
		if level == 4 {
			g.JMP(LabelRef(again))
		}
		g.Label(fewer)
	}
}

// addWide adds float32 to float64.
func (g *gen) addWide(v reg.VecVirtual, total [2]reg.VecVirtual) {
	low, high := g.hw(), g.hw()
	if g.lanes == 16 {
		g.VCVTPS2PD(v.AsY(), low)
		g.VEXTRACTF64X4(U8(1), v, high.AsY())
		g.VCVTPS2PD(high.AsY(), high)
	} else {
		g.VCVTPS2PD(v.AsX(), low)
		g.VEXTRACTF128(U8(1), v, high.AsX())
		g.VCVTPS2PD(high.AsX(), high)
	}
	g.VADDPD(low, total[0], total[0])
	g.VADDPD(high, total[1], total[1])
}

// round is float64 in float32.
func (g *gen) round(total [2]reg.VecVirtual) reg.VecVirtual {
	low, high := g.hw(), g.hw()
	g.zeroReg(low) // or avo takes its upper half for an input
	if g.lanes == 16 {
		g.VCVTPD2PS(total[0], low.AsY())
		g.VCVTPD2PS(total[1], high.AsY())
		g.VINSERTF64X4(U8(1), high.AsY(), low, low)
	} else {
		g.VCVTPD2PSY(total[0], low.AsX())
		g.VCVTPD2PSY(total[1], high.AsX())
		g.VINSERTF128(U8(1), high.AsX(), low, low)
	}
	return low
}

// addOrLoad adds memory to a vector of a block, or loads it.
func (g *gen) addOrLoad(t *windowTile, m Mem, v reg.VecVirtual, onto bool) {
	switch {
	case !onto:
		g.loadBlock(t, m, v)
	case t.whole():
		g.VADDPS(m, v, v)
	default:
		x := g.hw()
		g.loadBlock(t, m, x)
		g.VADDPS(x, v, v)
	}
}

// fromMean is mean - x, the negative of what is wanted.
func (g *gen) fromMean(t *windowTile, x Mem, mean reg.VecVirtual) reg.VecVirtual {
	v := g.hw()
	if t.whole() {
		g.VSUBPS(x, mean, v)
		return v
	}
	g.loadBlock(t, x, v)
	g.VSUBPS(v, mean, v)
	return v
}

func (g *gen) batchNormMoments() {
	g.function("batchNormMoments",
		"func(mean *float32, variance *float32, x *float32, ldx uintptr, rows uintptr, channels uintptr, share float64, chunk uintptr, totals *float64)",
		"Means and variances over rows, ldx bytes apart; share is 1/rows. totals is memory where rows are more than a chunk, a multiple of 16.")
	s := rowSums{wide: 2, operands: []contract.RowMatrix{{Name: "x", LD: "ldx"}}}
	s.begin(g)
	s.finish = func(total reg.VecVirtual) {
		share := g.hw()
		g.VBROADCASTSD(g.argAddress("share"), share)
		g.VMULPD(share, total, total)
	}
	s.label, s.sums = "mean_", []contract.RowSum{{Result: "mean", Total: "totals", Chain: 2}}
	s.block = func(t *windowTile, _ reg.GPVirtual) addRow {
		return func(at []Mem, to [][]reg.VecVirtual, onto []bool) {
			for j, r := range to[0] {
				g.addOrLoad(t, at[0].Offset(4*g.lanes*j), r, onto[0])
			}
		}
	}
	g.sumRows(s)
	s.label, s.sums = "variance_", []contract.RowSum{{Result: "variance", Total: "totals", Chain: 4}}
	s.block = func(t *windowTile, c reg.GPVirtual) addRow {
		mean := g.hws(t.vecs)
		for j, r := range mean {
			g.loadBlock(t, at(g.arg("mean"), c).Offset(4*g.lanes*j), r)
		}
		return func(at []Mem, to [][]reg.VecVirtual, onto []bool) {
			for j, r := range to[0] {
				v := g.fromMean(t, at[0].Offset(4*g.lanes*j), mean[j])
				if onto[0] {
					g.VFMADD231PS(v, v, r)
				} else {
					g.VMULPS(v, v, r)
				}
			}
		}
	}
	g.sumRows(s)
	g.ret()
}

func (g *gen) batchNormGradSums() {
	g.function("batchNormGradSums",
		"func(dshift *float32, dscale *float32, dy *float32, lddy uintptr, x *float32, ldx uintptr, mean *float32, rows uintptr, channels uintptr, chunk uintptr, shifts *float64, scales *float64)",
		"Sums over rows of dy and of dy·(x - mean), rows lddy and ldx bytes apart. shifts and scales are memory where rows are more than a chunk, a multiple of 16.")
	s := rowSums{wide: 1, operands: []contract.RowMatrix{{Name: "dy", LD: "lddy"}, {Name: "x", LD: "ldx"}}}
	s.begin(g)
	s.finish = func(reg.VecVirtual) {}
	s.sums = []contract.RowSum{{Result: "dshift", Total: "shifts", Chain: 2}, {Result: "dscale", Total: "scales", Chain: 4}}
	s.block = func(t *windowTile, c reg.GPVirtual) addRow {
		mean := g.hw()
		g.loadBlock(t, at(g.arg("mean"), c), mean)
		return func(at []Mem, to [][]reg.VecVirtual, onto []bool) {
			dy, x, shift, scale := at[0], at[1], to[0][0], to[1][0]
			d := shift
			if onto[0] {
				d = g.hw()
			}
			g.loadBlock(t, dy, d)
			if onto[0] {
				g.VADDPS(d, shift, shift)
			}
			if onto[1] {
				g.VFNMADD231PS(d, g.fromMean(t, x, mean), scale)
			} else {
				g.loadBlock(t, x, scale)
				g.VSUBPS(mean, scale, scale)
				g.VMULPS(d, scale, scale)
			}
		}
	}
	g.sumRows(s)
	g.ret()
}

// rowsOf runs each over the channels of every row; pointers go on by what step adds.
func (g *gen) rowsOf(name string, body func(off reg.GPVirtual, k *mask), step func()) {
	rows, channels := g.arg("rows"), g.arg("channels")
	g.Label("row")
	g.each(name, channels, body)
	step()
	g.DECQ(rows)
	g.JNZ(LabelRef("row"))
	g.ret()
}

func (g *gen) batchNorm() {
	g.function("batchNorm",
		"func(y *float32, ldy uintptr, x *float32, ldx uintptr, mean *float32, scale *float32, shift *float32, rows uintptr, channels uintptr)",
		"y = fma(x - mean, scale, shift), rows ldy and ldx bytes apart.")
	y, x, mean, scale, shift := g.arg("y"), g.arg("x"), g.arg("mean"), g.arg("scale"), g.arg("shift")
	g.rowsOf("batchNorm", func(off reg.GPVirtual, k *mask) {
		v, m, s, b := g.vec(), g.vec(), g.vec(), g.vec()
		g.loadTail(at(x, off), k, v)
		g.loadTail(at(mean, off), k, m)
		g.loadTail(at(scale, off), k, s)
		g.loadTail(at(shift, off), k, b)
		for i := range v {
			g.VSUBPS(m[i], v[i], v[i])
			g.VFMADD231PS(s[i], v[i], b[i])
		}
		g.storeTail(b, k, at(y, off))
	}, func() {
		g.ADDQ(g.argument("ldy"), y)
		g.ADDQ(g.argument("ldx"), x)
	})
}

func (g *gen) batchNormGrad() {
	g.function("batchNormGrad",
		"func(dx *float32, lddx uintptr, dy *float32, lddy uintptr, x *float32, ldx uintptr, mean *float32, byDy *float32, byX *float32, constant *float32, rows uintptr, channels uintptr)",
		"dx = fma(dy, byDy, fma(x - mean, byX, constant)), strides in bytes.")
	dx, dy, x, mean := g.arg("dx"), g.arg("dy"), g.arg("x"), g.arg("mean")
	byDy, byX, constant := g.arg("byDy"), g.arg("byX"), g.arg("constant")
	g.rowsOf("batchNormGrad", func(off reg.GPVirtual, k *mask) {
		v, m, b := g.vec(), g.vec(), g.vec()
		g.loadTail(at(x, off), k, v)
		g.loadTail(at(mean, off), k, m)
		g.loadTail(at(constant, off), k, b)
		for i := range v {
			g.VSUBPS(m[i], v[i], v[i])
		}
		g.loadTail(at(byX, off), k, m)
		for i := range v {
			g.VFMADD231PS(m[i], v[i], b[i])
		}
		g.loadTail(at(dy, off), k, v)
		g.loadTail(at(byDy, off), k, m)
		for i := range v {
			g.VFMADD231PS(m[i], v[i], b[i])
		}
		g.storeTail(b, k, at(dx, off))
	}, func() {
		g.ADDQ(g.argument("lddx"), dx)
		g.ADDQ(g.argument("lddy"), dy)
		g.ADDQ(g.argument("ldx"), x)
	})
}
