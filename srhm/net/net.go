package net

import (
	"fmt"
	"math"

	"srhmbench/kernels"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// Net is a network with its momenta. It is not safe for concurrent use.
type Net struct {
	task      srhm.Task
	width     int
	speed     float64 // of the learning rate
	divisor   float64 // of the logits
	threads   int
	cells     sharing // of the first layer's weights
	shape     []level
	biased    bool
	constants bool // blank patches give something: there are blanks, and they or the biases are not zero

	first  input
	hidden []hidden // of layers above the first
	bias   []param  // by layer: positions × channels, holding 0.1·b
	read   param    // β, panelled width × classes
	work   workspace
	rate   rate // of the steps that hidden layers have yet to make
}

// param is a parameter with its momentum.
type param struct{ w, m []float32 }

func newParam(n int) param { return param{make([]float32, n), make([]float32, n)} }

const biasScale = 0.1

// New returns a network at its initialisation, which depends on task, network, encoding and seed only.
// threads is how many goroutines a step may use. The error says why the network cannot be.
func New(t srhm.Task, spc spec.Network, e srhm.Encoding, seed uint64, threads int) (*Net, error) {
	if err := t.Validate(); err != nil {
		return nil, err
	}
	if err := spc.Validate(t); err != nil {
		return nil, err
	}
	if err := e.Validate(); err != nil {
		return nil, err
	}
	if err := Fits(t, spc); err != nil {
		return nil, err
	}
	n := &Net{
		task: t, width: spc.Width, speed: float64(spc.Width), divisor: float64(spc.Width), threads: max(threads, 1),
		cells: sharingOf(t, spc, 1, t.Cells()), shape: geometry(t, spc), biased: spc.Bias,
	}
	if spc.Readout == spec.RootReadout {
		n.speed, n.divisor = 1, math.Sqrt(float64(spc.Width))
	}
	n.constants = spc.Kind != spec.FCN && t.S0 > 0 && len(n.shape) > 1 && (spc.Bias || e == srhm.Whitened)
	n.first = newInput(n, spc.Kind, e)
	for l := 1; l < n.depth(); l++ {
		n.hidden = append(n.hidden, newHidden(n, l))
	}
	for _, s := range n.shape[:n.depth()] {
		n.bias = append(n.bias, newParam(s.positions*kernels.Padded(s.units)))
	}
	n.read = newParam(kernels.Panelled(n.units(len(n.shape)-1), t.NC))
	n.initialise(spc.Init, seed)
	return n, nil
}

// units is the padded number of channels of layer l.
func (n *Net) units(l int) int { return kernels.Padded(n.shape[l].units) }

// stride is from row to row of the matrices of layer l.
func (n *Net) stride(l int) int { return apart(n.units(l)) }

// apart is a distance for rows of so many units, 16 or a multiple: an odd number of cache lines, so that rows below
// each other do not fall on a few sets of the cache and push each other out.
func apart(units int) int { return units + 16*(1-units/16%2) }

// depth is the number of hidden layers.
func (n *Net) depth() int {
	if top := len(n.shape) - 1; n.shape[top].average {
		return top
	}
	return len(n.shape)
}

// Bytes predicts the memory of a network's parameters and momenta.
func Bytes(t srhm.Task, spc spec.Network) float64 {
	shape := geometry(t, spc)
	pad := func(l int) float64 { return float64(kernels.Padded(shape[l].units)) }
	total := 0.0
	for l, s := range shape {
		switch {
		case s.average:
			continue
		case l == 0:
			total += float64(sharingOf(t, spc, 1, t.Cells()).blocks()) * float64(t.V) * pad(l)
		default:
			total += float64(shape[l-1].blocks()) * pad(l-1) * pad(l)
		}
		total += float64(s.positions) * pad(l)
	}
	total += pad(len(shape)-1) * float64(kernels.Padded(t.NC))
	return 8 * total
}

// maxBytes bounds what a network may ask for; every network of the paper takes far less.
const maxBytes = 8 << 30

// Fits refuses networks that ask for more.
func Fits(t srhm.Task, spc spec.Network) error {
	if b := Bytes(t, spc); b > maxBytes {
		return fmt.Errorf("%s of width %d on %d cells: %.1f GiB of parameters, want at most %d GiB", spc.Kind, spc.Width, t.Cells(), b/(1<<30), maxBytes>>30)
	}
	return nil
}
