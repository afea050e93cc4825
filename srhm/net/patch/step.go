package patch

import (
	"srhmbench/kernels"
	"srhmbench/srhm/net"
)

// Step makes one step of SGD with momentum mu and rate lr·width, or lr if the output's factor is the root,
// on the mean cross-entropy of a batch: m = mu·m + gradient, w = w - rate·m. It returns the sum of the cross-entropies before it.
func (n *Net) Step(batch net.Batch, lr, mu float64) (loss float64) {
	b := batch.(*Batch)
	rate := rate{float32(mu), float32(lr * n.speed)}
	n.first.setRate(mu, float64(rate.lr))
	if rate != n.rate {
		n.syncHidden()
		n.rate = rate
	}
	n.work.a, n.work.owed = n.work.owed, n.work.a
	n.forward(b)
	loss = n.loss(b)
	n.backReadout(b, rate)
	for l := len(n.shape) - 1; l > 0; l-- {
		n.sumPositions(&b.levels[l], l)
		n.spread(&b.levels[l], &b.levels[l-1], l)
		if n.shape[l].average {
			n.backAverage(l)
		} else {
			n.stepBias(l, rate)
			n.backMultiply(&b.levels[l-1], l)
			n.stepWeights(&b.levels[l-1], l)
		}
		n.backActivate(&b.levels[l-1], l-1)
	}
	n.sumPositions(&b.levels[0], 0)
	n.stepBias(0, rate)
	n.stepInput(&b.levels[0], rate)
	return loss
}

// Sync brings parameters up to date that steps have left for later. Results do not depend on when, but
// for rounding: it is part of the protocol (once an epoch).
func (n *Net) Sync() {
	n.first.sync()
	n.syncHidden()
}

// syncHidden is the part of it that shows in no result.
func (n *Net) syncHidden() {
	for i := range n.hidden {
		h := &n.hidden[i]
		n.columns(h.out, passing*h.in*h.blocks, func(lo, hi int) {
			for b := range h.blocks {
				h.catchUp(b, lo, hi, n.rate)
			}
		})
		for b := range h.blocks {
			h.paid(b)
		}
	}
}

type rate struct{ mu, lr float32 }

// backReadout turns gradients of the logits into gradients of the top layer and the readout's step.
func (n *Net) backReadout(b *Batch, r rate) {
	w, top := &n.work, len(n.shape)-1
	u, ld, nc, rows := n.units(top), n.stride(top), kernels.Padded(n.task.NC), aligned(b.Len())
	for i := range b.Len() {
		clear(w.logits[i*nc+n.task.NC : (i+1)*nc]) // padding is NaN where a unit is infinite
	}
	w.logitsT, w.topT = grow(w.logitsT, nc*rows), grow(w.topT, u*rows)
	w.dz[top] = grow(w.dz[top], len(w.z[top]))
	kernels.Transpose(w.logitsT, rows, w.logits, nc, rows, nc)
	kernels.GEMMT(w.topT, rows, n.read.w, 16*u, w.logitsT, rows, u, nc, rows)
	kernels.Transpose(w.dz[top], ld, w.topT, rows, u, b.Len())
	kernels.MomentumGEMM(n.read.w, n.read.m, w.a[top], ld, w.logits, nc, u, nc, b.Len(), r.mu, r.lr)
	if n.shape[top].average {
		return
	}
	flat := b.Len() * ld
	kernels.ReLUGrad(w.dz[top][:flat], w.dz[top][:flat], w.z[top][:flat])
}

// sumPositions adds the gradients of all patches at a position, blank ones included.
func (n *Net) sumPositions(lv *nodes, l int) {
	w, u, ld, positions := &n.work, n.units(l), n.stride(l), n.shape[l].positions
	w.g = grow(w.g, positions*u)
	var base []int32 // of the constant rows, which the nodes do not list
	if n.constants && n.shape[l].blocks() > 0 {
		base = lv.constant
	}
	n.columns(u, len(lv.at.of), func(lo, hi int) {
		kernels.GatherRows(kernels.Gather{
			Dst:   kernels.Rows{Data: w.g[lo:], Stride: u, Index: counting(positions-1, 1)},
			Base:  kernels.Rows{Data: w.dz[l][lo:], Stride: ld, Index: base},
			Src:   kernels.Rows{Data: w.dz[l][lo:], Stride: ld, Index: lv.at.of},
			Start: lv.at.start, Width: hi - lo, Scale: 1,
		})
	})
}

// spread gives every row below the gradients of what it is part of.
func (n *Net) spread(lv, below *nodes, l int) {
	w, u, ld, scale := &n.work, n.units(l), n.stride(l), n.shape[l].scale()
	w.dy[l] = grow(w.dy[l], below.rows*ld)
	n.columns(u, len(lv.parents.of), func(lo, hi int) {
		dy := w.dy[l][lo:]
		kernels.GatherRows(kernels.Gather{
			Dst:   kernels.Rows{Data: dy, Stride: ld, Index: lv.used},
			Src:   kernels.Rows{Data: w.dz[l][lo:], Stride: ld, Index: lv.parents.of},
			Start: lv.parents.start, Width: hi - lo, Scale: scale,
		})
		if !n.constants {
			return
		}
		count := len(below.constant)
		parent := make([]int32, count)
		for p := range parent {
			parent[p] = int32(p / n.shape[l].children)
		}
		kernels.GatherRows(kernels.Gather{
			Dst:   kernels.Rows{Data: dy, Stride: ld, Index: below.constant},
			Src:   kernels.Rows{Data: w.g[lo:], Stride: u, Index: parent},
			Start: counting(count, 1), Width: hi - lo, Scale: scale,
		})
	})
}

