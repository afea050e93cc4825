//go:build (amd64 || arm64) && !purego

package kernels

import (
	"sync"
	"unsafe"
)

type (
	gemmTTile       func(ct *float32, ldct uintptr, w *float32, panel uintptr, zt *float32, ldzt uintptr, panels uintptr, accumulate uintptr)
	gemmNTTile      func(c *float32, ldc uintptr, z *float32, ldz uintptr, w *float32, panel uintptr, panels uintptr)
	momentumTile    func(w *float32, m *float32, blocks uintptr, a *float32, lda uintptr, z *float32, ldz uintptr, samples uintptr, mu float32, neglr float32)
	momentumFewTile func(w *float32, m *float32, rows uintptr, a *float32, lda uintptr, z *float32, ldz uintptr, mu float32, neglr float32)
)

// gemmTTiles holds the tiles of the transposed product by columns, then by rows.
type gemmTTiles map[int][]gemmTTile

func (t gemmTTiles) run(ct []float32, ldct int, w []float32, stride int, zt []float32, ldzt int, rows, n, width int) {
	if n == 0 {
		gemmTGeneric(ct, ldct, w, stride, zt, ldzt, rows, n, width)
		return
	}
	if width > 48 && rows >= 48 && n*width >= gemmTCopied {
		t.packed(ct, ldct, w, stride, zt, ldzt, rows, n, width)
		return
	}
	t.product(ct, ldct, w, stride, zt, ldzt, rows, n/16, width, 0)
}

const (
	gemmTPanels  = 16  // of W: the rows of ZT they need, 16 columns wide, stay in the first-level cache
	gemmTRows    = 192 // of W in these panels stay in the second-level cache
	gemmTColumns = 64  // of ZT are copied at a time

	gemmTCopied = 8192 // ZT is copied from this many elements on
)

var gemmTWorks = sync.Pool{New: func() any { return new([16 * gemmTPanels * gemmTColumns]float32) }}

// packed copies parts of ZT, whose rows would map to few sets of the cache or be spread over it.
func (t gemmTTiles) packed(ct []float32, ldct int, w []float32, stride int, zt []float32, ldzt int, rows, n, width int) {
	work := gemmTWorks.Get().(*[16 * gemmTPanels * gemmTColumns]float32)
	for p := 0; p < n/16; p += gemmTPanels {
		panels := min(gemmTPanels, n/16-p)
		for j := 0; j < width; j += gemmTColumns {
			columns := min(gemmTColumns, width-j)
			active.Load().Pack(work[:], zt[16*p*ldzt+j:], ldzt, 16*panels, columns)
			for i := 0; i < rows; i += gemmTRows {
				for c := 0; c < columns; c += 16 {
					t.product(ct[i*ldct+j+c:], ldct, w[p*stride+16*i:], stride, work[16*panels*c:], 16, min(gemmTRows, rows-i), panels, min(16, columns-c), uintptr(p))
				}
			}
		}
	}
	gemmTWorks.Put(work)
}

// product multiplies rows of panels of W with ZT, and adds to CT if accumulate is not 0.
func (t gemmTTiles) product(ct []float32, ldct int, w []float32, stride int, zt []float32, ldzt int, rows, panels, width int, accumulate uintptr) {
	for j := 0; j < width; {
		columns := t.columns(width - j)
		tiles := t[columns]
		blocks := (rows + len(tiles) - 2) / (len(tiles) - 1)
		for i, left := 0, blocks; i < rows; left-- {
			r := (rows - i + left - 1) / left
			tiles[r](&ct[i*ldct+j], uintptr(4*ldct), &w[16*i], uintptr(4*stride), &zt[j], uintptr(4*ldzt), uintptr(panels), accumulate)
			i += r
		}
		j += columns
	}
}

// columns returns how many of the columns left to take at once. The narrowest tile, which does little with what it
// loads, takes 8 columns alone, except where a tile of 24 avoids it.
func (t gemmTTiles) columns(left int) int {
	if t[24] != nil && left%16 == 8 && left > 8 {
		return 24
	}
	for _, c := range []int{32, 16} {
		if t[c] != nil && c <= left {
			return c
		}
	}
	return 8
}

