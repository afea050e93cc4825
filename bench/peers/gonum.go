package main

import (
	"runtime/debug"

	gonumblas "gonum.org/v1/gonum/blas"
	implementation "gonum.org/v1/gonum/blas/gonum"
)

// gonum is the BLAS written in Go, which has assembly for SSE and chooses nothing at run time. It starts goroutines
// for large products; GOMAXPROCS=1 keeps them on one core.
func gonum() library {
	var g implementation.Implementation
	transposed := map[bool]gonumblas.Transpose{false: gonumblas.NoTrans, true: gonumblas.Trans}
	return &blas{
		word: "gonum",
		text: "version " + version("gonum.org/v1/gonum") + ", SSE",
		gemm: func(ta, tb bool, m, n, k int, a, b []float32, beta float32, c []float32) {
			lda, ldb, ldc := widths(ta, tb, m, n, k)
			g.Sgemm(transposed[ta], transposed[tb], m, n, k, 1, a, lda, b, ldb, beta, c, ldc)
		},
		axpy:  func(alpha float32, x, y []float32) { g.Saxpy(len(x), alpha, x, 1, y, 1) },
		scale: func(alpha float32, x []float32) { g.Sscal(len(x), alpha, x, 1) },
	}
}

// version returns the version of a module in this program.
func version(module string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == module {
				return m.Version
			}
		}
	}
	return "unknown"
}
