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

// Evaluate scores a batch. Call Sync before.
func (n *Net) Evaluate(batch net.Batch) net.Score {
	b := batch.(*Batch)
	n.syncHidden()
	n.forward(b)
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
