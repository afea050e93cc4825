package kerneltest

import (
	"fmt"
	"math"

	"srhmbench/kernels"
)

// SoftmaxCrossEntropy of rows of logits that are pad elements further apart than their classes.
func SoftmaxCrossEntropy(s *Source, rows, classes, pad int) Call {
	scale, factor := s.Float(), s.Float()
	labels := make([]uint16, rows)
	for i := range labels {
		labels[i] = uint16(s.Int(classes))
	}
	grad, logits := s.matrix("grad", rows, classes, pad).out(), s.matrix("logits", rows, classes, pad)
	return Call{
		Shape:  fmt.Sprintf("rows=%d classes=%d pad=%d labels=%v scale=%v factor=%v", rows, classes, pad, labels, scale, factor),
		Floats: []Operand{grad, logits},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			loss := kernels.SoftmaxCrossEntropy(f[0], grad.Stride, f[1], logits.Stride, labels, classes, scale, factor)
			high := float32(loss)
			return []float32{high, float32(loss - float64(high))}
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			var grads []Truth
			var loss Truth
			for i, label := range labels {
				row := f[1][i*logits.Stride:][:classes]
				p, peak, sum := softmaxTruth(row, scale)
				own := float64(row[label]) * float64(scale)
				loss = loss.plus(Truth{peak.Value - own + math.Log(sum.Value), unit*math.Abs(own) + 1.01*sum.Bound/sum.Value + smallest}, sum)
				for c, t := range p {
					if c == int(label) {
						t = t.plus(Truth{-1, unit * (math.Abs(t.Value-1) + t.Bound)}, t)
					}
					grads = append(grads, t.times(factor))
				}
			}
			rest := Truth{0, unit*(math.Abs(loss.Value)+loss.Bound) + smallest}
			if !(loss.Bound <= math.MaxFloat64) {
				rest.Bound = loss.Bound
			}
			loss.Bound += rest.Bound
			return [][]Truth{grads, nil}, []Truth{loss, rest}
		},
		Onto: [][2]int{{0, 1}},
	}
}

// plus adds a term that follows from another value: it is NaN or of no bound if that is.
func (t Truth) plus(term, from Truth) Truth {
	switch {
	case math.IsNaN(t.Bound) || math.IsNaN(from.Bound):
		return Truth{0, math.NaN()}
	case math.IsInf(t.Bound, 1) || math.IsInf(from.Bound, 1):
		return Truth{0, math.Inf(1)}
	}
	return Truth{t.Value + term.Value, t.Bound + term.Bound}
}

// times is a product with an input, rounded.
func (t Truth) times(factor float32) Truth {
	f := float64(factor)
	switch {
	case math.IsNaN(t.Bound) || math.IsNaN(f):
		return Truth{0, math.NaN()}
	case math.IsInf(t.Bound, 1) || math.Abs(f*t.Value) > math.MaxFloat32/2 || math.IsInf(f, 0):
		return Truth{0, math.Inf(1)}
	}
	return Truth{f * t.Value, math.Abs(f)*t.Bound*(1+unit) + unit*math.Abs(f*t.Value) + smallest}
}

func softmaxCrossEntropyCase(s *Source, each func(Call)) {
	for classes := 1; classes < 70; classes++ {
		each(SoftmaxCrossEntropy(s, classes%5, classes, classes%4))
	}
	each(SoftmaxCrossEntropy(s, 40, 10, 6))
	each(SoftmaxCrossEntropy(s, 3, 1000, 0))
}

var crossEntropyOperations = []Operation{{
	Name: "SoftmaxCrossEntropy", Use: Networks, Sizes: []Size{{"rows", 1}, {"classes", 1}},
	Job: func(s map[string]int) Job {
		rows, classes := s["rows"], s["classes"]
		n := rows * classes
		labels := make([]uint16, rows)
		for i := range labels {
			labels[i] = uint16(i % classes)
		}
		return Job{
			Lengths: []int{n, n}, Flops: 16 * float64(n), Bytes: 8 * float64(n), // two operations more than Softmax, for the gradient
			Run: func(f [][]float32) {
				kernels.SoftmaxCrossEntropy(f[0], classes, f[1], classes, labels, classes, 0.5, 0.5/float32(rows))
			},
		}
	},
	Cases: softmaxCrossEntropyCase,
	Any:   func(s *Source, pick Picker) Call { return SoftmaxCrossEntropy(s, pick(20), 1+pick(256), pick(20)) },
}}
