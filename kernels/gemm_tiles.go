//go:build (amd64 || arm64) && !purego

package kernels

import "sync"

type gemmTile func(c *float32, ldc uintptr, a *float32, rowA uintptr, stepA uintptr, b *float32, stepB uintptr, panel uintptr, k uintptr, blocks uintptr, accumulate uintptr)

// gemmTiles holds a tier's register tiles by rows and by panels of 16 columns; index 0 stands for 8 columns, where
// that is less work.
type gemmTiles [][]gemmTile

// leftOperand is A or a part of it, packed or not: element (i, p) is data[i*row+p*step].
type leftOperand struct {
	data      []float32
	row, step int
}

func (a leftOperand) from(i, p int) leftOperand {
	return leftOperand{a.data[i*a.row+p*a.step:], a.row, a.step}
}

// rightOperand is B or a part of it: 16 columns from 16·j on of row p start at data[p*step+j*panel].
type rightOperand struct {
	data        []float32
	step, panel int
}

// matMulWork is memory for packed operands and for a tile at the right edge.
type matMulWork struct{ a, b, c []float32 }

var matMulWorks = sync.Pool{New: func() any { return new(matMulWork) }}

// blocking is how a product is cut and what is copied. A panel of 16 columns of B, k long, stays in the first-level
// cache while the rows of A pass; m rows of A stay in the second-level cache while the panels of n columns pass. None
// of this changes a bit of the result.
type blocking struct {
	m, n, k int // largest blocks
	packA   int // A is copied from this many elements on
	packAT  int // the same for a transposed A
	packB   int // B is copied from this many rows of C on, whatever its stride
}

var blocks = blocking{m: 144, n: 1024, k: 416, packA: 1 << 17, packAT: 1 << 14, packB: 128}

func (t gemmTiles) run(tr Transposition, c []float32, ldc int, a []float32, lda int, b []float32, ldb int, m, n, k int, accumulate bool) {
	if m == 0 || n == 0 {
		return
	}
	if k == 0 { // A and B may be empty, without a first element to point at
		matMulGeneric(tr, c, ldc, a, lda, b, ldb, m, n, k, accumulate)
		return
	}
	if tr == NN && accumulate && k <= maxRank { // C is most of the traffic, and goes row by row there
		active.Load().RankK(c, ldc, a, lda, b, ldb, m, n, k)
		return
	}
	w := matMulWorks.Get().(*matMulWork)
	x := product{tiles: t, work: w, a: leftOperand{a, lda, 1}, b: b, ldb: ldb, transposedB: tr.b()}
	if tr.a() {
		x.a = leftOperand{a, 1, lda}
	}
	x.m, x.n, x.k = m, n, k
	x.stepM, x.stepN, x.stepK = even(m, blocks.m), Padded(even(n, blocks.n)), even(k, blocks.k)
	if x.stepM < m {
		x.stepM = (x.stepM + len(t) - 2) / (len(t) - 1) * (len(t) - 1)
	}
	x.choosePacking()
	x.reserve()
	for j := 0; j < n; j += x.stepN {
		for p := 0; p < k; p += x.stepK {
			for i := 0; i < m; i += x.stepM {
				x.block(c[i*ldc+j:], ldc, i, j, p, accumulate || p > 0)
			}
		}
	}
	matMulWorks.Put(w)
}

// even returns the size of the parts when n is cut evenly into as few parts of at most limit as possible.
func even(n, limit int) int {
	parts := (n + limit - 1) / limit
	return (n + parts - 1) / parts
}

// product is what the blocks of one product share.
type product struct {
	tiles               gemmTiles
	work                *matMulWork
	a                   leftOperand
	b                   []float32
	ldb                 int
	transposedB         bool
	packsA, packsB      bool
	m, n, k             int
	stepM, stepN, stepK int
}

// choosePacking decides what to copy: B, when many tiles read it, or several do and its rows would evict each other
// from the cache; A, when it does not fit in the second-level cache or is read across its rows.
func (x *product) choosePacking() {
	packA := blocks.packA
	if x.a.step != 1 {
		packA = blocks.packAT
	}
	x.packsA = x.n >= 64 && x.m*x.k >= packA
	x.packsB = x.transposedB || x.m >= blocks.packB || x.m >= len(x.tiles) && collide(x.ldb, x.stepK)
}

// collide reports whether k rows of 16 elements, ldb apart, take more than half of the first-level cache, or of those
// of its sets that their addresses map to.
func collide(ldb, k int) bool { return k > linesApart(ldb)/2 }

// linesApart returns how many lines of 16 elements, starting ld elements apart, the first-level cache holds: of its 64
// sets of 8 ways, on most processors, only those count that the addresses map to.
func linesApart(ld int) int {
	distinct := 64
	for line := ld / 16; ld%16 == 0 && distinct > 1 && line%2 == 0; line /= 2 {
		distinct /= 2
	}
	return 8 * distinct
}

func (x *product) reserve() {
	w := x.work
	w.c = grown(w.c, 16*x.stepM)
	w.b = grown(w.b, x.stepK*max(x.stepN, 64))
	if x.packsA {
		w.a = grown(w.a, x.stepM*(Padded(x.stepK)+16))
	}
}

