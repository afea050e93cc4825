package kerneltest

import (
	"fmt"

	"srhmbench/kernels"
)

// Conv is a convolution of images whose positions are pad elements further apart than their channels.
func Conv(s *Source, c kernels.ConvShape, pad int, accumulate bool) Call {
	y := s.matrix("y", c.Outputs(), c.Out, pad).out()
	x := s.matrix("x", c.Inputs(), c.In, pad)
	return Call{
		Shape:  fmt.Sprintf("%+v pad=%d accumulate=%t", c, pad, accumulate),
		Floats: []Operand{y, x, s.vector("w", c.Weights())},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.Conv(f[0], y.Stride, f[1], x.Stride, f[2], c, accumulate)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			sums := starts(y, f[0], accumulate)
			pairs(c.Window, func(tap, from, to int) {
				products(c, func(group, i, o int) {
					w := f[2][c.WeightIndex(group, tap, i, o)]
					sums[to*c.Out+group*(c.Out/c.Groups)+o].add(f[1][from*x.Stride+group*(c.In/c.Groups)+i], w)
				})
			})
			return [][]Truth{truths(sums), nil, nil}, nil
		},
	}
}

// ConvGradInput is the gradient of a convolution with respect to its input.
func ConvGradInput(s *Source, c kernels.ConvShape, pad int, accumulate bool) Call {
	dx := s.matrix("dx", c.Inputs(), c.In, pad).out()
	dy := s.matrix("dy", c.Outputs(), c.Out, pad)
	turned := c
	turned.In, turned.Out = c.Out, c.In
	return Call{
		Shape:  fmt.Sprintf("%+v pad=%d accumulate=%t", c, pad, accumulate),
		Floats: []Operand{dx, dy, s.vector("wt", c.TurnedWeights())},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.ConvGradInput(f[0], dx.Stride, f[1], dy.Stride, f[2], c, accumulate)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			sums := starts(dx, f[0], accumulate)
			pairs(c.Window, func(tap, from, to int) {
				products(c, func(group, i, o int) {
					w := f[2][turned.WeightIndex(group, tap, o, i)]
					sums[from*c.In+group*(c.In/c.Groups)+i].add(f[1][to*dy.Stride+group*(c.Out/c.Groups)+o], w)
				})
			})
			return [][]Truth{truths(sums), nil, nil}, nil
		},
	}
}

// ConvGradWeights is the gradient of a convolution with respect to its weights.
func ConvGradWeights(s *Source, c kernels.ConvShape, pad int, accumulate bool) Call {
	x := s.matrix("x", c.Inputs(), c.In, pad)
	dy := s.matrix("dy", c.Outputs(), c.Out, pad)
	return Call{
		Shape:  fmt.Sprintf("%+v pad=%d accumulate=%t", c, pad, accumulate),
		Floats: []Operand{s.vector("dw", c.Weights()).out(), x, dy},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.ConvGradWeights(f[0], f[1], x.Stride, f[2], dy.Stride, c, accumulate)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			out := make([]Truth, c.Weights())
			for i, padding := range f[0] {
				out[i] = exactly(float64(padding))
			}
			sums := make([]sum, c.Weights())
			if accumulate {
				for i, x := range f[0] {
					sums[i] = from(x)
				}
			}
			pairs(c.Window, func(tap, from, to int) {
				products(c, func(group, i, o int) {
					sums[c.WeightIndex(group, tap, i, o)].add(f[1][from*x.Stride+group*(c.In/c.Groups)+i], f[2][to*dy.Stride+group*(c.Out/c.Groups)+o])
				})
			})
			for tap := range c.Taps() {
				products(c, func(group, i, o int) {
					at := c.WeightIndex(group, tap, i, o)
					out[at] = sums[at].truth()
				})
			}
			return [][]Truth{out, nil, nil}, nil
		},
	}
}

// DepthwiseConv is a convolution of every channel by itself.
func DepthwiseConv(s *Source, v kernels.Window, channels, pad int) Call {
	return depthwise(s, v, channels, pad, "y", "x", kernels.DepthwiseConv, false)
}

// DepthwiseConvGradInput is its gradient with respect to the input.
func DepthwiseConvGradInput(s *Source, v kernels.Window, channels, pad int) Call {
	return depthwise(s, v, channels, pad, "dx", "dy", kernels.DepthwiseConvGradInput, true)
}

