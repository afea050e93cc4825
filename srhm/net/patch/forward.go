package patch

import "srhmbench/kernels"

// forward computes all layers and the logits of a batch.
func (n *Net) forward(b *Batch) {
	n.work.shape(len(n.shape))
	for l := range n.shape {
		lv, w := &b.levels[l], &n.work
		w.z[l] = grow(w.z[l], lv.rows*n.stride(l))
		w.a[l] = grow(w.a[l], lv.rows*n.stride(l))
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
	ldz := n.stride(0)
	base, ld, rows := w.z[0], ldz, lv.constant
	if !n.constants {
		w.g = grow(w.g, positions*u)
		base, ld, rows = w.g, u, counting(positions-1, 1)
	}
	in.bases(base, ld, rows, w.live, n.bias[0].w)
	n.columns(u, len(lv.children.of), func(lo, hi int) {
		kernels.GatherRows(kernels.Gather{
			Dst:   kernels.Rows{Data: w.z[0][lo:], Stride: ldz, Index: lv.row},
			Base:  kernels.Rows{Data: w.live[lo:], Stride: u, Index: lv.pos},
			Src:   kernels.Rows{Data: in.rows.w[lo:], Stride: u, Index: lv.children.of},
			Start: lv.children.start, Width: hi - lo, Scale: in.live,
		})
	})
}

// multiply computes y = a·W for every row of layer l-1.
func (n *Net) multiply(below *nodes, l int) {
	h, w := &n.hidden[l-1], &n.work
	lda, ldy := n.stride(l-1), n.stride(l)
	w.y[l] = grow(w.y[l], below.rows*ldy)
	n.columns(h.out, h.work(below)/h.out, func(lo, hi int) {
		for b, rows := range below.blocks {
			if rows.lo == rows.hi {
				continue
			}
			weights, _ := h.block(b)
			for at := lo; at < hi; at += h.chunk {
				end := min(at+h.chunk, hi)
				h.catchUp(b, at, end, n.rate)
				kernels.GEMM(w.y[l][rows.lo*ldy+at:rows.hi*ldy], ldy, w.a[l-1][rows.lo*lda:], lda, weights[at*h.in:end*h.in],
					rows.hi-rows.lo, end-at, h.in, false)
			}
		}
	})
	for b, rows := range below.blocks {
		if rows.lo < rows.hi {
			h.paid(b)
		} else {
			h.keep(b)
		}
	}
}

// gather adds what the patches of layer l are made of, constant rows first, as live patches start from them.
func (n *Net) gather(lv, below *nodes, l int) {
	h, w, ldz := &n.hidden[l-1], &n.work, n.stride(l)
	positions, children, scale := n.shape[l].positions, n.shape[l].children, n.shape[l].scale()
	n.columns(h.out, len(lv.children.of), func(lo, hi int) {
		z, y, bias := w.z[l][lo:], w.y[l][lo:], n.bias[l].w[lo:]
		base := kernels.Rows{Data: bias, Stride: h.out, Index: lv.pos}
		if n.constants {
			kernels.GatherRows(kernels.Gather{
				Dst:   kernels.Rows{Data: z, Stride: ldz, Index: lv.constant},
				Base:  kernels.Rows{Data: bias, Stride: h.out, Index: counting(positions-1, 1)},
				Src:   kernels.Rows{Data: y, Stride: ldz, Index: below.constant},
				Start: counting(positions, children), Width: hi - lo, Scale: scale,
			})
			base = kernels.Rows{Data: z, Stride: ldz, Index: lv.base}
		}
		kernels.GatherRows(kernels.Gather{
			Dst:   kernels.Rows{Data: z, Stride: ldz, Index: lv.row},
			Base:  base,
			Src:   kernels.Rows{Data: y, Stride: ldz, Index: lv.children.of},
			Start: lv.children.start, Width: hi - lo, Scale: scale,
		})
	})
}

// activate applies the ReLU; below the top, live rows then hold the difference to their constant row.
func (n *Net) activate(lv *nodes, l int) {
	w, u, ld := &n.work, n.units(l), n.stride(l)
	kernels.ReLU(w.a[l], w.z[l])
	if n.constants && n.shape[l].blocks() > 0 {
		kernels.GatherRows(kernels.Gather{
			Dst:   kernels.Rows{Data: w.a[l], Stride: ld, Index: lv.row},
			Base:  kernels.Rows{Data: w.a[l], Stride: ld, Index: lv.row},
			Src:   kernels.Rows{Data: w.a[l], Stride: ld, Index: lv.base},
			Start: counting(len(lv.row), 1), Width: u, Scale: -1,
		})
	}
}
