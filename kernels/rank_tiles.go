//go:build (amd64 || arm64) && !purego

package kernels

type (
	rankTile func(c *float32, ldc uintptr, a *float32, lda uintptr, b *float32, ldb uintptr, m uintptr, n uintptr)
	gemvTile func(y *float32, a *float32, lda uintptr, x *float32, n uintptr, blocks uintptr, accumulate uintptr)
)

// rankTiles by rank.
type rankTiles []rankTile

// rankColumns is how many columns of B a pass over C takes, which stay in the first-level cache.
const rankColumns = 512

func (t rankTiles) run(c []float32, ldc int, a []float32, lda int, b []float32, ldb int, m, n, k int) {
	if m == 0 || n == 0 || k == 0 {
		return
	}
	step := rankColumns
	if m == 1 {
		step = n
	}
	for j := 0; j < n; j += step {
		t[k](&c[j], uintptr(4*ldc), &a[0], uintptr(4*lda), &b[j], uintptr(4*ldb), uintptr(m), uintptr(min(step, n-j)))
	}
}

// gemvTiles by rows.
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
