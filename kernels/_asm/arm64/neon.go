// Package arm64 writes the kernels of the tier NEON.
package arm64

import (
	"go/format"

	"srhmbench/kernels/_asm/ops"
)

// neon writes the kernels for arm64. Its vectors hold four float32, so that the contract's 16 lanes are four of them.
// There are no masks: what is left of 16 elements goes in fours and one by one.
type neon struct {
	arm64
	tier  ops.Tier
	table gp // address of the constants
}

// Write makes the assembly of a tier.
func Write(t ops.Tier) (ops.Assembly, error) {
	g := &neon{arm64: arm64{suffix: t.Name}, tier: t}
	g.kernels()
	a := ops.Assembly{Text: g.assembly(), Requires: map[string][]string{}}
	for _, name := range g.functions {
		a.Requires[name] = []string{"ASIMD"} // every one of them works on vectors
	}
	var err error
	a.Stubs, err = format.Source(g.declarations())
	return a, err
}

func (g *neon) kernels() {
	g.gemmT()
	g.gemmNT()
	g.gemm()
	g.pack()
	g.rankK()
	g.gemv()
	g.momentumGEMM()
	g.gather()
	g.elementwise()
	g.softmax()
	g.activations()
	g.conv()
	g.windows()
	g.norm()
	g.pools()
	g.roofs()
	g.transpose4()
}

// load reads consecutive vectors.
func (g *neon) load(p gp, offset int, v []vr) {
	for ; len(v) >= 2; v, offset = v[2:], offset+32 {
		g.do("FLDPQ %d(%v), (%s, %s)", offset, p, v[0].f(), v[1].f())
	}
	if len(v) == 1 {
		g.do("FMOVQ %d(%v), %s", offset, p, v[0].f())
	}
}

// store writes consecutive vectors.
func (g *neon) store(v []vr, p gp, offset int) {
	for ; len(v) >= 2; v, offset = v[2:], offset+32 {
		g.do("FSTPQ (%s, %s), %d(%v)", v[0].f(), v[1].f(), offset, p)
	}
	if len(v) == 1 {
		g.do("FMOVQ %s, %d(%v)", v[0].f(), offset, p)
	}
}

func (g *neon) loadScalar(p gp, offset int, v vr) { g.do("FMOVS %d(%v), %s", offset, p, v.f()) }

func (g *neon) storeScalar(v vr, p gp, offset int) { g.do("FMOVS %s, %d(%v)", v.f(), offset, p) }

// loadLane reads one element of a vector; the first one clears the others.
func (g *neon) loadLane(p gp, offset int, v vr, lane int) {
	if lane == 0 {
		g.loadScalar(p, offset, v)
		return
	}
	g.scope(func() {
		x := g.vr()
		g.loadScalar(p, offset, x)
		g.toLane(v, lane, x)
	})
}

func (g *neon) storeLane(v vr, lane int, p gp, offset int) {
	if lane == 0 {
		g.storeScalar(v, p, offset)
		return
	}
	g.scope(func() {
		x := g.vr()
		g.fromLane(x, v, lane)
		g.storeScalar(x, p, offset)
	})
}

// chunk is how many vectors are worked on at once; 0 stands for a single element.
type chunk int

func (c chunk) vectors() int { return max(1, int(c)) }

func (c chunk) bytes() int { return 4 * c.elements() }

func (c chunk) elements() int { return max(1, 4*int(c)) }

// loadChunk reads a chunk into new registers.
func (g *neon) loadChunk(c chunk, p gp) []vr {
	v := g.vrList(c.vectors())
	g.loadInto(c, p, v)
	return v
}

func (g *neon) loadInto(c chunk, p gp, v []vr) {
	if c == 0 {
		g.loadScalar(p, 0, v[0])
		return
	}
	g.load(p, 0, v)
}

func (g *neon) storeChunk(c chunk, v []vr, p gp) {
	if c == 0 {
		g.storeScalar(v[0], p, 0)
		return
	}
	g.store(v, p, 0)
}

func (g *neon) advance(bytes int, pointers ...gp) {
	for _, p := range pointers {
		g.do("ADD $%d, %v, %v", bytes, p, p)
	}
}

// each runs body over n elements, in chunks of so many vectors as long as there are enough, then of one vector, then
// element by element. body moves the pointers on. n is used up.
func (g *neon) each(n gp, widest chunk, body func(c chunk)) {
	chunks := []chunk{widest, 1, 0}
	if widest == 1 {
		chunks = chunks[1:]
	}
	for _, c := range chunks {
		g.every(c.elements(), n, func() { body(c) })
	}
}

// tail visits the last n < 16 elements of 16 lanes: full the vectors that are there whole, then lane each element of
// the next one, between begin and end, which run even if there is none.
func (g *neon) tail(n gp, full func(q int), begin func(q int), lane func(q, l int), end func(q int)) {
	part, done := make([]string, 4), g.label("done")
	for q := range part {
		part[q] = g.label("part")
		if q < 3 {
			g.do("CMP $%d, %v", 4*q+4, n)
			g.do("BLT %s", part[q])
			g.scope(func() { full(q) })
		}
	}
	for q := 3; q >= 0; q-- {
		g.place(part[q])
		g.scope(func() {
			begun := g.label("begun")
			begin(q)
			for l := range 3 {
				g.do("CMP $%d, %v", 4*q+l, n)
				g.do("BLE %s", begun)
				g.scope(func() { lane(q, l) })
			}
			g.place(begun)
			end(q)
		})
		if q > 0 {
			g.do("JMP %s", done)
		}
	}
	g.place(done)
}

// fold is the contract's tree: lane i with lane i + 8, then 4, 2, 1. The result is in the first lane of v[0].
func (g *neon) fold(v []vr, op func(low, high vr)) {
	op(v[0], v[2])
	op(v[1], v[3])
	op(v[0], v[1])
	g.highHalf(v[1], v[0])
	op(v[0], v[1])
	g.fromLane(v[1], v[0], 1)
	op(v[0], v[1])
}

func (g *neon) sum(v []vr) { g.fold(v, func(low, high vr) { g.fadd(low, low, high) }) }
