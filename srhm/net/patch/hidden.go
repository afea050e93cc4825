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

// multiply computes y = a·W for every row of the layer below.
func (n *Net) multiply(at place) {
	h, w := &n.hidden[at.l-1], &n.work
	w.y[at.l] = grow(w.y[at.l], at.below.rows*n.stride(at.l))
	n.columns(h.out, h.work(at.below)/h.out, (*Net).multiplyColumns, at)
	for b, rows := range at.below.blocks {
		if rows.lo < rows.hi {
			h.paid(b)
		} else {
			h.keep(b)
		}
	}
}

func (n *Net) multiplyColumns(at place, lo, hi int) {
	h, w := &n.hidden[at.l-1], &n.work
	lda, ldy := n.stride(at.l-1), n.stride(at.l)
	for b, rows := range at.below.blocks {
		if rows.lo == rows.hi {
			continue
		}
		weights, _ := h.block(b)
		for col := lo; col < hi; col += h.chunk {
			end := min(col+h.chunk, hi)
			h.catchUp(b, col, end, n.rate)
			kernels.GEMM(w.y[at.l][rows.lo*ldy+col:rows.hi*ldy], ldy, w.a[at.l-1][rows.lo*lda:], lda, weights[col*h.in:end*h.in],
				rows.hi-rows.lo, end-col, h.in, false)
		}
	}
}

// gather adds up what the patches of a layer are made of.
func (n *Net) gather(at place) {
	n.columns(n.units(at.l), len(at.nodes.children.of), (*Net).gatherColumns, at)
}

// gatherColumns begins with constant rows, as live patches start from them.
func (n *Net) gatherColumns(at place, lo, hi int) {
	w, lv, u, ld, scale := &n.work, at.nodes, n.units(at.l), n.stride(at.l), n.shape[at.l].scale()
	z, y, bias := w.z[at.l][lo:], w.y[at.l][lo:], n.bias[at.l].w[lo:]
	base := pick(bias, u, lv.pos)
	if n.constants {
		kernels.GatherRows(kernels.Gather{
			Dst: pick(z, ld, lv.constant), Base: pick(bias, u, n.patches[at.l].each),
			Src: pick(y, ld, at.below.constant), Start: n.patches[at.l].places,
			Width: hi - lo, Scale: scale,
		})
		base = pick(z, ld, lv.base)
	}
	kernels.GatherRows(kernels.Gather{
		Dst: pick(z, ld, lv.row), Base: base,
		Src: pick(y, ld, lv.children.of), Start: lv.children.start,
		Width: hi - lo, Scale: scale,
	})
}

// backMultiply computes the gradients of the activations of the layer below: dy·Wᵀ, for more than a few rows as
// (W·dyᵀ)ᵀ.
func (n *Net) backMultiply(at place) {
	h, w, rows := &n.hidden[at.l-1], &n.work, at.below.rows
	w.dyT, w.daT = grow(w.dyT, rows*h.out), grow(w.daT, rows*h.in)
	w.dz[at.l-1] = grow(w.dz[at.l-1], rows*n.stride(at.l-1))
	n.columns(h.out, rows, (*Net).transposeColumns, at)
	n.columns(h.in, h.work(at.below)/h.in, (*Net).backMultiplyColumns, at)
}

// few is up to how many rows kernels.GEMMNT is for.
const few = 4

func (n *Net) transposeColumns(at place, lo, hi int) {
	h, w, ldy := &n.hidden[at.l-1], &n.work, n.stride(at.l)
	for _, rows := range at.below.blocks {
		if rows.hi-rows.lo > few {
			m := aligned(rows.hi - rows.lo)
			kernels.Transpose(w.dyT[rows.lo*h.out+lo*m:], m, w.dy[at.l][rows.lo*ldy+lo:], ldy, m, hi-lo)
		}
	}
}

func (n *Net) backMultiplyColumns(at place, lo, hi int) {
	h, w := &n.hidden[at.l-1], &n.work
	lda, ldy := n.stride(at.l-1), n.stride(at.l)
	for b, rows := range at.below.blocks {
		m := rows.hi - rows.lo
		if m == 0 {
			continue
		}
		weights, _ := h.block(b)
		dz := w.dz[at.l-1][rows.lo*lda+lo:]
		if m <= few {
			kernels.GEMMNT(dz, lda, w.dy[at.l][rows.lo*ldy:], ldy, weights[16*lo:], 16*h.in, m, hi-lo, h.out)
			continue
		}
		m = aligned(m)
		daT := w.daT[rows.lo*h.in+lo*m:]
		kernels.GEMMT(daT, m, weights[16*lo:], 16*h.in, w.dyT[rows.lo*h.out:], m, hi-lo, h.out, m)
		kernels.Transpose(dz, lda, daT, m, hi-lo, m)
	}
}

// owe leaves the steps of the weights of a layer to their next use.
func (n *Net) owe(at place) {
	h, w := &n.hidden[at.l-1], &n.work
	lda, ldy := n.stride(at.l-1), n.stride(at.l)
	for b, rows := range at.below.blocks {
		h.owe(b, w.a[at.l-1][rows.lo*lda:rows.hi*lda], w.dy[at.l][rows.lo*ldy:rows.hi*ldy], rows.hi-rows.lo)
	}
}

// syncHidden makes the steps that are due. That shows in no result.
func (n *Net) syncHidden() {
	for i := range n.hidden {
		h := &n.hidden[i]
		n.columns(h.out, passing*h.in*h.blocks, (*Net).catchUpColumns, place{l: i + 1})
		for b := range h.blocks {
			h.paid(b)
		}
	}
}

func (n *Net) catchUpColumns(at place, lo, hi int) {
	h := &n.hidden[at.l-1]
	for b := range h.blocks {
		h.catchUp(b, lo, hi, n.rate)
	}
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

// paid notes that all columns of block b are up to date.
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
