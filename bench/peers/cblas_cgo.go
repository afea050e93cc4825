package main

/*
typedef void (*gemm)(int, int, int, int, int, int, float, const float *, int, const float *, int, float, float *, int);
typedef void (*axpy)(int, float, const float *, int, float *, int);
typedef void (*scal)(int, float, float *, int);

// 101 is row-major, 111 and 112 are without and with transposition.
static void cblas_gemm(void *f, int ta, int tb, int m, int n, int k, const float *a, int lda, const float *b, int ldb, float beta, float *c, int ldc) {
	((gemm)f)(101, ta ? 112 : 111, tb ? 112 : 111, m, n, k, 1, a, lda, b, ldb, beta, c, ldc);
}
static void cblas_scal(void *f, int n, float alpha, float *x) { ((scal)f)(n, alpha, x, 1); }
static void cblas_axpy(void *f, int n, float alpha, const float *x, float *y) { ((axpy)f)(n, alpha, x, 1, y, 1); }
*/
import "C"

import (
	"fmt"
	"strings"
)

func init() {
	openers["openblas"] = openBLAS
	openers["blis"] = openBLIS
}

func openBLAS() (library, error) {
	lib, err := load(candidates("OPENBLAS", "libopenblas.so.0", "libopenblas.so", "libopenblas.dylib")...)
	if err != nil {
		return nil, err
	}
	lib.give("openblas_set_num_threads", 1)
	text := strings.TrimSpace(lib.text("openblas_get_config")) + ", core " + lib.text("openblas_get_corename")
	return cblas("openblas", text, lib)
}

func openBLIS() (library, error) {
	lib, err := load(candidates("BLIS", "libblis.so.4", "libblis.so", "libblis-mt.so", "libblis.dylib")...)
	if err != nil {
		return nil, err
	}
	lib.run("bli_init")
	lib.give("bli_thread_set_num_threads", 1)
	text := fmt.Sprintf("version %s, kernels %s", lib.text("bli_info_get_version_str"), lib.textOf("bli_arch_string", lib.number("bli_arch_query_id")))
	return cblas("blis", text, lib)
}

// cblas is a library with BLAS's standard C interface.
func cblas(word, text string, lib shared) (library, error) {
	f, err := lib.symbols("cblas_sgemm", "cblas_saxpy", "cblas_sscal")
	if err != nil {
		return nil, err
	}
	flag := map[bool]C.int{true: 1}
	return &blas{
		word: word, text: text,
		gemm: func(ta, tb bool, m, n, k int, a, b []float32, beta float32, c []float32) {
			lda, ldb, ldc := widths(ta, tb, m, n, k)
			C.cblas_gemm(f[0], flag[ta], flag[tb], C.int(m), C.int(n), C.int(k), (*C.float)(&a[0]), C.int(lda),
				(*C.float)(&b[0]), C.int(ldb), C.float(beta), (*C.float)(&c[0]), C.int(ldc))
		},
		axpy: func(alpha float32, x, y []float32) {
			C.cblas_axpy(f[1], C.int(len(x)), C.float(alpha), (*C.float)(&x[0]), (*C.float)(&y[0]))
		},
		scale: func(alpha float32, x []float32) { C.cblas_scal(f[2], C.int(len(x)), C.float(alpha), (*C.float)(&x[0])) },
	}, nil
}
