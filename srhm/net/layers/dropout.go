package layers

import "srhmbench/kernels"

// dropout leaves out numbers in training, each with probability 1-keep, and divides those that stay by keep
// (Srivastava and others, 2014). Which ones depends on its key and on how many it has decided before, so that both are
// part of the network's state.
type dropout struct {
	shape   Shape
	keep    float64
	key     uint64
	decided uint64
	mask    []float32
}

func (d *dropout) forward(p *pass, x []float32) []float32 {
	if p.mode == evaluating {
		return x
	}
	d.mask = grown(d.mask, len(x))
	kernels.DropoutMask(d.mask, d.key, d.decided, d.keep)
	if p.mode == training {
		d.decided += uint64(len(x))
	}
	kernels.Multiply(x, x, d.mask)
	return x
}

func (d *dropout) backward(_ *pass, dy []float32) []float32 {
	kernels.Multiply(dy, dy, d.mask)
	return dy
}

func (d *dropout) tensors() []*tensor { return nil }
func (d *dropout) cost() cost         { return cost{outputs: d.shape.size(), gradient: d.shape.size()} }