func depthwise(s *Source, v kernels.Window, channels, pad int, outName, inName string, do func(y []float32, ldy int, x []float32, ldx int, w []float32, v kernels.Window, channels int), back bool) Call {
	outs, ins := v.Outputs(), v.Inputs()
	if back {
		outs, ins = ins, outs
	}
	y, x := s.matrix(outName, outs, channels, pad).out(), s.matrix(inName, ins, channels, pad)
	return Call{
		Shape:  fmt.Sprintf("%+v channels=%d pad=%d", v, channels, pad),
		Floats: []Operand{y, x, s.vector("w", v.Taps()*channels)},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			do(f[0], y.Stride, f[1], x.Stride, f[2], v, channels)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			sums := make([]sum, outs*channels)
			pairs(v, func(tap, from, to int) {
				if back {
					from, to = to, from
				}
				for c := range channels {
					sums[to*channels+c].add(f[1][from*x.Stride+c], f[2][tap*channels+c])
				}
			})
			return [][]Truth{truths(sums), nil, nil}, nil
		},
	}
}

// DepthwiseConvGradWeights is its gradient with respect to the weights.
func DepthwiseConvGradWeights(s *Source, v kernels.Window, channels, pad int) Call {
	x, dy := s.matrix("x", v.Inputs(), channels, pad), s.matrix("dy", v.Outputs(), channels, pad)
	return Call{
		Shape:  fmt.Sprintf("%+v channels=%d pad=%d", v, channels, pad),
		Floats: []Operand{s.vector("dw", v.Taps()*channels).out(), x, dy},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.DepthwiseConvGradWeights(f[0], f[1], x.Stride, f[2], dy.Stride, v, channels)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			sums := make([]sum, v.Taps()*channels)
			pairs(v, func(tap, from, to int) {
				for c := range channels {
					sums[tap*channels+c].add(f[1][from*x.Stride+c], f[2][to*dy.Stride+c])
				}
			})
			return [][]Truth{truths(sums), nil, nil}, nil
		},
	}
}

// products visits every pair of an input and an output channel of the same group.
func products(c kernels.ConvShape, f func(group, in, out int)) {
	for g := range c.Groups {
		for i := range c.In / c.Groups {
			for o := range c.Out / c.Groups {
				f(g, i, o)
			}
		}
	}
}

// starts are the sums that an operand's elements begin with.
func starts(o Operand, data []float32, accumulate bool) []sum {
	sums := make([]sum, o.Rows*o.Cols)
	for i := range sums {
		if accumulate {
			sums[i] = from(data[i/o.Cols*o.Stride+i%o.Cols])
		}
	}
	return sums
}

func truths(sums []sum) []Truth {
	out := make([]Truth, len(sums))
	for i, s := range sums {
		out[i] = s.truth()
	}
	return out
}

// convCase has few channels with every window, and many kinds of channels with a few.
func convCase(call func(s *Source, c kernels.ConvShape, pad int, accumulate bool) Call) func(s *Source, each func(Call)) {
	return func(s *Source, each func(Call)) {
		for i, v := range windows() {
			each(call(s, kernels.ConvShape{Window: v, In: 1 + i%3, Out: 1 + 5*i%19, Groups: 1}, i%3, i%2 == 0))
			each(call(s, kernels.ConvShape{Window: v, In: 4, Out: 2, Groups: 2}, i%2, i%3 == 0))
		}
		v := kernels.Window{Batch: 2, Height: 2, Width: 3, Kernel: [2]int{2, 3}, Stride: [2]int{1, 1}, Pad: [2]int{0, 1}}
		for _, in := range []int{1, 4, 6, 7, 16, 21} {
			for _, out := range []int{1, 8, 15, 16, 17, 32, 33, 50} {
				each(call(s, kernels.ConvShape{Window: v, In: in, Out: out, Groups: 1}, (in+out)%3, (in+out)%2 == 0))
			}
		}
		each(call(s, kernels.ConvShape{Window: v, In: 51, Out: 54, Groups: 3}, 1, true))
		each(call(s, kernels.ConvShape{Window: v, In: 8, Out: 8, Groups: 8}, 0, false))
		line := kernels.Window{Batch: 2, Height: 1, Width: 5, Kernel: [2]int{1, 3}, Stride: [2]int{1, 1}, Pad: [2]int{0, 1}}
		each(call(s, kernels.ConvShape{Window: line, In: 134, Out: 95, Groups: 1}, 3, false)) // the gradient of the weights copies x
	}
}

func depthwiseCase(call func(s *Source, v kernels.Window, channels, pad int) Call) func(s *Source, each func(Call)) {
	return func(s *Source, each func(Call)) {
		for i, v := range windows() {
			each(call(s, v, 1+7*i%23, i%3))
		}
		v := kernels.Window{Batch: 2, Height: 2, Width: 3, Kernel: [2]int{2, 3}, Stride: [2]int{1, 1}, Pad: [2]int{0, 1}}
		for channels := 1; channels < 70; channels++ {
			each(call(s, v, channels, channels%4))
		}
		for _, channels := range []int{95, 96, 97, 128, 129, 200, 270} {
			each(call(s, v, channels, 0))
		}
		for stride := 1; stride <= 3; stride++ { // whole vectors of channels at windows that have everything
			each(call(s, kernels.Window{Batch: 2, Height: 5, Width: 14, Kernel: [2]int{3, 3}, Stride: [2]int{stride, stride}, Pad: [2]int{1, 1}}, 40, 1))
			each(call(s, kernels.Window{Batch: 1, Height: 6, Width: 19, Kernel: [2]int{3, 5}, Stride: [2]int{stride, 1}, Pad: [2]int{1, 2}}, 40, 0))
		}
	}
}

