package net

import (
	"math"

	"srhmbench/kernels"
)

// readout computes the logits (before their factor), rows of padded classes.
func (n *Net) readout(b *Batch) {
	top := len(n.shape) - 1
	u, nc := n.units(top), kernels.Padded(n.task.NC)
	n.work.logits = grow(n.work.logits, aligned(b.Len())*nc)
	kernels.GEMM(n.work.logits, nc, n.work.a[top], n.stride(top), n.read.w, b.Len(), nc, u, false)
}

// Score says how a network does on a batch.
type Score struct {
	Loss      float64 // sum of the cross-entropies, nats; NaN if the network is not finite
	Wrong     int     // data whose largest logit is another class's; all if the network is not finite
	Predicted []int   // data by predicted class
}

// score replaces the logits by probabilities.
func (n *Net) score(b *Batch) Score {
	nc := kernels.Padded(n.task.NC)
	scale := float32(1 / n.divisor)
	s := Score{Predicted: make([]int, n.task.NC)}
	for i, label := range b.labels {
		row := n.work.logits[i*nc : i*nc+n.task.NC]
		class := largest(row)
		if class != int(label) {
			s.Wrong++
		}
		if class >= 0 {
			s.Predicted[class]++
		}
		own := float32(row[label] * scale)
		peak, sum := kernels.Softmax(row, row, scale)
		s.Loss += crossEntropy(float64(peak)-float64(own), float64(sum))
	}
	return s
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

// Evaluate scores a batch. Call Sync before.
func (n *Net) Evaluate(b *Batch) Score {
	n.syncHidden()
	n.forward(b)
	return n.score(b)
}
