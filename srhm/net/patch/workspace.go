package patch

import "srhmbench/kernels"

// workspace holds what one pass computes; it grows to the largest batch seen.
type workspace struct {
	z, a, y  [][]float32 // by layer: rows × channels; y is what the layer above multiplies from a
	owed     [][]float32 // a of the step before, which weights may have yet to make
	dz, dy   [][]float32
	dyT, daT []float32
	g        []float32 // by position: gradients of all its patches, blank ones included
	live     []float32 // what live patches of the first layer start from
	rows     []float32 // gradients of the first layer's rows in use
	logits   []float32
	logitsT  []float32
	topT     []float32
	numbers  []int32 // 0, 1, 2, …
}

func (w *workspace) shape(layers int) {
	if w.z == nil {
		w.z, w.a, w.y = make([][]float32, layers), make([][]float32, layers), make([][]float32, layers)
		w.owed = make([][]float32, layers)
		w.dz, w.dy = make([][]float32, layers), make([][]float32, layers)
	}
}

// first returns the numbers from 0 to n-1.
func (w *workspace) first(n int) []int32 {
	if n > len(w.numbers) {
		w.numbers = counting(2*n, 1)
	}
	return w.numbers[:n]
}

// grow returns a slice of n elements, old's memory where it suffices. New memory is zero.
func grow(old []float32, n int) []float32 {
	if cap(old) >= n {
		return old[:n]
	}
	return make([]float32, n)
}

// pick names rows of a matrix.
func pick(x []float32, stride int, rows []int32) kernels.Rows {
	return kernels.Rows{Data: x, Stride: stride, Index: rows}
}
