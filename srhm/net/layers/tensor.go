package layers

import (
	"math"

	"srhmbench/kernels"
	"srhmbench/srhm"
)

// tensor is a parameter with its momentum, or running moments without one. Its numbers lie as package kernels wants
// them; shape and index are PyTorch's.
type tensor struct {
	name    string
	shape   []int
	index   func(i int) int // where number i, in C order, lies; nil for i itself
	length  int             // numbers in memory, padding included
	learned bool            // has a momentum
	start   float32         // first value of all numbers, if fanIn is 0
	fanIn   int             // of a weight or bias that is drawn

	w, m []float32
}

// vector is a tensor of one dimension.
func vector(name string, n int, learned bool, start float32) *tensor {
	return &tensor{name: name, shape: []int{n}, length: n, learned: learned, start: start}
}

// size is how many numbers it has without padding.
func (t *tensor) size() int {
	n := 1
	for _, k := range t.shape {
		n *= k
	}
	return n
}

func (t *tensor) at(i int) int {
	if t.index == nil {
		return i
	}
	return t.index(i)
}

// initialise makes the tensor and draws it, from a stream of its own, U(-1, 1)/√fan-in: what PyTorch's
// kaiming_uniform_(a=√5) comes to, and its bias.
func (t *tensor) initialise(seed uint64) {
	t.w = make([]float32, t.length)
	if t.learned {
		t.m = make([]float32, t.length)
	}
	if t.fanIn == 0 {
		for i := range t.w {
			t.w[i] = t.start
		}
		return
	}
	r, bound := srhm.Stream("net "+t.name, seed), 1/math.Sqrt(float64(t.fanIn))
	for i := range t.size() {
		t.w[t.at(i)] = float32((float64(2*r.Float64()) - 1) * bound)
	}
}

// convTensor is the weight of a convolution: out × in/groups × kernel.
func convTensor(name string, s kernels.ConvShape, dims int) *tensor {
	in, taps := s.In/s.Groups, s.Taps()
	return &tensor{
		name: name, shape: append([]int{s.Out, in}, s.Kernel[2-dims:]...), length: s.Weights(), learned: true, fanIn: in * taps,
		index: func(i int) int {
			tap, c, o := i%taps, i/taps%in, i/taps/in
			return s.WeightIndex(0, tap, c, o)
		},
	}
}

// depthwiseTensor is the weight of a depthwise convolution: channels × 1 × kernel.
func depthwiseTensor(name string, v kernels.Window, channels, dims int) *tensor {
	taps := v.Taps()
	return &tensor{
		name: name, shape: append([]int{channels, 1}, v.Kernel[2-dims:]...), length: taps * channels, learned: true, fanIn: taps,
		index: func(i int) int { return i%taps*channels + i/taps },
	}
}
