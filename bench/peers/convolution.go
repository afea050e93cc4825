package main

import (
	"fmt"
	"math"
	"math/rand/v2"

	"srhmbench/kernels"
)

// The three convolutions of a training step, with the names of our kernels.
const (
	conv            = "Conv"
	convGradInput   = "ConvGradInput"
	convGradWeights = "ConvGradWeights"
)

var convolutionNames = []string{conv, convGradInput, convGradWeights}

// images holds the operands of convolutions: x and dx of the input and y and dy of the output, channels last; w and dw
// are [group][tap][input channel][output channel].
type images struct{ x, w, y, dx, dw, dy []float32 }

func newImages(s kernels.ConvShape) *images {
	r := rand.New(rand.NewPCG(1, 2))
	weights := s.Taps() * s.In * s.Out / s.Groups
	return &images{
		x: randomValues(r, s.Inputs()*s.In), w: randomValues(r, weights), dy: randomValues(r, s.Outputs()*s.Out),
		y: make([]float32, s.Outputs()*s.Out), dx: make([]float32, s.Inputs()*s.In), dw: make([]float32, weights),
	}
}

// convolutions holds a library's convolutions by name, on images given beforehand. results brings the images up to
// date where a library keeps them elsewhere; it may be nil. about describes what the library chose for this shape, if
// it tells.
type convolutions struct {
	do      map[string]func()
	results func()
	about   string
}

// isDepthwise reports whether each channel is a group of its own.
func isDepthwise(s kernels.ConvShape) bool { return s.Groups > 1 && s.Groups == s.In && s.In == s.Out }

// meeting is a tap that meets the input at an output position.
type meeting struct{ output, tap, input int }

func meetings(s kernels.ConvShape) []meeting {
	var list []meeting
	for output := range s.Outputs() {
		b, row, col := output/(s.OutHeight()*s.OutWidth()), output/s.OutWidth()%s.OutHeight(), output%s.OutWidth()
		for tap := range s.Taps() {
			r, c := row*s.Stride[0]-s.Pad[0]+tap/s.Kernel[1], col*s.Stride[1]-s.Pad[1]+tap%s.Kernel[1]
			if r >= 0 && r < s.Height && c >= 0 && c < s.Width {
				list = append(list, meeting{output, tap, (b*s.Height+r)*s.Width + c})
			}
		}
	}
	return list
}

// convolutionWork returns the workload of a convolution.
func convolutionWork(name string, s kernels.ConvShape) workload {
	w := workload{flops: convolutionFlops(name, s), unit: "GFLOP/s"}
	x, y, weights := float64(4*s.Inputs()*s.In), float64(4*s.Outputs()*s.Out), float64(4*s.Taps()*s.In*s.Out/s.Groups)
	w.set = x + y + weights
	w.read = w.set - map[string]float64{conv: y, convGradInput: x, convGradWeights: weights}[name]
	return w
}

// check runs a convolution once and compares it with sums in float64.
func (c convolutions) check(name string, s kernels.ConvShape, o *images) error {
	c.do[name]()
	if c.results != nil {
		c.results()
	}
	got, terms := o.terms(name, s)
	step := checkStep(int(convolutionWork(name, s).flops / 2))
	for at := 0; at < len(got); at += step {
		want, size := 0.0, 0.0
		terms(at, func(x, y float32) {
			p := float64(x) * float64(y)
			want, size = want+p, size+math.Abs(p)
		})
		if x := float64(got[at]); !near(x, want, size) {
			return fmt.Errorf("%s %s: element %d is %v, want %v", name, convolutionName(s), at, x, want)
		}
	}
	return nil
}

// terms returns the result of a convolution and a function that yields the products that an element of it sums.
func (o *images) terms(name string, s kernels.ConvShape) (result []float32, terms func(at int, add func(x, y float32))) {
	in, out := s.In/s.Groups, s.Out/s.Groups // channels of a group
	x := func(m meeting, group, i int) float32 { return o.x[m.input*s.In+group*in+i] }
	dy := func(m meeting, group, j int) float32 { return o.dy[m.output*s.Out+group*out+j] }
	w := func(m meeting, group, i, j int) float32 { return o.w[((group*s.Taps()+m.tap)*in+i)*out+j] }
	switch name {
	case conv:
		at := meetingsBy(s, s.Outputs(), func(m meeting) int { return m.output })
		return o.y, func(y int, add func(x, y float32)) {
			group, j := y%s.Out/out, y%s.Out%out
			for _, m := range at[y/s.Out] {
				for i := range in {
					add(x(m, group, i), w(m, group, i, j))
				}
			}
		}
	case convGradInput:
		at := meetingsBy(s, s.Inputs(), func(m meeting) int { return m.input })
		return o.dx, func(x int, add func(x, y float32)) {
			group, i := x%s.In/in, x%s.In%in
			for _, m := range at[x/s.In] {
				for j := range out {
					add(dy(m, group, j), w(m, group, i, j))
				}
			}
		}
	}
	at := meetingsBy(s, s.Taps(), func(m meeting) int { return m.tap })
	return o.dw, func(weight int, add func(x, y float32)) {
		group, tap, i, j := weight/(out*in*s.Taps()), weight/(out*in)%s.Taps(), weight/out%in, weight%out
		for _, m := range at[tap] {
			add(x(m, group, i), dy(m, group, j))
		}
	}
}

func meetingsBy(s kernels.ConvShape, n int, which func(m meeting) int) [][]meeting {
	lists := make([][]meeting, n)
	for _, m := range meetings(s) {
		lists[which(m)] = append(lists[which(m)], m)
	}
	return lists
}

func convolutionName(s kernels.ConvShape) string {
	return fmt.Sprintf("batch=%d/height=%d/width=%d/kernel=%d/stride=%d/in=%d/out=%d/groups=%d",
		s.Batch, s.Height, s.Width, s.Kernel[1], s.Stride[1], s.In, s.Out, s.Groups)
}
