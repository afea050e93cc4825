package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// library does products. describe says which version it is and which kernels it has chosen on this CPU.
type library interface {
	name() string
	describe() string
	products(l layer, o *operands) products
}

// openers make libraries ready, in one thread, by the word they are asked for with; an error says why not.
// Files that need cgo add theirs.
var openers = map[string]func() (library, error){
	"srhmbench": func() (library, error) { return ours{}, nil },
	"gonum":     func() (library, error) { return gonum(), nil },
}

func open(word string) (library, error) {
	if opener := openers[word]; opener != nil {
		return opener()
	}
	return nil, fmt.Errorf("library %q: want %s", word, strings.Join(slices.Sorted(maps.Keys(openers)), ", "))
}

// blas is a library of matrix products in the way of BLAS: c = op(a)·op(b) + beta·c on row-major matrices, c
// of m×n and op(a) of m×k, with rows as long as the matrices are wide; and y += alpha·x.
type blas struct {
	word, text string
	gemm       func(ta, tb bool, m, n, k int, a, b []float32, beta float32, c []float32)
	axpy       func(alpha float32, x, y []float32)
}

func (b *blas) name() string { return b.word }

func (b *blas) describe() string { return b.text }

func (b *blas) products(l layer, o *operands) products {
	return products{
		forward:  func() { b.gemm(false, false, l.m, l.n, l.k, o.a, o.w, 0, o.y) },
		backward: func() { b.gemm(false, true, l.m, l.k, l.n, o.dy, o.w, 0, o.da) },
		update: func() {
			b.gemm(true, false, l.k, l.n, l.m, o.a, o.dy, momentum, o.mom)
			b.axpy(-rate, o.mom, o.w)
		},
	}
}

// widths are the lengths of the rows of a, b and c.
func widths(ta, tb bool, m, n, k int) (lda, ldb, ldc int) {
	lda, ldb, ldc = k, n, n
	if ta {
		lda = m
	}
	if tb {
		ldb = k
	}
	return lda, ldb, ldc
}
