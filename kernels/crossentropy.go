package kernels

import (
	"fmt"
	"math"
)

// SoftmaxCrossEntropy takes the rows of logits, one for each label and ldl elements apart, times scale, for the
// logarithms of what is proportional to the probabilities p of the classes. It returns the sum over the rows of the
// cross-entropy, -ln p of the label, in nats, and writes factor·(p - 1) for the class that is the label and factor·p
// for the others to the rows of grad, ldg elements apart: with factor = scale/rows, the gradient of the mean
// cross-entropy by the logits. p is Softmax's, and the sum float64, row after row; it is NaN if a logit is NaN, or the
// label's or the largest one is infinite. grad may be logits.
func SoftmaxCrossEntropy(grad []float32, ldg int, logits []float32, ldl int, labels []uint16, classes int, scale, factor float32) (loss float64) {
	const op = "SoftmaxCrossEntropy"
	need(op, "grad", len(grad), len(labels), classes, ldg)
	need(op, "logits", len(logits), len(labels), classes, ldl)
	for _, label := range labels {
		if int(label) >= classes {
			panic(fmt.Sprintf("kernels.%s: label %d, want one of %d classes", op, label, classes))
		}
	}
	needSameOrApart(op, block{"grad", grad, len(labels), classes, ldg}, block{"logits", logits, len(labels), classes, ldl})
	return active.Load().SoftmaxCrossEntropy(grad, ldg, logits, ldl, labels, classes, scale, factor)
}

// softmax is the Softmax of a tier.
type softmax func(dst, src []float32, scale float32) (peak, sum float32)

// crossEntropy goes over a row once more for its gradient. That is a twelfth of the time for 10 classes, a quarter for
// 100, and all of it 2 % of a step of training at width 128: assembly for it would not show.
func (normalise softmax) crossEntropy(grad []float32, ldg int, logits []float32, ldl int, labels []uint16, classes int, scale, factor float32) (loss float64) {
	for i, label := range labels {
		row, out := logits[i*ldl:][:classes], grad[i*ldg:][:classes]
		own := float32(row[label] * scale)
		peak, sum := normalise(out, row, scale)
		out[label]--
		for c := range out {
			out[c] *= factor
		}
		loss += crossEntropy(float64(peak)-float64(own), float64(sum))
	}
	return loss
}

// crossEntropy is the gap to the largest logit plus the logarithm of the sum of exponentials.
func crossEntropy(gap, sum float64) float64 {
	if math.IsNaN(gap) || math.IsInf(gap, 0) || math.IsNaN(sum) {
		return math.NaN()
	}
	return gap + Ln(sum)
}
