package net

import "srhmbench/kernels"

// forward computes all layers and the logits of a batch.
func (n *Net) forward(b *Batch) {
	n.work.shape(len(n.shape))
	for l := range n.shape {
		lv, w := &b.levels[l], &n.work
		w.z[l] = grow(w.z[l], lv.rows*n.units(l))
		w.a[l] = grow(w.a[l], lv.rows*n.units(l))
		switch {
		case n.shape[l].average:
			n.average(lv, &b.levels[l-1], l)
			continue
		case l == 0:
			n.forwardInput(lv)
		default:
			n.multiply(&b.levels[l-1], l)
			n.gather(lv, &b.levels[l-1], l)
		}
		n.activate(lv, l)
	}
	n.readout(b)
}

// forwardInput adds up the weight rows of the symbols present.
func (n *Net) forwardInput(lv *nodes) {
	in, w, u := &n.first, &n.work, n.first.units
	in.catchUp(lv.used)
	positions := n.shape[0].positions
	w.live = grow(w.live, positions*u)
	base, rows := w.z[0], lv.constant
	if !n.constants {
		w.g = grow(w.g, positions*u)
		base, rows = w.g, counting(positions-1, 1)
	}
	in.bases(base, rows, w.live, n.bias[0].w)
	n.columns(u, func(lo, hi int) {
		kernels.GatherRows(w.z[0][lo:], u, lv.row, w.live[lo:], u, lv.pos, in.rows.w[lo:], u, lv.children.start, lv.children.of, hi-lo, in.live)
	})
}

// multiply computes y = a·W for every row of layer l-1.
func (n *Net) multiply(below *nodes, l int) {
	h, w := &n.hidden[l-1], &n.work
	w.y[l] = grow(w.y[l], below.rows*h.out)
	n.columns(h.out, func(lo, hi int) {
		for b, rows := range below.blocks {
			weights, _ := h.block(b)
			if rows.lo < rows.hi {
				kernels.GEMM(w.y[l][rows.lo*h.out+lo:rows.hi*h.out], h.out, w.a[l-1][rows.lo*h.in:], h.in, weights[lo*h.in:hi*h.in],
					rows.hi-rows.lo, hi-lo, h.in, false)
			}
		}
	})
}

// gather adds what the patches of layer l are made of, constant rows first, as live patches start from them.
func (n *Net) gather(lv, below *nodes, l int) {
	h, w := &n.hidden[l-1], &n.work
	positions, children, scale := n.shape[l].positions, n.shape[l].children, n.shape[l].scale()
	n.columns(h.out, func(lo, hi int) {
		z, y, bias := w.z[l][lo:], w.y[l][lo:], n.bias[l].w[lo:]
		base, at := bias, lv.pos
		if n.constants {
			kernels.GatherRows(z, h.out, lv.constant, bias, h.out, counting(positions-1, 1), y, h.out, counting(positions, children), below.constant, hi-lo, scale)
			base, at = z, lv.base
		}
		kernels.GatherRows(z, h.out, lv.row, base, h.out, at, y, h.out, lv.children.start, lv.children.of, hi-lo, scale)
	})
}

// activate applies the ReLU; below the top, live rows then hold the difference to their constant row.
func (n *Net) activate(lv *nodes, l int) {
	w, u := &n.work, n.units(l)
	kernels.ReLU(w.a[l], w.z[l])
	if n.constants && n.shape[l].blocks() > 0 {
		kernels.GatherRows(w.a[l], u, lv.row, w.a[l], u, lv.row, w.a[l], u, counting(len(lv.row), 1), lv.base, u, -1)
	}
}
