package patch

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
}

// grow returns a slice of n elements, old's memory where it suffices. New memory is zero.
func grow(old []float32, n int) []float32 {
	if cap(old) >= n {
		return old[:n]
	}
	return make([]float32, n)
}

func (w *workspace) shape(layers int) {
	if w.z == nil {
		w.z, w.a, w.y = make([][]float32, layers), make([][]float32, layers), make([][]float32, layers)
		w.owed = make([][]float32, layers)
		w.dz, w.dy = make([][]float32, layers), make([][]float32, layers)
	}
}
