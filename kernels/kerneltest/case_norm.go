package kerneltest

import (
	"fmt"
	"math"

	"srhmbench/kernels"
)

// pairwiseSteps is how often a term of a sum over rows is rounded in float32, before float64 takes over.
const pairwiseSteps = 4

// BatchNormMoments of rows that are pad elements further apart than their channels.
func BatchNormMoments(s *Source, rows, channels, pad int) Call {
	x := s.matrix("x", rows, channels, pad)
	return Call{
		Shape:  rowsShape(rows, channels, pad),
		Floats: []Operand{s.vector("mean", channels).out(), s.vector("variance", channels).out(), x},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.BatchNormMoments(f[0], f[1], f[2], x.Stride, rows, channels)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			means, variances := make([]Truth, channels), make([]Truth, channels)
			for c := range channels {
				var total sum
				largest := 0.0
				for r := range rows {
					total.add(f[2][r*x.Stride+c], 1)
					largest = max(largest, math.Abs(float64(f[2][r*x.Stride+c])))
				}
				total.steps = min(total.steps, pairwiseSteps)
				means[c] = quotient(total, rows)
				mean := means[c].Value
				var squares, slack float64
				for r := range rows {
					d := float64(f[2][r*x.Stride+c]) - mean
					squares += d * d
					off := means[c].Bound + unit*(math.Abs(d)+means[c].Bound) + smallest
					slack += 2*math.Abs(d)*off + off*off
				}
				n := float64(rows)
				variances[c] = Truth{squares / n, 1.01*(slack+10*unit*(squares+slack))/n + (n+1)*smallest}
				if math.IsNaN(means[c].Bound) || math.IsNaN(largest) {
					variances[c].Bound = math.NaN()
				} else if math.IsInf(means[c].Bound, 1) || largest > 1e18/n {
					variances[c].Bound = math.Inf(1)
				}
			}
			return [][]Truth{means, variances, nil}, nil
		},
	}
}

// quotient is a sum over a number of rows, rounded once more.
func quotient(s sum, n int) Truth {
	t := s.truth()
	t.Value /= float64(n)
	t.Bound = t.Bound/float64(n) + unit*(math.Abs(t.Value)+t.Bound) + smallest
	return t
}

// BatchNorm of rows.
func BatchNorm(s *Source, rows, channels, pad int) Call {
	y, x := s.matrix("y", rows, channels, pad).out(), s.matrix("x", rows, channels, pad)
	return Call{
		Shape:  rowsShape(rows, channels, pad),
		Floats: []Operand{y, x, s.vector("mean", channels), s.vector("scale", channels), s.vector("shift", channels)},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.BatchNorm(f[0], y.Stride, f[1], x.Stride, f[2], f[3], f[4], rows, channels)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			out := make([]Truth, rows*channels)
			for i := range out {
				c := i % channels
				t := from(f[4][c])
				t.addScaled(f[3][c], difference(f[1][i/channels*x.Stride+c], f[2][c]))
				out[i] = t.truth()
			}
			return [][]Truth{out, nil, nil, nil, nil}, nil
		},
		Onto: [][2]int{{0, 1}},
	}
}

func difference(x, y float32) sum {
	d := from(x)
	d.add(y, -1)
	return d
}

// BatchNormGradSums of rows.
func BatchNormGradSums(s *Source, rows, channels, pad int) Call {
	dy, x := s.matrix("dy", rows, channels, pad), s.matrix("x", rows, channels, pad+1)
	return Call{
		Shape:  rowsShape(rows, channels, pad),
		Floats: []Operand{s.vector("dshift", channels).out(), s.vector("dscale", channels).out(), dy, x, s.vector("mean", channels)},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.BatchNormGradSums(f[0], f[1], f[2], dy.Stride, f[3], x.Stride, f[4], rows, channels)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			shifts, scales := make([]Truth, channels), make([]Truth, channels)
			for c := range channels {
				var shift, scale sum
				for r := range rows {
					d := f[2][r*dy.Stride+c]
					shift.add(d, 1)
					scale.addScaled(d, difference(f[3][r*x.Stride+c], f[4][c]))
				}
				shift.steps, scale.steps = min(shift.steps, pairwiseSteps+1), min(scale.steps, pairwiseSteps+5)
				shifts[c], scales[c] = shift.truth(), scale.truth()
			}
			return [][]Truth{shifts, scales, nil, nil, nil}, nil
		},
	}
}

