package patch

import (
	"srhmbench/kernels"
	"srhmbench/srhm/net"
)

// readout computes the logits (before their factor), rows of padded classes.
func (n *Net) readout(b *Batch) {
	top := len(n.shape) - 1
	u, nc := n.units(top), kernels.Padded(n.task.NC)
	n.work.logits = grow(n.work.logits, aligned(b.Len())*nc)
	kernels.GEMM(n.work.logits, nc, n.work.a[top], n.stride(top), n.read.w, b.Len(), nc, u, false)
}

// loss replaces the logits by the gradients of the mean cross-entropy, and returns the sum.
func (n *Net) loss(b *Batch) float64 {
	nc, logits := kernels.Padded(n.task.NC), n.work.logits
	factor := float32(1 / (float64(b.Len()) * n.divisor))
	return kernels.SoftmaxCrossEntropy(logits, nc, logits, nc, b.labels, n.task.NC, float32(1/n.divisor), factor)
}

// backReadout turns gradients of the logits into gradients of the top layer and the readout's step.
func (n *Net) backReadout(b *Batch) {
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
	kernels.MomentumGEMM(n.read.w, n.read.m, w.a[top], ld, w.logits, nc, u, nc, b.Len(), n.rate.mu, n.rate.lr)
	if n.shape[top].average {
		return
	}
	flat := b.Len() * ld
	kernels.ReLUGrad(w.dz[top][:flat], w.dz[top][:flat], w.z[top][:flat])
}

// score compares logits with labels, and then takes the loss.
func (n *Net) score(b *Batch) net.Score {
	nc := kernels.Padded(n.task.NC)
	s := net.Score{Predicted: make([]int, n.task.NC)}
	for i, label := range b.labels {
		class := largest(n.work.logits[i*nc:][:n.task.NC])
		if class != int(label) {
			s.Wrong++
		}
		if class >= 0 {
			s.Predicted[class]++
		}
	}
	s.Loss = n.loss(b)
	return s
}

// largest is the first index of the largest number, or -1 if one is not a number.
func largest(row []float32) int {
	best := 0
	for i, x := range row {
		if x != x {
			return -1
		}
		if x > row[best] {
			best = i
		}
	}
	return best
}
