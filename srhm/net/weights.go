package net

import "slices"

// Weights is a copy of a network's parameters, without momenta.
type Weights struct{ w [][]float32 }

// Save copies the parameters into w, whose memory is used again. Call Sync before.
func (n *Net) Save(w *Weights) {
	parts := n.weights()
	if w.w == nil {
		w.w = make([][]float32, len(parts))
	}
	for i, p := range parts {
		w.w[i] = append(w.w[i][:0], p...)
	}
}

// Load puts saved parameters back, of this network or one of its shape, to evaluate it: momenta stay
// those of the last step. Call Sync before.
func (n *Net) Load(w *Weights) {
	for i, p := range n.weights() {
		copy(p, w.w[i])
	}
	n.first.addUp()
}

// Aside calls f, which may evaluate the network between any two steps, and takes back what that brings up
// to date: the steps after it give the bits they would have given. f must not step, sync or load.
func (n *Net) Aside(f func()) {
	in := &n.first
	w, m, updated := slices.Clone(in.rows.w), slices.Clone(in.rows.m), slices.Clone(in.updated)
	f()
	copy(in.rows.w, w)
	copy(in.rows.m, m)
	copy(in.updated, updated)
}

// weights lists all parameters but those that follow from others, in a fixed order.
func (n *Net) weights() [][]float32 {
	out := [][]float32{n.first.rows.w, n.first.shared.w}
	for i := range n.hidden {
		out = append(out, n.hidden[i].w)
	}
	for _, b := range n.bias {
		out = append(out, b.w)
	}
	return append(out, n.read.w)
}
