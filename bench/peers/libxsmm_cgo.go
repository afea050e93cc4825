package main

/*
#include <stddef.h>

typedef void (*kernel)(const float *, const float *, float *);
typedef kernel (*dispatch)(int, int, int, const int *, const int *, const int *, const float *, const float *, const int *, const int *);

static void *xsmm_dispatch(void *f, int m, int n, int k, int lda, int ldb, int ldc, float beta, int flags) {
	float one = 1;
	return (void *)((dispatch)f)(m, n, k, &lda, &ldb, &ldc, &one, &beta, &flags, NULL);
}
static void xsmm_call(void *f, const float *a, const float *b, float *c) { ((kernel)f)(a, b, c); }
static void xsmm_scale(int n, float x, float *restrict y) { for (int i = 0; i < n; i++) y[i] *= x; }
static void xsmm_axpy(int n, float alpha, const float *restrict x, float *restrict y) { for (int i = 0; i < n; i++) y[i] += alpha * x[i]; }
*/
import "C"

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"unsafe"

	"srhmbench/internal/subprocess"
)

func init() { openers["libxsmm"] = openLibxsmm }

// libxsmm generates a kernel for each size it is asked for. It has none for a transposed left operand, nor for a
// momentum other than 0 and 1.
type libxsmm struct {
	lib      shared
	dispatch unsafe.Pointer
}

func openLibxsmm() (library, error) {
	lib, err := load(candidates("LIBXSMM", "libxsmm.so.1", "libxsmm.so")...)
	if err != nil {
		lib, err = loadArchives(err, "/usr/lib/libxsmm.a", "/usr/lib/libxsmmnoblas.a")
	}
	if err != nil {
		return nil, err
	}
	f, err := lib.symbols("libxsmm_smmdispatch")
	if err != nil {
		return nil, err
	}
	lib.run("libxsmm_init")
	return &libxsmm{lib, f[0]}, nil
}

// loadArchives builds a shared library from static ones, which are all that Debian has.
func loadArchives(why error, files ...string) (shared, error) {
	for _, file := range files {
		if _, err := os.Stat(file); err != nil {
			return shared{}, fmt.Errorf("%w; %w", why, err)
		}
	}
	dir, err := os.MkdirTemp("", "peers-")
	if err != nil {
		return shared{}, err
	}
	defer os.RemoveAll(dir)
	to := filepath.Join(dir, "libxsmm.so")
	args := append([]string{"-shared", "-o", to, "-Wl,--whole-archive"}, files...)
	cc := subprocess.Command(context.Background(), "", "cc", append(args, "-Wl,--no-whole-archive", "-lpthread", "-ldl", "-lm")...)
	if _, err := subprocess.Output(context.Background(), "cc", cc); err != nil {
		return shared{}, err
	}
	return load(to)
}

func (*libxsmm) name() string { return "libxsmm" }

func (x *libxsmm) describe() string {
	return "target " + x.lib.text("libxsmm_get_target_arch")
}

// products uses the column-major convention of the library: a row-major matrix is the transpose of its own, and the
// product of the transposes takes the operands in the other order.
func (x *libxsmm) products(l layer, o *operands) products {
	const rightTransposed = 2
	kernel := func(m, k, ldb int, beta float32, flags C.int) unsafe.Pointer {
		n := C.int(l.n)
		return C.xsmm_dispatch(x.dispatch, n, C.int(m), C.int(k), n, C.int(ldb), n, C.float(beta), flags)
	}
	p := products{do: map[string]func(){}}
	if f := kernel(l.m, l.k, l.k, 0, 0); f != nil {
		p.do[forward] = func() { C.xsmm_call(f, (*C.float)(&o.w[0]), (*C.float)(&o.a[0]), (*C.float)(&o.y[0])) }
		p.do[matMul] = p.do[forward]
	}
	if f := kernel(l.m, l.k, l.k, 1, 0); f != nil {
		p.do[rankK] = func() { C.xsmm_call(f, (*C.float)(&o.w[0]), (*C.float)(&o.a[0]), (*C.float)(&o.y[0])) }
	}
	if f := kernel(l.k, l.m, l.k, 1, rightTransposed); f != nil {
		size := C.int(len(o.w))
		p.do[update] = func() {
			C.xsmm_scale(size, momentum, (*C.float)(&o.mom[0]))
			C.xsmm_call(f, (*C.float)(&o.dy[0]), (*C.float)(&o.a[0]), (*C.float)(&o.mom[0]))
			C.xsmm_axpy(size, -rate, (*C.float)(&o.mom[0]), (*C.float)(&o.w[0]))
		}
	}
	return p
}
