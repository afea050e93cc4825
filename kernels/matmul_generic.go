package kernels

import (
	"math"
	"sync"
)

func matMulGeneric(t Transposition, c []float32, ldc int, a []float32, lda int, b []float32, ldb int, m, n, k int, accumulate bool) {
	rowA, stepA, stepB, colB := lda, 1, ldb, 1
	if t.a() {
		rowA, stepA = 1, lda
	}
	if t.b() {
		stepB, colB = 1, ldb
	}
	productGeneric(c, ldc, a, rowA, stepA, b, stepB, colB, m, n, k, accumulate)
}

// productGeneric is C (+)= A·B with element (i, p) of A at a[i·rowA+p·stepA] and (p, j) of B at b[p·stepB+j·colB].
func productGeneric(c []float32, ldc int, a []float32, rowA, stepA int, b []float32, stepB, colB int, m, n, k int, accumulate bool) {
	w := wideColumns.Get().(*[][4]float64)
	defer wideColumns.Put(w)
	if cap(*w) < k {
		*w = make([][4]float64, k)
	}
	columns := (*w)[:k]
	for j := 0; j < n; j += 4 {
		cols := min(4, n-j)
		for p := range columns {
			for h := range columns[p] {
				columns[p][h] = float64(b[p*stepB+(j+min(h, cols-1))*colB])
			}
		}
		for i := range m {
			var sums [4]float32
			out := c[i*ldc+j:][:cols]
			if accumulate {
				copy(sums[:], out)
			}
			chains(&sums, a[min(i*rowA, len(a)):], stepA, columns)
			copy(out, sums[:])
		}
	}
}

// wideColumns keeps memory for four columns of B between calls.
var wideColumns = sync.Pool{New: func() any { return new([][4]float64) }}

// chains computes four chains of fma32 at once, sums[j] = fma(a[p·step], b[p][j], sums[j]) with p ascending, so that
// the processor overlaps them. They stay in float64, where a float32 product is exact.
func chains(sums *[4]float32, a []float32, step int, b [][4]float64) {
	s0, s1, s2, s3 := float64(sums[0]), float64(sums[1]), float64(sums[2]), float64(sums[3])
	at := 0
	for p := range b {
		x, y := float64(a[at]), &b[p]
		at += step
		p0, p1, p2, p3 := x*y[0], x*y[1], x*y[2], x*y[3]
		z0, z1, z2, z3 := s0+p0, s1+p1, s2+p2, s3+p3
		if delicate(z0) {
			z0 = float64(roundOdd(p0, s0, z0))
		}
		if delicate(z1) {
			z1 = float64(roundOdd(p1, s1, z1))
		}
		if delicate(z2) {
			z2 = float64(roundOdd(p2, s2, z2))
		}
		if delicate(z3) {
			z3 = float64(roundOdd(p3, s3, z3))
		}
		s0, s1, s2, s3 = float64(float32(z0)), float64(float32(z1)), float64(float32(z2)), float64(float32(z3))
	}
	sums[0], sums[1], sums[2], sums[3] = float32(s0), float32(s1), float32(s2), float32(s3)
}

// delicate reports whether rounding a float64 sum to float32 may differ from rounding the exact sum: the discarded
// bits look like a tie, or the sum is tiny.
func delicate(s float64) bool {
	bits := math.Float64bits(s)
	return bits&0x1fffffff == 0x10000000 || bits&0x7ff0000000000000 < 0x3810000000000000
}
