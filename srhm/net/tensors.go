package net

import (
	"fmt"

	"srhmbench/kernels"
)

// Tensor is a parameter as other programs have it: in C order, without padding.
type Tensor struct {
	Name  string
	Shape []int
	Row   func(dst []float32, i int) []float32 // appends what belongs to i of the first dimension
}

// Tensors are the parameters times their scales, so that only these are needed. With x of v rows (channels) and d
// columns (cells), as [srhm.Encode] writes it, and k = 1, 2, … the hidden layers,
//
//	x[o, q] = max(0, Σ_c Σ_p wk[o, c, p] x[c, cell p of patch q] + bk[o, q]),   y = mean over q of x[·, q]ᵀ beta
//
//	wk    out × in × places   the LCN has all places below, those of patch q at q·(patch) onward; the CNN and
//	                          others that share weights those of one patch, for all; the FCN those of its one patch
//	bk    out × patches       zeros without biases
//	beta  out × classes
//
// Call Sync before; the network must not change while they are read.
func (n *Net) Tensors() []Tensor {
	var out []Tensor
	for l := range n.depth() {
		w := n.hiddenTensor
		if l == 0 {
			w = n.inputTensor
		}
		out = append(out, w(l), n.biasTensor(l))
	}
	return append(out, n.readoutTensor())
}

// inputTensor is that of the first layer, whose weights are in two parts.
func (n *Net) inputTensor(l int) Tensor {
	in, scale, places := &n.first, n.shape[l].scale(), n.cells.period
	return Tensor{"w1", []int{n.shape[l].units, n.task.V, places}, func(dst []float32, o int) []float32 {
		for c := range n.task.V {
			for p := range places {
				row := n.cells.block(p)*n.task.V + c
				u, v := in.rows.w[row*in.units+o], in.shared.w[row/in.size*in.units+o]
				dst = append(dst, float32(u+v)*scale)
			}
		}
		return dst
	}}
}

func (n *Net) hiddenTensor(l int) Tensor {
	h, scale, below := &n.hidden[l-1], n.shape[l].scale(), n.shape[l-1]
	return Tensor{name("w", l), []int{n.shape[l].units, below.units, below.period}, func(dst []float32, o int) []float32 {
		for c := range below.units {
			for p := range below.period {
				w, _ := h.block(below.block(p))
				dst = append(dst, w[kernels.PanelIndex(h.in, c, o)]*scale)
			}
		}
		return dst
	}}
}

func (n *Net) biasTensor(l int) Tensor {
	s, units := n.shape[l], n.units(l)
	return Tensor{name("b", l), []int{s.units, s.positions}, func(dst []float32, o int) []float32 {
		for q := range s.positions {
			dst = append(dst, n.bias[l].w[q*units+o])
		}
		return dst
	}}
}

func (n *Net) readoutTensor() Tensor {
	top := len(n.shape) - 1
	scale := float32(1 / n.divisor)
	return Tensor{"beta", []int{n.shape[top].units, n.task.NC}, func(dst []float32, o int) []float32 {
		for c := range n.task.NC {
			dst = append(dst, n.read.w[kernels.PanelIndex(n.units(top), o, c)]*scale)
		}
		return dst
	}}
}

func name(kind string, l int) string { return fmt.Sprintf("%s%d", kind, l+1) }
