package patch

import (
	"fmt"

	"srhmbench/kernels"
	"srhmbench/srhm"
	"srhmbench/srhm/net"
	"srhmbench/srhm/spec"
)

// design is a network planned.
type design struct {
	kind
	spec  spec.Network
	task  srhm.Task
	cells sharing // of the first layer's weights
	shape []level
}

func newDesign(k kind, n spec.Network, t srhm.Task) *design {
	d := &design{kind: k, spec: n, task: t}
	d.cells, d.shape = d.sharingOf(1, t.Cells()), d.geometry()
	return d
}

func (d *design) New(e srhm.Encoding, seed uint64, threads int) net.Network {
	return newNet(d, e, seed, threads)
}

// Design is the design.
func (d *design) Design() net.Design { return d }

// depth is the number of hidden layers.
func (d *design) depth() int {
	if top := len(d.shape) - 1; d.shape[top].average {
		return top
	}
	return len(d.shape)
}

// top is the last layer, which the readout reads.
func (d *design) top() level { return d.shape[len(d.shape)-1] }

// Layers are the hidden ones and the output.
func (d *design) Layers() []string {
	var names []string
	for l := range d.depth() {
		names = append(names, fmt.Sprintf("hidden %d", l+1))
	}
	return append(names, "output")
}

// units is the padded number of channels of layer l.
func (d *design) units(l int) int { return kernels.Padded(d.shape[l].units) }

// stride is from row to row of the matrices of layer l.
func (d *design) stride(l int) int { return apart(d.units(l)) }

// apart is a distance for rows of so many units, 16 or a multiple: an odd number of cache lines, so that rows below
// each other do not fall on a few sets of the cache and push each other out.
func apart(units int) int { return units + 16*(1-units/16%2) }

// below is what layer l reads: weight blocks, and channels of each place.
func (d *design) below(l int) (blocks, channels int) {
	if l == 0 {
		return d.cells.blocks(), d.task.V
	}
	return d.shape[l-1].blocks(), d.shape[l-1].units
}

// Parameters counts weights, biases and readout.
func (d *design) Parameters() int {
	total := d.top().units * d.task.NC
	for l, s := range d.shape[:d.depth()] {
		blocks, channels := d.below(l)
		total += blocks * channels * s.units
		if d.spec.Bias {
			total += s.positions * s.units
		}
	}
	return total
}
