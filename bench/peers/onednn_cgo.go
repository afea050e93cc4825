package main

/*
#include <stdint.h>

typedef int (*gemm)(char, char, int64_t, int64_t, int64_t, float, const float *, int64_t, const float *, int64_t, float, float *, int64_t);

static int onednn_gemm(void *f, int ta, int tb, int64_t m, int64_t n, int64_t k, const float *a, int64_t lda, const float *b, int64_t ldb, float beta, float *c, int64_t ldc) {
	return ((gemm)f)(ta ? 'T' : 'N', tb ? 'T' : 'N', m, n, k, 1, a, lda, b, ldb, beta, c, ldc);
}

// What it lacks, compiled for what the CPU has.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
__attribute__((target_clones("avx512f", "avx2", "default"), optimize("O3")))
#endif
void peers_axpy(int64_t n, float alpha, const float *restrict x, float *restrict y) {
	for (int64_t i = 0; i < n; i++) y[i] += alpha * x[i];
}
*/
import "C"

import "fmt"

func init() { openers["onednn"] = openOneDNN }

// oneDNN uses as many threads as OMP_NUM_THREADS says. It has no sum of vectors: Update uses a loop in C for that.
func openOneDNN() (library, error) {
	lib, err := load(candidates("ONEDNN", "libdnnl.so.3", "libdnnl.so.2", "libdnnl.so", "libdnnl.dylib")...)
	if err != nil {
		return nil, err
	}
	f, err := lib.symbols("dnnl_sgemm")
	if err != nil {
		return nil, err
	}
	flag := map[bool]C.int{true: 1}
	return &oneDNN{lib: lib, blas: blas{
		word: "onednn", text: "instruction set " + isa(lib.number("dnnl_get_effective_cpu_isa")),
		gemm: func(ta, tb bool, m, n, k int, a, b []float32, beta float32, c []float32) {
			lda, ldb, ldc := widths(ta, tb, m, n, k)
			if C.onednn_gemm(f[0], flag[ta], flag[tb], C.int64_t(m), C.int64_t(n), C.int64_t(k), (*C.float)(&a[0]), C.int64_t(lda),
				(*C.float)(&b[0]), C.int64_t(ldb), C.float(beta), (*C.float)(&c[0]), C.int64_t(ldc)) != 0 {
				panic("dnnl_sgemm refuses a product of ordinary sizes")
			}
		},
		axpy: func(alpha float32, x, y []float32) {
			C.peers_axpy(C.int64_t(len(x)), C.float(alpha), (*C.float)(&x[0]), (*C.float)(&y[0]))
		},
	}}, nil
}

// isa names a value of dnnl_cpu_isa_t, each of which has the bits of those it contains.
func isa(value int) string {
	for _, known := range []struct {
		bits int
		name string
	}{{0x27, "avx512_core"}, {0x7, "avx2"}, {0x3, "avx"}, {0x1, "sse4.1"}} {
		if value > 0 && value&known.bits == known.bits {
			return fmt.Sprintf("%s (%#x)", known.name, value)
		}
	}
	return fmt.Sprintf("%#x", value)
}
