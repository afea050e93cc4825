//go:build (amd64 || arm64) && !purego

package kernels

import "sync"

type (
	rankTile func(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, ldb uintptr, m uintptr, n uintptr)
	gemvTile func(y *float32, a *float32, lda uintptr, x *float32, n uintptr, blocks uintptr, accumulate uintptr)
)

// rankTiles is indexed by rank.
type rankTiles []rankTile

// rankElements is how many elements of B a pass over C uses, such that they stay in the first-level cache. Rows of C
// as long as that allows are faster than short ones that prefetch the next.
const rankElements = 4096

// rankRows holds rows of B, a line of 16 elements apart so that they map to different sets of the cache.
type rankRows [rankElements + 16*maxRank]float32

var rankRowsPool = sync.Pool{New: func() any { return new(rankRows) }}

func (t rankTiles) run(c []float32, ldc int, a []float32, lda int, b []float32, ldb int, m, n, k int) {
	if m == 0 || n == 0 || k == 0 {
		return
	}
	step := n
	if m > 1 {
		step = rankElements / k / 16 * 16
	}
	packs := k == maxRank && m >= maxRank && linesApart(ldb) <= k
	for j := 0; j < n; j += step {
		columns := min(step, n-j)
		if packs {
			t.packed(c[j:], ldc, a, lda, b[j:], ldb, m, columns, k)
			continue
		}
		t[k](&c[j], uintptr(4*ldc), &a[0], uintptr(4*lda), &b[j], uintptr(4*ldb), uintptr(m), uintptr(columns))
	}
}

// packed copies rows of B that would evict each other from the cache.
func (t rankTiles) packed(c []float32, ldc int, a []float32, lda int, b []float32, ldb int, m, n, k int) {
	rows := rankRowsPool.Get().(*rankRows)
	ld := n + 16
	for p := range k {
		copy(rows[p*ld:][:n], b[p*ldb:])
	}
	t[k](&c[0], uintptr(4*ldc), &a[0], uintptr(4*lda), &rows[0], uintptr(4*ld), uintptr(m), uintptr(n))
	rankRowsPool.Put(rows)
}

// gemvTiles is indexed by the number of rows.
type gemvTiles []gemvTile

func (t gemvTiles) run(y, a []float32, lda int, x []float32, m, n int, accumulate bool) {
	flag := uintptr(0)
	if accumulate {
		flag = 1
	}
	for i := 0; i < m; {
		rows := min(len(t)-1, m-i)
		blocks := (m - i) / rows
		t[rows](&y[i], &a[i*lda], uintptr(4*lda), &x[0], uintptr(n), uintptr(blocks), flag)
		i += rows * blocks
	}
}