var convOperations = []Operation{
	{
		Name: "Conv", Use: Networks, Sizes: convSizes,
		Job: func(s map[string]int) Job {
			c := convOf(s)
			return productJob(c.Outputs()*c.Out, c.Inputs()*c.In, c.Weights(), convProducts(c), func(f [][]float32) {
				kernels.Conv(f[0], c.Out, f[1], c.In, f[2], c, false)
			})
		},
		Cases: convCase(Conv),
		Any:   anyConv(Conv),
	},
	{
		Name: "ConvGradInput", Use: Networks, Sizes: convSizes,
		Job: func(s map[string]int) Job {
			c := convOf(s)
			return productJob(c.Inputs()*c.In, c.Outputs()*c.Out, c.TurnedWeights(), convProducts(c), func(f [][]float32) {
				kernels.ConvGradInput(f[0], c.In, f[1], c.Out, f[2], c, false)
			})
		},
		Cases: convCase(ConvGradInput),
		Any:   anyConv(ConvGradInput),
	},
	{
		Name: "ConvGradWeights", Use: Networks, Sizes: convSizes,
		Job: func(s map[string]int) Job {
			c := convOf(s)
			return productJob(c.Weights(), c.Inputs()*c.In, c.Outputs()*c.Out, convProducts(c), func(f [][]float32) {
				kernels.ConvGradWeights(f[0], f[1], c.In, f[2], c.Out, c, false)
			})
		},
		Cases: convCase(ConvGradWeights),
		Any:   anyConv(ConvGradWeights),
	},
	{
		Name: "DepthwiseConv", Use: Networks, Sizes: windowSizes,
		Job: func(s map[string]int) Job {
			v, c := windowOf(s), s["channels"]
			return productJob(v.Outputs()*c, v.Inputs()*c, v.Taps()*c, meetings(v)*c, func(f [][]float32) {
				kernels.DepthwiseConv(f[0], c, f[1], c, f[2], v, c)
			})
		},
		Cases: depthwiseCase(DepthwiseConv),
		Any:   anyDepthwise(DepthwiseConv),
	},
	{
		Name: "DepthwiseConvGradInput", Use: Networks, Sizes: windowSizes,
		Job: func(s map[string]int) Job {
			v, c := windowOf(s), s["channels"]
			return productJob(v.Inputs()*c, v.Outputs()*c, v.Taps()*c, meetings(v)*c, func(f [][]float32) {
				kernels.DepthwiseConvGradInput(f[0], c, f[1], c, f[2], v, c)
			})
		},
		Cases: depthwiseCase(DepthwiseConvGradInput),
		Any:   anyDepthwise(DepthwiseConvGradInput),
	},
	{
		Name: "DepthwiseConvGradWeights", Use: Networks, Sizes: windowSizes,
		Job: func(s map[string]int) Job {
			v, c := windowOf(s), s["channels"]
			return productJob(v.Taps()*c, v.Inputs()*c, v.Outputs()*c, meetings(v)*c, func(f [][]float32) {
				kernels.DepthwiseConvGradWeights(f[0], f[1], c, f[2], c, v, c)
			})
		},
		Cases: depthwiseCase(DepthwiseConvGradWeights),
		Any:   anyDepthwise(DepthwiseConvGradWeights),
	},
}

var convSizes = []Size{{"batch", 1}, {"height", 1}, {"width", 1}, {"kernel", 1}, {"stride", 1}, {"in", 1}, {"out", 1}, {"groups", 1}}

func convOf(s map[string]int) kernels.ConvShape {
	return kernels.ConvShape{Window: windowOf(s), In: s["in"], Out: s["out"], Groups: s["groups"]}
}

func convProducts(c kernels.ConvShape) int { return meetings(c.Window) * c.In / c.Groups * c.Out }

func anyConv(call func(s *Source, c kernels.ConvShape, pad int, accumulate bool) Call) func(s *Source, pick Picker) Call {
	return func(s *Source, pick Picker) Call {
		g := 1 + pick(3)
		c := kernels.ConvShape{Window: anyWindow(pick), In: g * (1 + pick(20)), Out: g * (1 + pick(40)), Groups: g}
		return call(s, c, pick(5), pick.flag())
	}
}

func anyDepthwise(call func(s *Source, v kernels.Window, channels, pad int) Call) func(s *Source, pick Picker) Call {
	return func(s *Source, pick Picker) Call { return call(s, anyWindow(pick), 1+pick(80), pick(5)) }
}
