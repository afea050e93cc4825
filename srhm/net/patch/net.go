package patch

import (
	"math"

	"srhmbench/kernels"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// Net is a network with its momenta. It is not safe for concurrent use.
type Net struct {
	*design
	speed     float64 // of the learning rate
	divisor   float64 // of the logits
	threads   int
	constants bool // blank patches give something: there are blanks, and they or the biases are not zero

	first  input
	hidden []hidden // of layers above the first
	bias   []param  // by layer: positions × channels, holding 0.1·b
	read   param    // β, panelled width × classes
	rate   rate     // of the steps that hidden layers have yet to make

	patches []patches // by layer
	work    workspace
}

// param is a parameter with its momentum.
type param struct{ w, m []float32 }

func newParam(n int) param { return param{make([]float32, n), make([]float32, n)} }

const biasScale = 0.1

func newNet(d *design, e srhm.Encoding, seed uint64, threads int) *Net {
	width := float64(d.spec.Width)
	n := &Net{design: d, speed: width, divisor: width, threads: max(threads, 1)}
	if d.spec.Readout == spec.RootReadout {
		n.speed, n.divisor = 1, math.Sqrt(width)
	}
	n.constants = d.filters != dense && d.task.S0 > 0 && len(n.shape) > 1 && (d.spec.Bias || e == srhm.Whitened)
	for l, s := range n.shape {
		n.patches = append(n.patches, newPatches(l, s))
	}
	n.first = newInput(n, e)
	for l := 1; l < n.depth(); l++ {
		n.hidden = append(n.hidden, newHidden(n, l))
	}
	for _, s := range n.shape[:n.depth()] {
		n.bias = append(n.bias, newParam(s.positions*kernels.Padded(s.units)))
	}
	n.read = newParam(kernels.Panelled(n.units(len(n.shape)-1), d.task.NC))
	n.initialise(seed)
	return n
}
