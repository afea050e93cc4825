// Package kernels holds the numeric primitives every network of this project is trained with.
//
// # Layouts
//
// Matrices are float32, row-major with a stride in elements. Weights are panelled: a k×n matrix is
// n/16 panels of 16 columns, each panel k rows of 16 consecutive floats, so the forward product, the
// product with the transpose and the update all read it front to back. n is a multiple of 16.
//
// # The rounding contract
//
// Every tier performs, per output element, the same sequence of float32 operations:
//
//   - products accumulate by fused multiply-add, one chain per output element, the inner index
//     ascending, starting from 0 or from the stored value;
//   - sums along a vector (softmax) use 16 lanes, element j in lane j mod 16, each lane one chain,
//     and the tree lane i + lane i+8, then 4, 2, 1;
//   - exp is one polynomial, spelled out in softmax_generic.go.
//
// Results are therefore equal bit for bit between tiers, blockings and numbers of threads. The one
// exception is which NaN stands for "not a number": payload and sign of a NaN are not promised.
//
// # Tiers
//
// generic is pure Go, avx2 needs AVX2 and FMA, avx512 needs AVX-512 F, BW, CD, DQ and VL. The widest one
// the CPU offers is used; SRHM_TIER names another, and Force switches inside a process.
package kernels
