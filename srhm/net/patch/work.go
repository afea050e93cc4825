package patch

import (
	"srhmbench/kernels"
	"srhmbench/srhm/net"
)

// Work is what a step on a batch costs at least: floating-point operations of the three matrix products of
// each hidden layer and the readout, and bytes of weights and momenta passed: 20 a weight that the batch reaches, for
// both are read and written by the update, which the forward product can share, and weights read by the backward
// product. Gathers and the first layer, which follow the symbols present, are left out.
func (n *Net) Work(batch net.Batch) (flops, bytes float64) {
	b := batch.(*Batch)
	product := func(rows, in, out, weights int) {
		flops += 3 * 2 * float64(rows) * float64(in) * float64(out)
		bytes += 4 * 5 * float64(weights)
	}
	for l, h := range n.hidden {
		for _, rows := range b.levels[l].blocks {
			if rows.lo < rows.hi {
				product(rows.hi-rows.lo, h.in, h.out, h.in*h.out)
			}
		}
	}
	top := n.units(len(n.shape) - 1)
	product(b.Len(), top, kernels.Padded(n.task.NC), len(n.read.w))
	return flops, bytes
}
