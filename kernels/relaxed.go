package kernels

import "sync"

// RelaxedMatMul is MatMul in plain Go with products and sums rounded separately: several times faster than the generic
// tier, and outside the rounding contract. Its bits differ from MatMul's and, where a compiler fuses x*y + z, between
// machines. It is only for callers who ask for it by name; nothing that goes into a record may come from it.
func RelaxedMatMul(t Transposition, c []float32, ldc int, a []float32, lda int, b []float32, ldb int, m, n, k int, accumulate bool) {
	needMatMul("RelaxedMatMul", t, c, ldc, a, lda, b, ldb, m, n, k)
	rowA, stepA, stepB, colB := lda, 1, ldb, 1
	if t.a() {
		rowA, stepA = 1, lda
	}
	if t.b() {
		stepB, colB = 1, ldb
	}
	w := relaxedWorks.Get().(*relaxedWork)
	defer relaxedWorks.Put(w)
	groups := (n + relaxedColumns - 1) / relaxedColumns
	w.row, w.columns = grown(w.row, k), grown(w.columns, groups*relaxedColumns*k)
	for j := range n {
		column := w.columns[j*k:][:k]
		for p := range column {
			column[p] = b[p*stepB+j*colB]
		}
	}
	for i := range m {
		for p := range w.row {
			w.row[p] = a[i*rowA+p*stepA]
		}
		for j := 0; j < n; j += relaxedColumns {
			var sums [relaxedColumns]float32
			out := c[i*ldc+j:][:min(relaxedColumns, n-j)]
			if accumulate {
				copy(sums[:], out)
			}
			relaxedChains(&sums, w.row, w.columns[j*k:])
			copy(out, sums[:])
		}
	}
}

// relaxedColumns is how many sums are formed at once: enough to hide an addition's latency, few enough to stay in
// registers.
const relaxedColumns = 6

// relaxedWork is memory for a row of A and the columns of B.
type relaxedWork struct{ row, columns []float32 }

var relaxedWorks = sync.Pool{New: func() any { return new(relaxedWork) }}

// relaxedChains adds the products of a row with columns of the same length, which are stored one after the other.
func relaxedChains(sums *[relaxedColumns]float32, row, columns []float32) {
	k := len(row)
	b0, b1, b2 := columns[:k], columns[k:][:k], columns[2*k:][:k]
	b3, b4, b5 := columns[3*k:][:k], columns[4*k:][:k], columns[5*k:][:k]
	s0, s1, s2, s3, s4, s5 := sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]
	for p, x := range row {
		s0 += x * b0[p]
		s1 += x * b1[p]
		s2 += x * b2[p]
		s3 += x * b3[p]
		s4 += x * b4[p]
		s5 += x * b5[p]
	}
	*sums = [relaxedColumns]float32{s0, s1, s2, s3, s4, s5}
}

// grown returns a slice of n elements, in the memory of s where that suffices.
func grown[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
