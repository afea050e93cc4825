package patch

import (
	"math"

	"srhmbench/kernels"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// initialise draws every parameter, each kind and layer from its own stream.
func (n *Net) initialise(seed uint64) {
	init := n.spec.Init
	draw := func(kind string, l int) distribution {
		r := srhm.Stream("net "+kind, seed, uint64(l))
		if init == spec.PyTorchInit {
			return &uniforms{r}
		}
		return &normals{r: r}
	}
	n.first.initialise(draw("weights", 0), n.shape[0].units)
	for i := range n.hidden {
		n.hidden[i].initialise(draw("weights", i+1), n.shape[i].units, n.shape[i+1].units)
	}
	for l := range n.bias {
		if !n.spec.Bias {
			break
		}
		scale := float32(biasScale)
		if init == spec.PyTorchInit {
			scale = float32(1 / math.Sqrt(n.shape[l].fanIn))
		}
		fill(draw("biases", l), n.bias[l].w, n.shape[l].positions, n.shape[l].units, n.units(l))
		for i := range n.bias[l].w {
			n.bias[l].w[i] *= scale
		}
	}
	fillPanels(draw("readout", 0), n.read.w, n.units(len(n.shape)-1), n.spec.Width, n.task.NC)
}

func (in *input) initialise(d distribution, units int) {
	fill(d, in.rows.w, len(in.updated), units, in.units)
	in.addUp()
}

func (h *hidden) initialise(d distribution, in, out int) {
	for b := range h.blocks {
		w, _ := h.block(b)
		fillPanels(d, w, h.in, in, out)
	}
}

// fill draws rows × units values into a row-major matrix of cols columns.
func fill(d distribution, dst []float32, rows, units, cols int) {
	for r := range rows {
		for c := range units {
			dst[r*cols+c] = d.next()
		}
	}
}

// fillPanels draws rows × cols values into a panelled matrix of k rows.
func fillPanels(d distribution, w []float32, k, rows, cols int) {
	for r := range rows {
		for c := range cols {
			w[kernels.PanelIndex(k, r, c)] = d.next()
		}
	}
}
