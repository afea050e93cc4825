//go:build amd64 && !purego

package kernels

import "unsafe"

type (
	gemmTile     func(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, panel uintptr, k uintptr, accumulate uintptr)
	gemmTTile    func(ct *float32, ldct uintptr, w *float32, panel uintptr, zt *float32, ldzt uintptr, panels uintptr)
	momentumTile func(w *float32, m *float32, blocks uintptr, a *float32, lda uintptr, z *float32, ldz uintptr, samples uintptr, mu float32, neglr float32)
)

// gemmTiles holds the register tiles of one tier by rows and panels.
type gemmTiles struct {
	maxRows int
	tiles   map[[2]int]gemmTile
}

// panels is the widest tile that exists for both row counts of an even split.
func (t *gemmTiles) panels(rows, left int) int {
	for _, p := range []int{4, 2} {
		if p <= left && t.tiles[[2]int{rows, p}] != nil && (rows == 1 || t.tiles[[2]int{rows - 1, p}] != nil) {
			return p
		}
	}
	return 1
}

func (t *gemmTiles) run(c []float32, ldc int, a []float32, lda int, b []float32, m, n, k int, accumulate bool) {
	if m == 0 || n == 0 {
		return
	}
	if k == 0 { // A and B may be empty, without a first element to point at
		gemmGeneric(c, ldc, a, lda, b, m, n, k, accumulate)
		return
	}
	blocks := (m + t.maxRows - 1) / t.maxRows
	rows := (m + blocks - 1) / blocks
	flag := uintptr(0)
	if accumulate {
		flag = 1
	}
	for p := 0; p < n/16; {
		width := t.panels(rows, n/16-p)
		for i, left := 0, blocks; i < m; left-- {
			r := (m - i + left - 1) / left
			t.tiles[[2]int{r, width}](&c[i*ldc+16*p], uintptr(4*ldc), &a[i*lda], uintptr(4*lda),
				&b[p*k*16], uintptr(64*k), uintptr(k), flag)
			i += r
		}
		p += width
	}
}

// gemmTTiles holds the tiles of the transposed product by columns; index is the number of rows.
type gemmTTiles map[int][]gemmTTile

func (t gemmTTiles) run(ct []float32, ldct int, w []float32, stride int, zt []float32, ldzt int, rows, n, width int) {
	if n == 0 {
		gemmTGeneric(ct, ldct, w, stride, zt, ldzt, rows, n, width)
		return
	}
	for j := 0; j < width; {
		cols := 8
		for _, c := range []int{32, 16} {
			if t[c] != nil && c <= width-j {
				cols = c
				break
			}
		}
		tiles := t[cols]
		blocks := (rows + len(tiles) - 2) / (len(tiles) - 1)
		for i, left := 0, blocks; i < rows; left-- {
			r := (rows - i + left - 1) / left
			tiles[r](&ct[i*ldct+j], uintptr(4*ldct), &w[16*i], uintptr(4*stride), &zt[j], uintptr(4*ldzt), uintptr(n/16))
			i += r
		}
		j += cols
	}
}

// nothing stands for operands without samples, which are never read. A local variable would move to the heap,
// for the compiler does not know what an assembly function keeps that is called through a table.
var nothing float32

// momentumTiles by number of rows.
type momentumTiles []momentumTile

func (t momentumTiles) run(w, m []float32, a []float32, lda int, z []float32, ldz int, k, n, samples int, mu, lr float32) {
	if k == 0 || n == 0 {
		return
	}
	full := len(t) - 1
	for p := 0; p < n/16; p++ {
		zp := &nothing
		if samples > 0 {
			zp = &z[16*p]
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
			at := (p*k + kk) * 16
			t[r](&w[at], &m[at], uintptr(blocks), ap, uintptr(4*lda), zp, uintptr(4*ldz), uintptr(samples), mu, -lr)
			kk += r * blocks
		}
	}
}

// first is the address of a slice's data, which may be empty.
func first(s []float32) *float32 { return unsafe.SliceData(s) }

func firstInt(s []int32) *int32 { return unsafe.SliceData(s) }

// transposeAVX moves blocks of 8 by 8 and the edges one by one.
func transposeAVX(dst []float32, ldd int, src []float32, lds int, rows, cols int) {
	r8, c8 := rows/8*8, cols/8*8
	if c8 > 0 {
		for r := 0; r < r8; r += 8 {
			transpose8AVX2(&dst[r], uintptr(4*ldd), &src[r*lds], uintptr(4*lds), uintptr(c8/8))
		}
	}
	if c8 < cols && r8 > 0 {
		transposeGeneric(dst[c8*ldd:], ldd, src[c8:], lds, r8, cols-c8)
	}
	if r8 < rows {
		transposeGeneric(dst[r8:], ldd, src[r8*lds:], lds, rows-r8, cols)
	}
}
