package net

import (
	"fmt"

	"srhmbench/kernels"
)

// Tensor is a parameter as other programs know it: dense, row-major, without padding.
type Tensor struct {
	Name  string
	Shape []int
	Data  []float32
}

// Tensors is a copy of all parameters, of the function that the package comment gives: for layers l = 1 to L
// "weight l", of shape (places, channels below, channels), and "bias l", which is 0.1·b, of shape (positions,
// channels); then "readout", of shape (width, classes). Layer 1 has v channels below. Places are the children
// of all positions for the LCN, those of one patch for the CNN; the FCN has the cells at layer 1, then one.
// Without biases there are no tensors of them. Call Sync before.
func (n *Net) Tensors() []Tensor {
	list := []Tensor{n.first.tensor(n.task.V, n.shape[0].units)}
	for i := range n.hidden {
		h := &n.hidden[i]
		in, out := n.shape[i].units, n.shape[i+1].units
		t := Tensor{fmt.Sprintf("weight %d", i+2), []int{h.blocks, in, out}, nil}
		for b := range h.blocks {
			w, _ := h.block(b)
			t.Data = appendPanels(t.Data, w, h.in, in, out)
		}
		list = append(list, t)
	}
	for l := 0; n.biased && l < len(n.bias); l++ {
		s := n.shape[l]
		t := Tensor{fmt.Sprintf("bias %d", l+1), []int{s.positions, s.units}, nil}
		for p := range s.positions {
			t.Data = append(t.Data, n.bias[l].w[p*n.units(l):][:s.units]...)
		}
		list = append(list, t)
	}
	read := appendPanels(nil, n.read.w, n.units(len(n.shape)-1), n.width, n.task.NC)
	return append(list, Tensor{"readout", []int{n.width, n.task.NC}, read})
}

// tensor adds what is kept apart of the rows: the vector that all of a group share.
func (in *input) tensor(symbols, units int) Tensor {
	rows := len(in.updated)
	t := Tensor{"weight 1", []int{rows / symbols, symbols, units}, make([]float32, 0, rows*units)}
	for r := range rows {
		w, _ := in.row(int32(r))
		shared := in.shared.w[r/in.size*in.units:]
		for c := range units {
			t.Data = append(t.Data, w[c]+shared[c])
		}
	}
	return t
}

// appendPanels appends the first rows and cols of a panelled matrix of k rows, row by row.
func appendPanels(to, w []float32, k, rows, cols int) []float32 {
	for r := range rows {
		for c := range cols {
			to = append(to, w[kernels.PanelIndex(k, r, c)])
		}
	}
	return to
}
