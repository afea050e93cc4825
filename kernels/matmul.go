package kernels

import (
	"fmt"
	"sync"
)

// Transposition says which operands of a product are stored transposed.
type Transposition int

// The transpositions, of A and of B.
const (
	NN Transposition = iota // A is stored m×k, B k×n
	NT                      // A is stored m×k, B n×k
	TN                      // A is stored k×m, B k×n
	TT                      // A is stored k×m, B n×k
)

func (t Transposition) a() bool { return t == TN || t == TT }

func (t Transposition) b() bool { return t == NT || t == TT }

// String returns the transposition in BLAS's letters.
func (t Transposition) String() string { return [...]string{"NN", "NT", "TN", "TT"}[t] }

// MatMul computes C = A·B, or C += A·B when accumulate is set, with row-major C of m×n, A of m×k and B of k×n, A and B
// transposed or not. ldc, lda and ldb are strides between stored rows in elements. C must not overlap A or B. (GEMM is
// the product with B in panels.)
func MatMul(t Transposition, c []float32, ldc int, a []float32, lda int, b []float32, ldb int, m, n, k int, accumulate bool) {
	needMatMul("MatMul", t, c, ldc, a, lda, b, ldb, m, n, k)
	active.Load().MatMul(t, c, ldc, a, lda, b, ldb, m, n, k, accumulate)
}

// BatchMatMul computes count products as MatMul does. Each C, A and B starts stepC, stepA or stepB elements after the
// one before; a step of 0 uses the same A or B for all. No C may overlap another C, any A or any B.
func BatchMatMul(t Transposition, count int, c []float32, ldc, stepC int, a []float32, lda, stepA int, b []float32, ldb, stepB int, m, n, k int, accumulate bool) {
	const op = "BatchMatMul"
	rowsA, colsA, rowsB, colsB := t.stored(m, n, k)
	out := needBatch(op, block{"c", c, m, n, ldc}, count, stepC)
	left := needBatch(op, block{"a", a, rowsA, colsA, lda}, count, stepA)
	right := needBatch(op, block{"b", b, rowsB, colsB, ldb}, count, stepB)
	if count == 0 {
		return
	}
	needMatMul(op, t, c, ldc, a, lda, b, ldb, m, n, k)
	if span := (m-1)*ldc + n; count > 1 && m > 0 && n > 0 && stepC < span {
		panic(fmt.Sprintf("kernels.%s: c has %d elements from matrix to matrix, want at least %d", op, stepC, span))
	}
	if count > 1 {
		needApart(op, out, left, right)
	}
	active.Load().BatchMatMul(t, count, c, ldc, stepC, a, lda, stepA, b, ldb, stepB, m, n, k, accumulate)
}

// ParallelMatMul is MatMul on several threads. Each computes its own columns or rows of C, whichever there are more
// of.
func ParallelMatMul(threads int, t Transposition, c []float32, ldc int, a []float32, lda int, b []float32, ldb int, m, n, k int, accumulate bool) {
	const op = "ParallelMatMul"
	if threads < 1 {
		panic(fmt.Sprintf("kernels.%s: %d threads, want 1 or more", op, threads))
	}
	needMatMul(op, t, c, ldc, a, lda, b, ldb, m, n, k)
	if m == 0 || n == 0 || k == 0 || threads == 1 {
		active.Load().MatMul(t, c, ldc, a, lda, b, ldb, m, n, k, accumulate)
		return
	}
	rowA, colB := lda, 1 // elements from one row of A, one column of B to the next
	if t.a() {
		rowA = 1
	}
	if t.b() {
		colB = ldb
	}
	var group sync.WaitGroup
	for _, part := range parts(max(m, n), threads) {
		from, size := part[0], part[1]
		group.Go(func() {
			if n >= m {
				active.Load().MatMul(t, c[from:], ldc, a, lda, b[from*colB:], ldb, m, size, k, accumulate)
			} else {
				active.Load().MatMul(t, c[from*ldc:], ldc, a[from*rowA:], lda, b, ldb, size, n, k, accumulate)
			}
		})
	}
	group.Wait()
}

// parts cuts n into at most count parts, whole panels except for the last, and returns the start and size of each.
func parts(n, count int) [][2]int {
	size := Padded((n + count - 1) / count)
	var all [][2]int
	for from := 0; from < n; from += size {
		all = append(all, [2]int{from, min(size, n-from)})
	}
	return all
}

func needMatMul(op string, t Transposition, c []float32, ldc int, a []float32, lda int, b []float32, ldb int, m, n, k int) {
	if t < NN || t > TT {
		panic(fmt.Sprintf("kernels.%s: transposition %d, want NN, NT, TN or TT", op, int(t)))
	}
	rowsA, colsA, rowsB, colsB := t.stored(m, n, k)
	need(op, "c", len(c), m, n, ldc)
	need(op, "a", len(a), rowsA, colsA, lda)
	need(op, "b", len(b), rowsB, colsB, ldb)
	if mayShare(c, a) || mayShare(c, b) {
		needApart(op, block{"c", c, m, n, ldc}, block{"a", a, rowsA, colsA, lda}, block{"b", b, rowsB, colsB, ldb})
	}
}

// stored returns the shapes of A and B in memory.
func (t Transposition) stored(m, n, k int) (rowsA, colsA, rowsB, colsB int) {
	rowsA, colsA, rowsB, colsB = m, k, k, n
	if t.a() {
		rowsA, colsA = k, m
	}
	if t.b() {
		rowsB, colsB = n, k
	}
	return
}

// needBatch panics when count matrices like the first, step elements apart, do not fit in its data, or when either
// number is negative. It returns the block they span.
func needBatch(op string, first block, count, step int) block {
	if count < 0 || step < 0 {
		panic(fmt.Sprintf("kernels.%s: %d matrices %s, %d elements apart, want neither negative", op, count, first.name, step))
	}
	if count == 0 || first.rows == 0 || first.cols == 0 {
		return block{name: first.name}
	}
	need(op, first.name, len(first.data), first.rows, first.cols, first.stride)
	span := (first.rows-1)*first.stride + first.cols
	if step > 0 && count-1 > (len(first.data)-span)/step {
		panic(fmt.Sprintf("kernels.%s: %s has %d elements, too few for %d matrices, %d elements apart", op, first.name, len(first.data), count, step))
	}
	return block{first.name, first.data, 1, (count-1)*step + span, (count-1)*step + span}
}

type matMul func(t Transposition, c []float32, ldc int, a []float32, lda int, b []float32, ldb int, m, n, k int, accumulate bool)

// batched runs one product after the other.
func batched(f matMul) func(t Transposition, count int, c []float32, ldc, stepC int, a []float32, lda, stepA int, b []float32, ldb, stepB int, m, n, k int, accumulate bool) {
	return func(t Transposition, count int, c []float32, ldc, stepC int, a []float32, lda, stepA int, b []float32, ldb, stepB int, m, n, k int, accumulate bool) {
		if m == 0 || n == 0 {
			return
		}
		if k == 0 { // A and B may be empty
			stepA, stepB = 0, 0
		}
		for i := range count {
			f(t, c[i*stepC:], ldc, a[i*stepA:], lda, b[i*stepB:], ldb, m, n, k, accumulate)
		}
	}
}
