package amd64

import (
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"srhmbench/kernels/_asm/contract"
)

func (g *gen) pools() {
	g.averagePool("averagePool")
	g.averagePool("averagePoolGrad")
	g.maxPool()
	g.maxPoolGrad()
}

// poolTile runs over the channels of six positions: set makes what holds their results before the first tap, tap
// reads at x[i]+off with w at the tap's number, finish writes.
func (g *gen) poolTile(vecs int, set func(t *windowTile), tap func(t *windowTile, w reg.GPVirtual), finish func(t *windowTile)) {
	x := g.starts("at", 0, "x")
	g.blocks(vecs, func(label string, t *windowTile, c reg.GPVirtual) {
		t.x, t.c, t.off = x, c, g.GP64()
		w := g.arg("w")
		g.MOVQ(c, t.off)
		set(t)
		g.taps(label, t.off, w, func() { tap(t, w) })
		finish(t)
	})
}

// single gives each position of a tile its vector in the form that storeTile wants.
func single(v []reg.VecVirtual) [][]reg.VecVirtual {
	var rows [][]reg.VecVirtual
	for _, r := range v {
		rows = append(rows, []reg.VecVirtual{r})
	}
	return rows
}

func (g *gen) averagePool(name string) {
	g.function(name, "func(y *float32, x *float32, w *float32, "+windowArgs+", scale float32)",
		"Six positions, at[0:6] bytes into x and at[6:12] into y: sums over the taps of x, channel by channel, times scale.")
	var acc [][]reg.VecVirtual
	g.poolTile(2, func(t *windowTile) {
		acc = g.tileZeros(t.vecs)
	}, func(t *windowTile, _ reg.GPVirtual) {
		for i := range acc {
			for j, r := range acc[i] {
				v := g.hw()
				g.loadBlock(t, at(t.x[i], t.off).Offset(4*g.lanes*j), v)
				g.VADDPS(v, r, r)
			}
		}
	}, func(t *windowTile) {
		scale := g.broadcastArg("scale")
		for i := range acc {
			for _, r := range acc[i] {
				g.VMULPS(scale, r, r)
			}
		}
		g.storeTile(t, acc, "y", t.c)
	})
}

func (g *gen) maxPool() {
	g.function("maxPool", "func(y *float32, which *float32, x *float32, w *float32, "+windowArgs+")",
		"Six positions, at[0:6] bytes into x and at[6:12] into y and which: the largest over the taps of x, channel by\n// channel, and the tap's number, read from w.")
	var best, which []reg.VecVirtual
	g.poolTile(1, func(t *windowTile) {
		best, which = g.hws(contract.TilePositions), g.hws(contract.TilePositions)
		for i, r := range best {
			g.loadBlock(t, at(t.x[i], t.off), r)
		}
		first := g.arg("w")
		for _, r := range which {
			g.VBROADCASTSS(Mem{Base: first}, r)
		}
	}, func(t *windowTile, w reg.GPVirtual) {
		for i, r := range best {
			v := g.hw()
			g.loadBlock(t, at(t.x[i], t.off), v)
			if g.lanes == 16 {
				k := g.K()
				g.VCMPPS(U8(less), v, r, k)
				g.VMOVUPS(v, k, r)
				g.VBROADCASTSS(Mem{Base: w}, k, which[i])
				continue
			}
			m := g.YMM()
			g.VCMPPS(U8(less), v, r, m)
			g.VBLENDVPS(m, v, r, r)
			g.VBROADCASTSS(Mem{Base: w}, v)
			g.VBLENDVPS(m, v, which[i], which[i])
		}
	}, func(t *windowTile) {
		g.storeTile(t, single(best), "y", t.c)
		g.storeTile(t, single(which), "which", t.c)
	})
}

func (g *gen) maxPoolGrad() {
	g.function("maxPoolGrad", "func(y *float32, x *float32, which *float32, w *float32, "+windowArgs+")",
		"Six positions, at[0:6] bytes into x and at[6:12] into y: sums over the taps of x where which, in step\n// with x, is the tap's number, read from w, channel by channel.")
	var acc []reg.VecVirtual
	g.poolTile(1, func(*windowTile) {
		acc = g.zeros(contract.TilePositions)
	}, func(t *windowTile, w reg.GPVirtual) {
		number, beyond := g.broadcast(Mem{Base: w}), g.GP64()
		g.MOVQ(g.argument("which"), beyond)
		g.SUBQ(g.argument("x"), beyond)
		g.ADDQ(t.off, beyond)
		for i, r := range acc {
			v, n := g.hw(), g.hw()
			g.loadBlock(t, at(t.x[i], t.off), v)
			g.loadBlock(t, at(t.x[i], beyond), n)
			if g.lanes == 16 {
				k := g.K()
				g.VCMPPS(U8(equal), n, number, k)
				g.VADDPS(v, r, k, r)
				continue
			}
			g.VCMPPS(U8(equal), n, number, n)
			g.VANDPS(n, v, v)
			g.VADDPS(v, r, r)
		}
	}, func(t *windowTile) {
		g.storeTile(t, single(acc), "y", t.c)
	})
}