// BatchNormGrad of rows.
func BatchNormGrad(s *Source, rows, channels, pad int) Call {
	dx := s.matrix("dx", rows, channels, pad).out()
	dy, x := s.matrix("dy", rows, channels, pad), s.matrix("x", rows, channels, pad)
	return Call{
		Shape: rowsShape(rows, channels, pad),
		Floats: []Operand{dx, dy, x, s.vector("mean", channels), s.vector("byDy", channels), s.vector("byX", channels),
			s.vector("constant", channels)},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.BatchNormGrad(f[0], dx.Stride, f[1], dy.Stride, f[2], x.Stride, f[3], f[4], f[5], f[6], rows, channels)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			out := make([]Truth, rows*channels)
			for i := range out {
				r, c := i/channels, i%channels
				t := from(f[6][c])
				t.addScaled(f[5][c], difference(f[2][r*x.Stride+c], f[3][c]))
				t.add(f[1][r*dy.Stride+c], f[4][c])
				out[i] = t.truth()
			}
			return [][]Truth{out, nil, nil, nil, nil, nil, nil}, nil
		},
		Onto: [][2]int{{0, 1}, {0, 2}},
	}
}

func rowsShape(rows, channels, pad int) string {
	return fmt.Sprintf("rows=%d channels=%d pad=%d", rows, channels, pad)
}

func rowsCase(call func(s *Source, rows, channels, pad int) Call) func(s *Source, each func(Call)) {
	return func(s *Source, each func(Call)) {
		for rows := 1; rows < 12; rows++ {
			for _, channels := range []int{1, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 50} {
				each(call(s, rows, channels, (rows+channels)%3))
			}
		}
		each(call(s, 203, 5, 0))
	}
}

var normOperations = []Operation{
	{
		Name: "BatchNormMoments", Use: Networks, Sizes: normSizes,
		Job: func(s map[string]int) Job {
			rows, c := s["rows"], s["channels"]
			return passJob(rows, c, []int{c, c, rows * c}, 4, 1, func(f [][]float32) {
				kernels.BatchNormMoments(f[0], f[1], f[2], c, rows, c)
			})
		},
		Cases: rowsCase(BatchNormMoments),
		Any:   anyRows(BatchNormMoments),
	},
	{
		Name: "BatchNorm", Use: Networks, Sizes: normSizes,
		Job: func(s map[string]int) Job {
			rows, c := s["rows"], s["channels"]
			return passJob(rows, c, []int{rows * c, rows * c, c, c, c}, 3, 2, func(f [][]float32) {
				kernels.BatchNorm(f[0], c, f[1], c, f[2], f[3], f[4], rows, c)
			})
		},
		Cases: rowsCase(BatchNorm),
		Any:   anyRows(BatchNorm),
	},
	{
		Name: "BatchNormGradSums", Use: Networks, Sizes: normSizes,
		Job: func(s map[string]int) Job {
			rows, c := s["rows"], s["channels"]
			return passJob(rows, c, []int{c, c, rows * c, rows * c, c}, 4, 2, func(f [][]float32) {
				kernels.BatchNormGradSums(f[0], f[1], f[2], c, f[3], c, f[4], rows, c)
			})
		},
		Cases: rowsCase(BatchNormGradSums),
		Any:   anyRows(BatchNormGradSums),
	},
	{
		Name: "BatchNormGrad", Use: Networks, Sizes: normSizes,
		Job: func(s map[string]int) Job {
			rows, c := s["rows"], s["channels"]
			return passJob(rows, c, []int{rows * c, rows * c, rows * c, c, c, c, c}, 5, 3, func(f [][]float32) {
				kernels.BatchNormGrad(f[0], c, f[1], c, f[2], c, f[3], f[4], f[5], f[6], rows, c)
			})
		},
		Cases: rowsCase(BatchNormGrad),
		Any:   anyRows(BatchNormGrad),
	},
}

var normSizes = []Size{{"rows", 1}, {"channels", 1}}

// passJob goes over rows of channels, with operations and accesses for each element.
func passJob(rows, channels int, lengths []int, flops, accesses float64, run func(f [][]float32)) Job {
	n := float64(rows * channels)
	return Job{Lengths: lengths, Run: run, Flops: flops * n, Bytes: 4 * accesses * n}
}

func anyRows(call func(s *Source, rows, channels, pad int) Call) func(s *Source, pick Picker) Call {
	return func(s *Source, pick Picker) Call { return call(s, 1+pick(40), 1+pick(70), pick(5)) }
}
