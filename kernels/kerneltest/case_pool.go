package kerneltest

import (
	"fmt"

	"srhmbench/kernels"
)

// MaxPool of images whose positions are pad elements further apart than their channels.
func MaxPool(s *Source, v kernels.Window, channels, pad int) Call {
	y, which := s.matrix("y", v.Outputs(), channels, pad).out(), s.matrix("which", v.Outputs(), channels, pad).out()
	x := s.matrix("x", v.Inputs(), channels, pad+1)
	return Call{
		Shape:  poolShape(v, channels, pad),
		Floats: []Operand{y, which, x},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.MaxPool(f[0], f[1], y.Stride, f[2], x.Stride, v, channels)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			best, taps := make([]Truth, v.Outputs()*channels), make([]Truth, v.Outputs()*channels)
			seen := make([]bool, v.Outputs())
			pairs(v, func(tap, from, to int) {
				for c := range channels {
					at, a := to*channels+c, float64(f[2][from*x.Stride+c])
					if !seen[to] || a > best[at].Value {
						best[at], taps[at] = exactly(a), exactly(float64(tap))
					}
				}
				seen[to] = true
			})
			return [][]Truth{best, taps, nil}, nil
		},
	}
}

// MaxPoolGrad is its gradient; half of the maxima are where no window has them.
func MaxPoolGrad(s *Source, v kernels.Window, channels, pad int) Call {
	dx := s.matrix("dx", v.Inputs(), channels, pad).out()
	dy, which := s.matrix("dy", v.Outputs(), channels, pad+1), s.matrix("which", v.Outputs(), channels, pad+1)
	for i := range which.Data {
		if which.inside(i) {
			which.Data[i] = float32(s.Int(2 * v.Taps()))
		}
	}
	return Call{
		Shape:  poolShape(v, channels, pad),
		Floats: []Operand{dx, dy, which},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.MaxPoolGrad(f[0], dx.Stride, f[1], f[2], dy.Stride, v, channels)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			sums := make([]sum, v.Inputs()*channels)
			pairs(v, func(tap, from, to int) {
				for c := range channels {
					if f[2][to*dy.Stride+c] == float32(tap) {
						sums[from*channels+c].add(f[1][to*dy.Stride+c], 1)
					}
				}
			})
			return [][]Truth{truths(sums), nil, nil}, nil
		},
	}
}

// AveragePool of images.
func AveragePool(s *Source, v kernels.Window, channels, pad int) Call {
	return averagePool(s, v, channels, pad, "y", "x", kernels.AveragePool, false)
}

// AveragePoolGrad is its gradient.
func AveragePoolGrad(s *Source, v kernels.Window, channels, pad int) Call {
	return averagePool(s, v, channels, pad, "dx", "dy", kernels.AveragePoolGrad, true)
}

func averagePool(s *Source, v kernels.Window, channels, pad int, outName, inName string, do func(y []float32, ldy int, x []float32, ldx int, v kernels.Window, channels int), back bool) Call {
	outs, ins := v.Outputs(), v.Inputs()
	if back {
		outs, ins = ins, outs
	}
	y, x := s.matrix(outName, outs, channels, pad).out(), s.matrix(inName, ins, channels, pad+1)
	return Call{
		Shape:  poolShape(v, channels, pad),
		Floats: []Operand{y, x},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			do(f[0], y.Stride, f[1], x.Stride, v, channels)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			sums := make([]sum, outs*channels)
			pairs(v, func(_, from, to int) {
				if back {
					from, to = to, from
				}
				for c := range channels {
					sums[to*channels+c].add(f[1][from*x.Stride+c], 1)
				}
			})
			out := make([]Truth, len(sums))
			for i, s := range sums {
				s.steps++ // the scale is rounded
				out[i] = quotient(s, v.Taps())
			}
			return [][]Truth{out, nil}, nil
		},
	}
}

func poolShape(v kernels.Window, channels, pad int) string {
	return fmt.Sprintf("%+v channels=%d pad=%d", v, channels, pad)
}

func poolCase(call func(s *Source, v kernels.Window, channels, pad int) Call) func(s *Source, each func(Call)) {
	return func(s *Source, each func(Call)) {
		depthwiseCase(func(s *Source, v kernels.Window, channels, pad int) Call {
			return call(s, poolable(v), channels, pad)
		})(s, each)
	}
}

// poolable pads a window so that each of its positions meets the image.
func poolable(v kernels.Window) kernels.Window {
	for i, in := range []int{v.Height, v.Width} {
		v.Pad[i] = min(v.Pad[i], v.Kernel[i]-1)
		if v.Kernel[i] > in+2*v.Pad[i] {
			v.Kernel[i], v.Pad[i] = in, 0
		}
	}
	return v
}

func anyPool(call func(s *Source, v kernels.Window, channels, pad int) Call) func(s *Source, pick Picker) Call {
	return func(s *Source, pick Picker) Call { return call(s, poolable(anyWindow(pick)), 1+pick(80), pick(5)) }
}

var poolOperations = []Operation{
	{
		Name: "MaxPool", Use: Networks, Sizes: windowSizes,
		Job: func(s map[string]int) Job {
			v, c := windowOf(s), s["channels"]
			return poolJob(v, c, []int{v.Outputs(), v.Outputs(), v.Inputs()}, func(f [][]float32) { kernels.MaxPool(f[0], f[1], c, f[2], c, v, c) })
		},
		Cases: poolCase(MaxPool),
		Any:   anyPool(MaxPool),
	},
	{
		Name: "MaxPoolGrad", Use: Networks, Sizes: windowSizes,
		Job: func(s map[string]int) Job {
			v, c := windowOf(s), s["channels"]
			return poolJob(v, c, []int{v.Inputs(), v.Outputs(), v.Outputs()}, func(f [][]float32) { kernels.MaxPoolGrad(f[0], c, f[1], f[2], c, v, c) })
		},
		Cases: poolCase(MaxPoolGrad),
		Any:   anyPool(MaxPoolGrad),
	},
	{
		Name: "AveragePool", Use: Networks, Sizes: windowSizes,
		Job: func(s map[string]int) Job {
			v, c := windowOf(s), s["channels"]
			return poolJob(v, c, []int{v.Outputs(), v.Inputs()}, func(f [][]float32) { kernels.AveragePool(f[0], c, f[1], c, v, c) })
		},
		Cases: poolCase(AveragePool),
		Any:   anyPool(AveragePool),
	},
	{
		Name: "AveragePoolGrad", Use: Networks, Sizes: windowSizes,
		Job: func(s map[string]int) Job {
			v, c := windowOf(s), s["channels"]
			return poolJob(v, c, []int{v.Inputs(), v.Outputs()}, func(f [][]float32) { kernels.AveragePoolGrad(f[0], c, f[1], c, v, c) })
		},
		Cases: poolCase(AveragePoolGrad),
		Any:   anyPool(AveragePoolGrad),
	},
}

// poolJob goes over images of these numbers of positions, with an operation for each tap and channel.
func poolJob(v kernels.Window, channels int, positions []int, run func(f [][]float32)) Job {
	j := Job{Run: run, Flops: float64(meetings(v) * channels)}
	for _, p := range positions {
		j.Lengths = append(j.Lengths, p*channels)
		j.Bytes += 4 * float64(p*channels)
	}
	return j
}