func (n *Net) stepBias(l int, r rate) {
	if n.spec.Bias {
		kernels.Momentum(n.bias[l].w, n.bias[l].m, n.work.g, biasScale*biasScale, r.mu, r.lr)
	}
}

// backMultiply computes the gradients of the activations of layer l-1: dy·Wᵀ, for more than a few rows as (W·dyᵀ)ᵀ.
func (n *Net) backMultiply(below *nodes, l int) {
	h, w := &n.hidden[l-1], &n.work
	lda, ldy := n.stride(l-1), n.stride(l)
	w.dyT, w.daT = grow(w.dyT, below.rows*h.out), grow(w.daT, below.rows*h.in)
	w.dz[l-1] = grow(w.dz[l-1], below.rows*lda)
	n.columns(h.out, below.rows, func(lo, hi int) {
		for _, rows := range below.blocks {
			if rows.hi-rows.lo > few {
				m := aligned(rows.hi - rows.lo)
				kernels.Transpose(w.dyT[rows.lo*h.out+lo*m:], m, w.dy[l][rows.lo*ldy+lo:], ldy, m, hi-lo)
			}
		}
	})
	n.columns(h.in, h.work(below)/h.in, func(lo, hi int) {
		for b, rows := range below.blocks {
			m := rows.hi - rows.lo
			if m == 0 {
				continue
			}
			weights, _ := h.block(b)
			dz := w.dz[l-1][rows.lo*lda+lo:]
			if m <= few {
				kernels.GEMMNT(dz, lda, w.dy[l][rows.lo*ldy:], ldy, weights[16*lo:], 16*h.in, m, hi-lo, h.out)
				continue
			}
			m = aligned(m)
			at := rows.lo*h.in + lo*m
			kernels.GEMMT(w.daT[at:], m, weights[16*lo:], 16*h.in, w.dyT[rows.lo*h.out:], m, hi-lo, h.out, m)
			kernels.Transpose(dz, lda, w.daT[at:], m, hi-lo, m)
		}
	})
}

// few is up to how many rows kernels.GEMMNT is for.
const few = 4

// stepWeights leaves the steps of the weights of layer l to their next use.
func (n *Net) stepWeights(below *nodes, l int) {
	h, w := &n.hidden[l-1], &n.work
	lda, ldy := n.stride(l-1), n.stride(l)
	for b, rows := range below.blocks {
		h.owe(b, w.a[l-1][rows.lo*lda:rows.hi*lda], w.dy[l][rows.lo*ldy:rows.hi*ldy], rows.hi-rows.lo)
	}
}

// backActivate takes the gradients through the ReLU. A live row was the difference to its constant row,
// which therefore gets the opposite gradient.
func (n *Net) backActivate(lv *nodes, l int) {
	w, u, ld := &n.work, n.units(l), n.stride(l)
	if n.constants {
		kernels.GatherRows(kernels.Gather{
			Dst:   kernels.Rows{Data: w.dz[l], Stride: ld, Index: lv.constant},
			Base:  kernels.Rows{Data: w.dz[l], Stride: ld, Index: lv.constant},
			Src:   kernels.Rows{Data: w.dz[l], Stride: ld, Index: lv.at.of},
			Start: lv.at.start, Width: u, Scale: -1,
		})
	}
	kernels.ReLUGrad(w.dz[l], w.dz[l], w.z[l])
}

// stepInput updates the rows in use and what all rows share.
func (n *Net) stepInput(lv *nodes, r rate) {
	in, w, u := &n.first, &n.work, n.first.units
	w.rows = grow(w.rows, len(lv.used)*u)
	n.columns(u, len(lv.parents.of), func(lo, hi int) {
		kernels.GatherRows(kernels.Gather{
			Dst:   kernels.Rows{Data: w.rows[lo:], Stride: u, Index: counting(len(lv.used)-1, 1)},
			Src:   kernels.Rows{Data: w.dz[0][lo:], Stride: n.stride(0), Index: lv.parents.of},
			Start: lv.parents.start, Width: hi - lo, Scale: 1,
		})
	})
	in.step++
	for i, row := range lv.used {
		weights, momenta := in.row(row)
		kernels.Momentum(weights, momenta, w.rows[i*u:(i+1)*u], in.live, r.mu, r.lr)
		in.updated[row] = in.step
	}
	if in.offset != 0 {
		n.stepShared(lv, r)
	}
}

// stepShared updates V by the gradients of all patches, and S by those of live ones.
func (n *Net) stepShared(lv *nodes, r rate) {
	in, w, u := &n.first, &n.work, n.first.units
	positions := n.shape[0].positions
	each := counting(in.groups-1, 1)
	w.live = grow(w.live, max(positions, in.groups)*u)
	sums := w.live[:in.groups*u]
	gather := func(src []float32, lds int, list lists) {
		kernels.GatherRows(kernels.Gather{
			Dst:   kernels.Rows{Data: sums, Stride: u, Index: each},
			Src:   kernels.Rows{Data: src, Stride: lds, Index: list.of},
			Start: list.start, Width: u, Scale: 1,
		})
	}
	gather(w.g, u, lists{counting(in.groups, positions/in.groups), counting(positions-1, 1)})
	kernels.Momentum(in.shared.w, in.shared.m, sums, in.offset, r.mu, r.lr)
	live := lv.at
	if in.groups == 1 {
		live = lists{[]int32{0, int32(len(lv.row))}, lv.row}
	}
	gather(w.dz[0], n.stride(0), live)
	kernels.Momentum(in.sum.w, in.sum.m, sums, in.live*float32(in.fan), r.mu, r.lr)
}