// gemmNTTiles holds the tiles of the product of a few rows with the transposed matrix, by rows; 16 columns first, then
// wider.
type gemmNTTiles [][]sizedTile

type sizedTile struct {
	columns int
	tile    gemmNTTile
}

// run takes all rows of four panels, then of the next four: the processor prefetches that many streams, and when
// panels are multiples of 4 KiB apart, that many lines fit in one set of the first-level cache with room for others.
func (t gemmNTTiles) run(c []float32, ldc int, z []float32, ldz int, w []float32, stride int, m, rows, n int) {
	for i := range m {
		clear(c[i*ldc:][:rows])
	}
	blocks := (m + len(t) - 2) / (len(t) - 1)
	for i, left := 0, blocks; i < m; left-- {
		r := (m - i + left - 1) / left
		for p := 0; p < n/16; p += 4 {
			for j := 0; j < rows; {
				s := t[r][len(t[r])-1]
				if s.columns > rows-j {
					s = t[r][0]
				}
				s.tile(&c[i*ldc+j], uintptr(4*ldc), &z[i*ldz+16*p], uintptr(4*ldz), &w[p*stride+16*j], uintptr(4*stride), uintptr(min(4, n/16-p)))
				j += s.columns
			}
		}
		i += r
	}
}

// nothing stands for operands without samples, which are never read. A local variable would escape to the heap,
// because the compiler does not know what an assembly function called through a table keeps.
var nothing float32

// momentumTiles holds tiles by number of rows, and by number of samples where these are few.
type momentumTiles struct {
	rows []momentumTile
	few  []momentumFewTile
}

func (t *momentumTiles) run(w, m []float32, a []float32, lda int, z []float32, ldz int, k, n, samples int, mu, lr float32) {
	if k == 0 || n == 0 {
		return
	}
	for p := 0; p < n/16; p++ {
		wp, mp := w[16*p*k:], m[16*p*k:]
		if 0 < samples && samples < len(t.few) {
			t.few[samples](&wp[0], &mp[0], uintptr(k), &a[0], uintptr(4*lda), &z[16*p], uintptr(4*ldz), mu, -lr)
		} else {
			t.panel(wp, mp, a, lda, z[min(16*p, len(z)):], ldz, k, samples, mu, -lr)
		}
	}
}

func (t *momentumTiles) panel(w, m []float32, a []float32, lda int, z []float32, ldz int, k, samples int, mu, neglr float32) {
	zp, full := &nothing, len(t.rows)-1
	if samples > 0 {
		zp = &z[0]
	}
	for kk := 0; kk < k; {
		r, blocks := full, (k-kk)/full
		if blocks == 0 {
			r, blocks = k-kk, 1
		}
		ap := &nothing
		if samples > 0 {
			ap = &a[kk]
		}
		t.rows[r](&w[16*kk], &m[16*kk], uintptr(blocks), ap, uintptr(4*lda), zp, uintptr(4*ldz), uintptr(samples), mu, neglr)
		kk += r * blocks
	}
}

// first returns the address of a slice's data, which may be empty.
func first(s []float32) *float32 { return unsafe.SliceData(s) }

func firstInt(s []int32) *int32 { return unsafe.SliceData(s) }

// transposeTile moves side rows of side·blocks columns.
type transposeTile func(dst *float32, ldd uintptr, src *float32, lds uintptr, blocks uintptr)

// run transposes square blocks with the tile and the edges in Go.
func (t transposeTile) run(side int, dst []float32, ldd int, src []float32, lds int, rows, cols int) {
	wholeRows, wholeCols := rows/side*side, cols/side*side
	if wholeCols > 0 {
		for r := 0; r < wholeRows; r += side {
			t(&dst[r], uintptr(4*ldd), &src[r*lds], uintptr(4*lds), uintptr(wholeCols/side))
		}
	}
	if wholeCols < cols && wholeRows > 0 {
		transposeGeneric(dst[wholeCols*ldd:], ldd, src[wholeCols:], lds, wholeRows, cols-wholeCols)
	}
	if wholeRows < rows {
		transposeGeneric(dst[wholeRows:], ldd, src[wholeRows*lds:], lds, rows-wholeRows, cols)
	}
}
