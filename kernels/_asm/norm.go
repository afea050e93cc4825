package main

import (
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func (g *gen) norm() {
	g.batchNormMoments()
	g.batchNormGradSums()
	g.batchNorm()
	g.batchNormGrad()
}

// fourRows runs body on rows 0, 1, 2 and 3 of every four, and on what is left; body addresses memory relative
// to pointers that it moves itself.
func (g *gen) fourRows(label string, rows string, body func(chain int)) {
	left := g.arg(rows)
	g.Label(label)
	g.CMPQ(left, U8(4))
	g.JL(LabelRef(label + "_rest"))
	for i := range 4 {
		body(i)
	}
	g.SUBQ(U8(4), left)
	g.JMP(LabelRef(label))
	g.Label(label + "_rest")
	for i := range 3 {
		g.TESTQ(left, left)
		g.JZ(LabelRef(label + "_done"))
		body(i)
		g.DECQ(left)
	}
	g.Label(label + "_done")
}

// foldRows adds the four chains as (0 + 2) + (1 + 3).
func (g *gen) foldRows(c []reg.VecVirtual) reg.VecVirtual {
	g.VADDPS(c[2], c[0], c[0])
	g.VADDPS(c[3], c[1], c[1])
	g.VADDPS(c[1], c[0], c[0])
	return c[0]
}

func (g *gen) batchNormMoments() {
	g.function("batchNormMoments",
		"func(mean *float32, variance *float32, x *float32, ldx uintptr, rows uintptr, channels uintptr, count float32)",
		"Means and variances over rows, ldx bytes apart; count is their number.")
	ldx, count := g.arg("ldx"), g.broadcastArg("count")
	g.blocks(2, func(label string, t *windowTile, c reg.GPVirtual) {
		mean := g.meanOfRows(label+"sum", t, c, ldx, count, func(_ int, v, chain reg.VecVirtual) { g.VADDPS(v, chain, chain) })
		variance := g.meanOfRows(label+"square", t, c, ldx, count, func(j int, v, chain reg.VecVirtual) {
			g.VSUBPS(mean[j], v, v)
			g.VFMADD231PS(v, v, chain)
		})
		for j := range mean {
			g.storeBlock(t, mean[j], at(g.arg("mean"), c).Offset(4*g.lanes*j))
			g.storeBlock(t, variance[j], at(g.arg("variance"), c).Offset(4*g.lanes*j))
		}
	})
}

// meanOfRows sums a block of channels over the rows of x and divides by their number.
func (g *gen) meanOfRows(label string, t *windowTile, c, ldx reg.GPVirtual, count reg.VecVirtual, add func(j int, v, chain reg.VecVirtual)) []reg.VecVirtual {
	var chains [][]reg.VecVirtual
	for range t.vecs {
		chains = append(chains, g.zeros(4))
	}
	x := g.arg("x")
	g.fourRows(label, "rows", func(i int) {
		for j := range chains {
			v := g.hw()
			g.loadBlock(t, at(x, c).Offset(4*g.lanes*j), v)
			add(j, v, chains[j][i])
		}
		g.ADDQ(ldx, x)
	})
	var means []reg.VecVirtual
	for _, c := range chains {
		m := g.foldRows(c)
		g.VDIVPS(count, m, m)
		means = append(means, m)
	}
	return means
}

func (g *gen) batchNormGradSums() {
	g.function("batchNormGradSums",
		"func(dshift *float32, dscale *float32, dy *float32, lddy uintptr, x *float32, ldx uintptr, mean *float32, rows uintptr, channels uintptr)",
		"Sums over rows of dy and of dy·(x - mean), rows lddy and ldx bytes apart.")
	lddy, ldx := g.arg("lddy"), g.arg("ldx")
	g.blocks(1, func(label string, t *windowTile, c reg.GPVirtual) {
		sums, products, mean := g.zeros(4), g.zeros(4), g.hw()
		g.loadBlock(t, at(g.arg("mean"), c), mean)
		dy, x := g.arg("dy"), g.arg("x")
		g.fourRows(label+"sum", "rows", func(i int) {
			d, v := g.hw(), g.hw()
			g.loadBlock(t, at(dy, c), d)
			g.loadBlock(t, at(x, c), v)
			g.VSUBPS(mean, v, v)
			g.VADDPS(d, sums[i], sums[i])
			g.VFMADD231PS(d, v, products[i])
			g.ADDQ(lddy, dy)
			g.ADDQ(ldx, x)
		})
		g.storeBlock(t, g.foldRows(sums), at(g.arg("dshift"), c))
		g.storeBlock(t, g.foldRows(products), at(g.arg("dscale"), c))
	})
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
