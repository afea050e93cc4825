package layers

// Tensor is a parameter, or running moments, as PyTorch has it: by its name there, in C order, without padding.
type Tensor struct {
	Name  string
	Shape []int
	Row   func(dst []float32, i int) []float32 // appends what belongs to i of the first dimension
}

// Tensors are those of PyTorch's state_dict, but for the counters of batches. The network must not change while they are
// read.
func (n *Net) Tensors() []Tensor {
	var all []Tensor
	for _, t := range n.tensors {
		all = append(all, Tensor{t.name, t.shape, func(dst []float32, i int) []float32 { return t.row(dst, t.w, i) }})
	}
	return all
}

// row appends row i of x, which lies as the tensor does.
func (t *tensor) row(dst, x []float32, i int) []float32 {
	n := t.size() / t.shape[0]
	for k := i * n; k < (i+1)*n; k++ {
		dst = append(dst, x[t.at(k)])
	}
	return dst
}
