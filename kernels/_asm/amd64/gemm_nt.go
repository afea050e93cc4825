package amd64

import (
	"fmt"

	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// gemmNT has the tiles of the product of a few rows with the transposed panelled matrix: rows of the result by columns,
// which are rows of W. With one or two rows it takes more columns for enough chains in flight.
func (g *gen) gemmNT() {
	for _, t := range g.tier.GEMMNT {
		g.gemmNTTile(t.Rows, t.Columns)
	}
}

// gemmNTTile: C[rows x columns] += Z[rows x n] · Wᵀ, W in panels of 16 columns, n ascending through the panels. A vector
// holds an element of each of several rows of W, of which it transposes four columns at a time.
func (g *gen) gemmNTTile(rows, columns int) {
	g.function(fmt.Sprintf("gemmNT%dx%d", rows, columns),
		"func(c *float32, ldc uintptr, z *float32, ldz uintptr, w *float32, panel uintptr, panels uintptr)",
		fmt.Sprintf("C[%d x %d] += Z·Wᵀ over some panels of W, of which there is one, strides and panel size in bytes.", rows, columns))
	z, ldz := g.arg("z"), g.arg("ldz")
	w, panel, panels := g.arg("w"), g.arg("panel"), g.arg("panels")
	zp := g.rowPointers(z, ldz, rows)
	cp := g.rowPointers(g.arg("c"), g.arg("ldc"), rows)
	acc := make([][]reg.VecVirtual, rows)
	for i := range acc {
		for j := range columns / g.lanes {
			v := g.hw()
			g.VMOVUPS(cp.row(i).Offset(4*g.lanes*j), v)
			acc[i] = append(acc[i], v)
		}
	}
	shared := g.lanes == 8 && rows > 2 // what is broadcast of Z, by the two vectors of a row
	var wait Mem
	if shared {
		wait = g.alignedLocal()
	}
	g.Label("panel")
	ahead := 0
	for t := 0; t < 16; t += 4 {
		for ; ahead < columns*(t+4)/16; ahead++ { // what the next tile reads
			g.PREFETCHT0(Mem{Base: w}.Offset(64 * (columns + ahead)))
		}
		if shared {
			g.fourColumnsOfTwo(Mem{Base: w}.Offset(4*t), wait, func(c int, v ...reg.VecVirtual) {
				for i := range acc {
					g.fmaBroadcast(zp.row(i).Offset(4*(t+c)), v, acc[i])
				}
			})
			continue
		}
		for j := range columns / g.lanes {
			for c, v := range g.fourColumns(Mem{Base: w}.Offset(64*g.lanes*j + 4*t)) {
				for i := range acc {
					g.fmaBroadcast(zp.row(i).Offset(4*(t+c)), []reg.VecVirtual{v}, acc[i][j:j+1])
				}
			}
		}
	}
	g.advance(zp, 64)
	g.ADDQ(panel, w)
	g.DECQ(panels)
	g.JNZ(LabelRef("panel"))
	for i := range acc {
		for j, r := range acc[i] {
			g.VMOVUPS(r, cp.row(i).Offset(4*g.lanes*j))
		}
	}
	g.ret()
}

// fourColumns reads four consecutive elements of as many rows of a panel as a vector has lanes, and returns them
// column by column.
func (g *gen) fourColumns(w Mem) []reg.VecVirtual {
	low01, high01 := g.twoRows(w)
	low23, high23 := g.twoRows(w.Offset(2 * 64))
	return append(g.evenOdd(low01, low23), g.evenOdd(high01, high23)...)
}

// fourColumnsOfTwo hands out the columns of two vectors side by side, so that they share what they are multiplied by.
// The registers do not hold them all, and some wait in memory.
func (g *gen) fourColumnsOfTwo(w, wait Mem, each func(c int, v ...reg.VecVirtual)) {
	a := g.fourColumns(w)
	w = w.Offset(64 * g.lanes)
	low23, high23 := g.twoRows(w.Offset(2 * 64))
	g.VMOVAPS(high23, wait)
	low01, high01 := g.twoRows(w)
	for c, b := range g.evenOdd(low01, low23) {
		each(c, a[c], b)
	}
	for c, b := range g.evenOdd(high01, wait) {
		each(2+c, a[2+c], b)
	}
}

// twoRows reads four elements of a row and the next, and of every fourth row from there: the first two of both rows, and
// the others.
func (g *gen) twoRows(w Mem) (low, high reg.VecVirtual) {
	a, b := g.everyFourth(w), g.everyFourth(w.Offset(64))
	low, high = g.hw(), g.hw()
	g.VUNPCKLPD(b, a, low)
	g.VUNPCKHPD(b, a, high)
	return low, high
}

// evenOdd splits the elements of a and b in two.
func (g *gen) evenOdd(a reg.VecVirtual, b Op) []reg.VecVirtual {
	even, odd := g.hw(), g.hw()
	g.VSHUFPS(U8(0x88), b, a, even)
	g.VSHUFPS(U8(0xdd), b, a, odd)
	return []reg.VecVirtual{even, odd}
}

// everyFourth reads four elements of every fourth row of a panel.
func (g *gen) everyFourth(w Mem) reg.VecVirtual {
	v := g.hw()
	if g.lanes == 8 {
		g.VBROADCASTF128(w, v)
		g.upperHalf(w.Offset(4*64), v)
		return v
	}
	g.VBROADCASTF32X4(w, v)
	for q := 1; q < 4; q++ {
		g.VINSERTF32X4(U8(q), w.Offset(4*64*q), v, v)
	}
	return v
}

// upperHalf reads four elements of a row into the upper half of v. It does not insert them, which takes a unit that
// multiplies, but blends, at best with memory in which they are in their place.
func (g *gen) upperHalf(w Mem, v reg.VecVirtual) {
	if w.Disp%64 > 0 {
		g.VBLENDPS(U8(0xf0), w.Offset(-16), v, v)
		return
	}
	x := g.hw() // at the start of a row that would be in two lines of the cache
	g.VBROADCASTF128(w, x)
	g.VBLENDPS(U8(0xf0), x, v, v)
}

// alignedLocal is room for a vector on the stack.
func (g *gen) alignedLocal() Mem {
	p := g.GP64()
	g.LEAQ(g.AllocLocal(2*4*g.lanes).Offset(4*g.lanes-1), p)
	g.ANDQ(I32(int32(-4*g.lanes)), p)
	return Mem{Base: p}
}
