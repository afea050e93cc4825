package net

import (
	"math"

	"srhmbench/kernels"
)

// readout computes the logits (before the factor 1/width), rows of padded classes.
func (n *Net) readout(b *Batch) {
	top := len(n.shape) - 1
	u, nc := n.units(top), kernels.Padded(n.task.NC)
	n.work.logits = grow(n.work.logits, aligned(b.Len())*nc)
	kernels.GEMM(n.work.logits, nc, n.work.a[top], u, n.read.w, b.Len(), nc, u, false)
}

// score replaces the logits by probabilities and returns the sum of the cross-entropies (nats) and the
// number of data whose largest logit is another class's. A network that is not finite errs always.
func (n *Net) score(b *Batch) (loss float64, wrong int) {
	nc := kernels.Padded(n.task.NC)
	scale := float32(1 / float64(n.width))
	for i, label := range b.labels {
		row := n.work.logits[i*nc : i*nc+n.task.NC]
		if largest(row) != int(label) {
			wrong++
		}
		own := float32(row[label] * scale)
		peak, sum := kernels.Softmax(row, row, scale)
		loss += crossEntropy(float64(peak)-float64(own), float64(sum))
	}
	return loss, wrong
}

// crossEntropy is the gap to the largest logit plus the logarithm of the sum of exponentials.
func crossEntropy(gap, sum float64) float64 {
	if math.IsNaN(gap) || math.IsInf(gap, 0) || math.IsNaN(sum) {
		return math.NaN()
	}
	return gap + ln(sum)
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

// Evaluate returns the sum of cross-entropies (nats) and the number of errors on a batch.
func (n *Net) Evaluate(b *Batch) (loss float64, wrong int) {
	n.forward(b)
	return n.score(b)
}