// block multiplies a block of A with a block of B. The first rows pack the panels of B they come to, four at a time,
// for all the others to use.
func (x *product) block(c []float32, ldc int, i, j, p int, accumulate bool) {
	m, n, k := min(x.stepM, x.m-i), min(x.stepN, x.n-j), min(x.stepK, x.k-p)
	a := x.a.from(i, p)
	if x.packsA {
		a = x.work.packA(a, m, k)
	}
	rows := even(m, len(x.tiles)-1)
	for at, cols := 0, 0; at < n; at += cols {
		cols = 16 * x.tiles.panels(rows, (n-at)/16)
		var b rightOperand
		switch {
		case x.packsB:
			cols = min(cols, n-at)
			b = rightOperand{x.work.b[x.place(at)*k:], 16, 16 * k}
			if i == 0 && at%64 == 0 {
				x.packB(b.data, p, j+at, k, min(64, n-at))
			}
		case cols > n-at:
			cols = n - at
			b = rightOperand{x.work.b, 16, 16 * k}
			x.packB(b.data, p, j+at, k, cols)
		default:
			b = rightOperand{x.b[p*x.ldb+j+at:], x.ldb, 16}
		}
		if cols < 16 {
			x.edge(c[at:], ldc, a, b, m, cols, k, accumulate)
		} else {
			x.tiles.panel(c[at:], ldc, a, b, m, cols/16, k, accumulate)
		}
	}
}

// place returns where in packed memory a column of the block goes: at its own place, or, when no other rows of A
// follow, in a part that stays in the first-level cache.
func (x *product) place(at int) int {
	if x.m > x.stepM {
		return at
	}
	return at % 64
}

// packA copies rows of A so that nothing else of the matrix lies between them.
func (w *matMulWork) packA(a leftOperand, m, k int) leftOperand {
	if a.step == 1 {
		ld := Padded(k) + 16
		for i := range m {
			copy(w.a[i*ld:i*ld+k], a.data[i*a.row:])
		}
		return leftOperand{w.a, ld, 1}
	}
	for p := range k {
		copy(w.a[p*m:(p+1)*m], a.data[p*a.step:])
	}
	return leftOperand{w.a, 1, m}
}

// packB packs rows p to p+k and columns j to j+n of B into panels of 16 columns, filling the last with zeros.
func (x *product) packB(to []float32, p, j, k, n int) {
	if !x.transposedB {
		active.Load().Pack(to, x.b[p*x.ldb+j:], x.ldb, k, n)
		return
	}
	for col := 0; col < n; col += 16 {
		cols, panel := min(16, n-col), to[col*k:]
		if cols < 16 {
			clear(panel[:16*k])
		}
		active.Load().Transpose(panel, 16, x.b[(j+col)*x.ldb+p:], x.ldb, cols, k)
	}
}

// panels returns the widest tile that exists for both row counts of an even split.
func (t gemmTiles) panels(rows, left int) int {
	for p := len(t[1]) - 1; p > 1; p /= 2 {
		if p <= left && len(t[rows]) > p && (rows == 1 || len(t[rows-1]) > p) {
			return p
		}
	}
	return 1
}

// panel multiplies m rows of A with one tile's width of panels of B.
func (t gemmTiles) panel(c []float32, ldc int, a leftOperand, b rightOperand, m, panels, k int, accumulate bool) {
	tiles := (m + len(t) - 2) / (len(t) - 1)
	rows := (m + tiles - 1) / tiles
	high := m - tiles*(rows-1) // tiles of this many rows; the others have one less
	flag := uintptr(0)
	if accumulate {
		flag = 1
	}
	t[rows][panels](&c[0], uintptr(4*ldc), &a.data[0], uintptr(4*a.row), uintptr(4*a.step),
		&b.data[0], uintptr(4*b.step), uintptr(4*b.panel), uintptr(k), uintptr(high), flag)
	if i := high * rows; i < m {
		t[rows-1][panels](&c[i*ldc], uintptr(4*ldc), &a.data[i*a.row], uintptr(4*a.row), uintptr(4*a.step),
			&b.data[0], uintptr(4*b.step), uintptr(4*b.panel), uintptr(k), uintptr(tiles-high), flag)
	}
}

// edge multiplies with the last panel, of which only cols columns belong to C.
func (x *product) edge(c []float32, ldc int, a leftOperand, b rightOperand, m, cols, k int, accumulate bool) {
	whole, panels := x.work.c, 1
	if cols <= 8 && x.tiles[1][0] != nil {
		panels = 0
	}
	if accumulate {
		for i := range m {
			copy(whole[16*i:16*i+cols], c[i*ldc:])
		}
	}
	x.tiles.panel(whole, 16, a, b, m, panels, k, accumulate)
	for i := range m {
		copy(c[i*ldc:i*ldc+cols], whole[16*i:])
	}
}

// packer holds a tier's functions for four panels and for one, which may lack columns.
type packer struct {
	wide   func(dst *float32, panel uintptr, src *float32, lds uintptr, rows uintptr)
	narrow func(dst *float32, src *float32, lds uintptr, rows uintptr, columns uintptr)
}

func (f *packer) run(dst, src []float32, lds int, k, n int) {
	col := 0
	for ; col+64 <= n; col += 64 {
		f.wide(&dst[col*k], uintptr(64*k), &src[col], uintptr(4*lds), uintptr(k))
	}
	for ; col < n; col += 16 {
		f.narrow(&dst[col*k], &src[col], uintptr(4*lds), uintptr(k), uintptr(min(16, n-col)))
	}
}

// runPanelled is the product with a B that is already in panels.
func (t gemmTiles) runPanelled(c []float32, ldc int, a []float32, lda int, b []float32, m, n, k int, accumulate bool) {
	if m == 0 || n == 0 {
		return
	}
	if k == 0 { // A and B may be empty, without a first element to point at
		gemmGeneric(c, ldc, a, lda, b, m, n, k, accumulate)
		return
	}
	rows := even(m, len(t)-1)
	for p := 0; p < n/16; {
		panels := t.panels(rows, n/16-p)
		t.panel(c[16*p:], ldc, leftOperand{a, lda, 1}, rightOperand{b[p*k*16:], 16, 16 * k}, m, panels, k, accumulate)
		p += panels
	}
}
