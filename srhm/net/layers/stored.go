package layers

import "srhmbench/srhm/net"

// Weights are parameters and running moments.
func (n *Net) Weights() (all [][]float32) {
	for _, t := range n.tensors {
		all = append(all, t.w)
	}
	return all
}

// Loaded does nothing: nothing is kept that follows from weights.
func (n *Net) Loaded() {}

// State is the weights and the momenta.
func (n *Net) State() [][]float32 {
	all := n.Weights()
	for _, t := range n.tensors {
		if t.learned {
			all = append(all, t.m)
		}
	}
	return all
}

// Counters are how many numbers each dropout has decided; its key follows from the seed.
func (n *Net) Counters() (all []uint64) {
	for _, d := range n.drops {
		all = append(all, d.decided)
	}
	return all
}

// SetCounters puts them back.
func (n *Net) SetCounters(c []uint64) {
	for i, d := range n.drops {
		d.decided = c[i]
	}
}

// Tensors are those of PyTorch's state_dict, but for its counts of batches.
func (n *Net) Tensors() (all []net.Tensor) {
	for _, t := range n.tensors {
		all = append(all, net.Tensor{Name: t.name, Shape: t.shape, Row: func(dst []float32, i int) []float32 { return t.row(dst, t.w, i) }})
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
