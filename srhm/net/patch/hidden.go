package patch

import "srhmbench/kernels"

// hidden holds the weights between two layers: panelled blocks of in × out channels. A block makes its step when it is
// used next, some columns at a time, so that the product that follows finds the weights in the cache: both together take
// them and their momenta from memory once. In steps that do not reach a block its momentum alone moves it; it makes them
// at the same time. The bits are those of one step after the other.
type hidden struct {
	param
	in, out int // padded
	blocks  int
	due     []due // by block
	chunk   int   // columns of a block that are brought up to date at once
}

// due is what a block has yet to do: a step on samples, if there are any, and then so many without.
type due struct {
	samples int
	a, dy   []float32 // samples × in, samples × out, with the strides of their layers
	kept    bool      // in own, and not where the pass has them
	own     []float32
	missed  int
}

func newHidden(n *Net, l int) hidden {
	h := hidden{in: n.units(l - 1), out: n.units(l), blocks: n.shape[l-1].blocks()}
	h.param, h.due = newParam(h.blocks*h.in*h.out), make([]due, h.blocks)
	h.chunk = max(16, cached/h.in/16*16)
	return h
}

// cached is about how many weights a second-level cache holds with their momenta.
const cached = 1 << 16

// block returns the weights and momenta of block b.
func (h *hidden) block(b int) (w, m []float32) {
	n := h.in * h.out
	return h.w[b*n : (b+1)*n], h.m[b*n : (b+1)*n]
}

// passing is about how many multiply-adds take as long as to pass a weight.
const passing = 8

// work is about how many multiply-adds a product with the rows below is worth.
func (h *hidden) work(below *nodes) int {
	total := 0
	for _, rows := range below.blocks {
		if n := rows.hi - rows.lo; n > 0 {
			total += (n + passing) * h.in * h.out
		}
	}
	return total
}

// catchUp makes the steps of columns lo to hi of block b that are due.
func (h *hidden) catchUp(b, lo, hi int, r rate) {
	d := &h.due[b]
	w, m := h.block(b)
	if d.samples > 0 {
		kernels.MomentumGEMM(w[lo*h.in:hi*h.in], m[lo*h.in:hi*h.in], d.a, apart(h.in), d.dy[lo:], apart(h.out),
			h.in, hi-lo, d.samples, r.mu, r.lr)
	}
	kernels.MomentumSteps(w[lo*h.in:hi*h.in], m[lo*h.in:hi*h.in], d.missed, r.mu, r.lr)
}

// paid says that all columns of block b are up to date.
func (h *hidden) paid(b int) { h.due[b].samples, h.due[b].missed = 0, 0 }

// owe takes down a step of block b on samples, which stay where they are until the next product.
func (h *hidden) owe(b int, a, dy []float32, samples int) {
	d := &h.due[b]
	if samples == 0 {
		d.missed++
		return
	}
	d.a, d.dy, d.samples, d.kept = a, dy, samples, false
}

// keep copies the samples of block b, which the next product has not used.
func (h *hidden) keep(b int) {
	if d := &h.due[b]; d.samples > 0 && !d.kept {
		d.own = append(append(d.own[:0], d.a...), d.dy...)
		d.a, d.dy, d.kept = d.own[:len(d.a)], d.own[len(d.a):], true
	}
}
