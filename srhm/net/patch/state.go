package patch

import (
	"math"
	"slices"
)

// Weights returns all parameters except those that follow from others.
func (n *Net) Weights() [][]float32 {
	out := [][]float32{n.first.rows.w, n.first.shared.w}
	for i := range n.hidden {
		out = append(out, n.hidden[i].w)
	}
	for _, b := range n.bias {
		out = append(out, b.w)
	}
	return append(out, n.read.w)
}

// Loaded computes the parameters that follow from others.
func (n *Net) Loaded() { n.first.addUp() }

// Aside undoes what f brings up to date: the rows of the first layer that it reads.
func (n *Net) Aside(f func()) {
	in := &n.first
	w, m, updated := slices.Clone(in.rows.w), slices.Clone(in.rows.m), slices.Clone(in.updated)
	f()
	copy(in.rows.w, w)
	copy(in.rows.m, m)
	copy(in.updated, updated)
}

// State returns all parameters and momenta, after the steps of hidden weights that are due.
func (n *Net) State() [][]float32 {
	n.syncHidden()
	params := []param{n.first.rows, n.first.shared, n.first.sum}
	for i := range n.hidden {
		params = append(params, n.hidden[i].param)
	}
	params = append(append(params, n.bias...), n.read)
	var out [][]float32
	for _, p := range params {
		out = append(out, p.w, p.m)
	}
	return out
}

// Counters returns the steps made, the rate they were made with, and the steps of each row.
func (n *Net) Counters() []uint64 { return n.first.counters() }

// SetCounters puts counters back.
func (n *Net) SetCounters(c []uint64) { n.first.setCounters(c) }

func (in *input) counters() []uint64 {
	out := []uint64{uint64(in.step), math.Float64bits(in.mu), math.Float64bits(in.lr)}
	for _, steps := range in.updated {
		out = append(out, uint64(steps))
	}
	return out
}

func (in *input) setCounters(c []uint64) {
	in.step, in.mu, in.lr = int(c[0]), math.Float64frombits(c[1]), math.Float64frombits(c[2])
	in.powers = powersOf(in.mu, in.lr)
	for i, steps := range c[3:] {
		in.updated[i] = int(steps)
	}
}
