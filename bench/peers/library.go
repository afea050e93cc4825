package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"srhmbench/kernels"
)

// library computes products. describe returns its version and which kernels it chose on this CPU.
type library interface {
	name() string
	describe() string
	products(l layer, o *operands) products
}

// stepper is a library that takes steps with momentum on vectors; nil means that it cannot after all.
type stepper interface{ momentum(v *vectors) func() }

// convolver is a library that has convolutions.
type convolver interface {
	convolutions(s kernels.ConvShape, o *images) (convolutions, error)
}

// openers prepare libraries for one thread, by the word that selects them; an error explains why they cannot. Files
// that need cgo add theirs.
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

// blas is a library of matrix products in the manner of BLAS: c = op(a)·op(b) + beta·c on row-major matrices, c of m×n
// and op(a) of m×k, with rows as long as the matrices are wide; y += alpha·x; and x *= alpha, which may be nil.
type blas struct {
	word, text string
	gemm       func(ta, tb bool, m, n, k int, a, b []float32, beta float32, c []float32)
	axpy       func(alpha float32, x, y []float32)
	scale      func(alpha float32, x []float32)
}

func (b *blas) name() string { return b.word }

func (b *blas) describe() string { return b.text }

func (b *blas) products(l layer, o *operands) products {
	product := func() { b.gemm(false, false, l.m, l.n, l.k, o.a, o.w, 0, o.y) }
	return products{do: map[string]func(){
		forward:  product,
		matMul:   product,
		backward: func() { b.gemm(false, true, l.m, l.k, l.n, o.dy, o.w, 0, o.da) },
		update: func() {
			b.gemm(true, false, l.k, l.n, l.m, o.a, o.dy, momentum, o.mom)
			b.axpy(-rate, o.mom, o.w)
		},
		rankK: func() { b.gemm(false, false, l.m, l.n, l.k, o.a, o.w, 1, o.y) },
	}}
}

// momentum takes three passes, because no function of BLAS computes both sums.
func (b *blas) momentum(v *vectors) func() {
	if b.scale == nil {
		return nil
	}
	return func() {
		b.scale(momentum, v.mom)
		b.axpy(1, v.grad, v.mom)
		b.axpy(-rate, v.mom, v.w)
	}
}

// widths returns the row lengths of a, b and c.
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
