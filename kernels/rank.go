package kernels

import "fmt"

// maxRank is the largest rank of an update in one pass.
const maxRank = 8

// RankK computes C += A·B in one pass over C, with row-major C of m×n, A of m×k and B of k×n, k at most 8. ldc, lda
// and ldb are strides in elements. C must not overlap A or B.
func RankK(c []float32, ldc int, a []float32, lda int, b []float32, ldb int, m, n, k int) {
	const op = "RankK"
	if k > maxRank {
		panic(fmt.Sprintf("kernels.%s: k is %d, want at most %d", op, k, maxRank))
	}
	need(op, "c", len(c), m, n, ldc)
	need(op, "a", len(a), m, k, lda)
	need(op, "b", len(b), k, n, ldb)
	needApart(op, block{"c", c, m, n, ldc}, block{"a", a, m, k, lda}, block{"b", b, k, n, ldb})
	active.Load().RankK(c, ldc, a, lda, b, ldb, m, n, k)
}

// GER computes A += x·yᵀ with row-major A of m×n, x of m and y of n elements; lda is a stride in elements. A must not
// overlap x or y.
func GER(a []float32, lda int, x, y []float32, m, n int) {
	const op = "GER"
	need(op, "a", len(a), m, n, lda)
	needLen(op, "x", len(x), m)
	needLen(op, "y", len(y), n)
	needApart(op, block{"a", a, m, n, lda}, vector("x", x), vector("y", y))
	active.Load().GER(a, lda, x, y, m, n)
}

// GEMVT computes y = Aᵀ·x, or y += Aᵀ·x when accumulate is set, with row-major A of m×n, x of m and y of n elements.
// lda is a stride in elements. y must not overlap A or x.
func GEMVT(y, a []float32, lda int, x []float32, m, n int, accumulate bool) {
	const op = "GEMVT"
	needLen(op, "y", len(y), n)
	need(op, "a", len(a), m, n, lda)
	needLen(op, "x", len(x), m)
	needApart(op, vector("y", y), block{"a", a, m, n, lda}, vector("x", x))
	active.Load().GEMVT(y, a, lda, x, m, n, accumulate)
}

type rankK func(c []float32, ldc int, a []float32, lda int, b []float32, ldb int, m, n, k int)

// outer turns the product of two vectors into an update of rank 1.
func outer(update rankK) func(a []float32, lda int, x, y []float32, m, n int) {
	return func(a []float32, lda int, x, y []float32, m, n int) { update(a, lda, x, 1, y, n, m, n, 1) }
}

// rowwise builds y = Aᵀ·x from updates of the single row y by a few rows of A at a time.
func rowwise(update rankK) func(y, a []float32, lda int, x []float32, m, n int, accumulate bool) {
	return func(y, a []float32, lda int, x []float32, m, n int, accumulate bool) {
		if !accumulate {
			clear(y)
		}
		for i := 0; i < m && n > 0; i += maxRank {
			k := min(maxRank, m-i)
			update(y, n, x[i:], k, a[i*lda:], lda, 1, n, k)
		}
	}
}

func rankKGeneric(c []float32, ldc int, a []float32, lda int, b []float32, ldb int, m, n, k int) {
	productGeneric(c, ldc, a, lda, 1, b, ldb, 1, m, n, k, true)
}
