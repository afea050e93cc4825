package patch

import (
	"fmt"

	"srhmbench/kernels"
	"srhmbench/srhm/net"
)

// Tensors returns the parameters times their scales, so that nothing else is needed. With x of v rows (channels) and d
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
func (n *Net) Tensors() []net.Tensor {
	var out []net.Tensor
	for l := range n.depth() {
		w := n.hiddenTensor
		if l == 0 {
			w = n.inputTensor
		}
		out = append(out, w(l), n.biasTensor(l))
	}
	return append(out, n.readoutTensor())
}

// inputTensor returns the weights of the first layer, which are stored in two parts.
func (n *Net) inputTensor(l int) net.Tensor {
	in, scale, places := &n.first, n.shape[l].scale(), n.cells.period
	return net.Tensor{Name: "w1", Shape: []int{n.shape[l].units, n.task.V, places}, Row: func(dst []float32, o int) []float32 {
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

func (n *Net) hiddenTensor(l int) net.Tensor {
	h, scale, below := &n.hidden[l-1], n.shape[l].scale(), n.shape[l-1]
	return net.Tensor{Name: name("w", l), Shape: []int{n.shape[l].units, below.units, below.period}, Row: func(dst []float32, o int) []float32 {
		for c := range below.units {
			for p := range below.period {
				w, _ := h.block(below.block(p))
				dst = append(dst, w[kernels.PanelIndex(h.in, c, o)]*scale)
			}
		}
		return dst
	}}
}

func (n *Net) biasTensor(l int) net.Tensor {
	s, units := n.shape[l], n.units(l)
	return net.Tensor{Name: name("b", l), Shape: []int{s.units, s.positions}, Row: func(dst []float32, o int) []float32 {
		for q := range s.positions {
			dst = append(dst, n.bias[l].w[q*units+o])
		}
		return dst
	}}
}

func (n *Net) readoutTensor() net.Tensor {
	top := len(n.shape) - 1
	scale := float32(1 / n.divisor)
	return net.Tensor{Name: "beta", Shape: []int{n.shape[top].units, n.task.NC}, Row: func(dst []float32, o int) []float32 {
		for c := range n.task.NC {
			dst = append(dst, n.read.w[kernels.PanelIndex(n.units(top), o, c)]*scale)
		}
		return dst
	}}
}

func name(kind string, l int) string { return fmt.Sprintf("%s%d", kind, l+1) }
