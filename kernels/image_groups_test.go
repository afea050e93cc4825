package kernels_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"srhmbench/kernels"
	"srhmbench/kernels/kerneltest"
)

// longBatches are batches of signals and images in several groups, the last not full.
var longBatches = []kernels.Window{
	{Batch: 45, Height: 1, Width: 36, Kernel: [2]int{1, 3}, Stride: [2]int{1, 1}, Pad: [2]int{0, 1}},
	{Batch: 27_778, Height: 1, Width: 36, Kernel: [2]int{1, 3}, Stride: [2]int{1, 1}, Pad: [2]int{0, 1}},
	{Batch: 64, Height: 56, Width: 56, Kernel: [2]int{3, 3}, Stride: [2]int{2, 2}, Pad: [2]int{1, 1}},
}

// similar draws numbers whose products do not cancel, for which one chain is at its worst.
func similar(n int) []float32 {
	x, r := make([]float32, n), rand.New(rand.NewPCG(1, uint64(n)))
	for i := range x {
		x[i] = float32(5.3 + 0.01*r.Float64())
	}
	return x
}

// truthOfGradient is the gradient of one weight, a sum of positive terms.
func truthOfGradient(x []float32, in, i int, dy []float32, out, o int, v kernels.Window, tap int) (sum float64) {
	rows, cols := v.Outputs()/v.Batch, v.Inputs()/v.Batch
	width := (v.Width+2*v.Pad[1]-v.Kernel[1])/v.Stride[1] + 1
	for b := range v.Batch {
		for at := range rows {
			h := at/width*v.Stride[0] - v.Pad[0] + tap/v.Kernel[1]
			w := at%width*v.Stride[1] - v.Pad[1] + tap%v.Kernel[1]
			if h >= 0 && h < v.Height && w >= 0 && w < v.Width {
				sum += float64(x[(b*cols+h*v.Width+w)*in+i]) * float64(dy[(b*rows+at)*out+o])
			}
		}
	}
	return sum
}

// groupedBound is the error, as a share of a sum of positive terms, that ConvGradWeights states.
func groupedBound(v kernels.Window) float64 {
	positions := v.Outputs()
	group := max(1024, positions/v.Batch)
	return float64(group+positions/group+2) * unit
}

// Gradients of weights keep the bound that ConvGradWeights states, however many images there are, on every tier with the
// same bits. The columns that pad a panel stay as they are.
func TestGradWeightsOfLongBatches(t *testing.T) {
	const in, out = 2, 3
	for _, v := range longBatches {
		c := kernels.ConvShape{Window: v, In: in, Out: out, Groups: 1}
		x, dy := similar(v.Inputs()*in), similar(v.Outputs()*out)
		var first []float32
		onTiers(t, func(t *testing.T) {
			dw := make([]float32, c.Weights())
			for i := range dw {
				dw[i] = 7
			}
			kernels.ConvGradWeights(dw, x, in, dy, out, c, true)
			if first == nil {
				first = dw
			}
			if !slices.EqualFunc(dw, first, kerneltest.Same) {
				t.Errorf("%+v: %v, on another tier %v", v, dw, first)
			}
			for i := range dw {
				if i%16 >= out && dw[i] != 7 {
					t.Fatalf("element %d, which pads a panel, is %v", i, dw[i])
				}
			}
			for tap := range v.Taps() {
				want := truthOfGradient(x, in, 1, dy, out, 2, v, tap)
				mustBeNear(t, fmt.Sprintf("%+v, tap %d", v, tap), float64(dw[c.WeightIndex(0, tap, 1, 2)]), want+7, groupedBound(v))
			}
		})
	}
}

func TestDepthwiseGradWeightsOfLongBatches(t *testing.T) {
	const channels = 3
	for _, v := range longBatches {
		x, dy := similar(v.Inputs()*channels), similar(v.Outputs()*channels)
		var first []float32
		onTiers(t, func(t *testing.T) {
			dw := make([]float32, v.Taps()*channels)
			kernels.DepthwiseConvGradWeights(dw, x, channels, dy, channels, v, channels)
			if first == nil {
				first = dw
			}
			if !slices.EqualFunc(dw, first, kerneltest.Same) {
				t.Errorf("%+v: %v, on another tier %v", v, dw, first)
			}
			for tap := range v.Taps() {
				want := truthOfGradient(x, channels, 2, dy, channels, 2, v, tap)
				mustBeNear(t, fmt.Sprintf("%+v, tap %d", v, tap), float64(dw[tap*channels+2]), want, groupedBound(v))
			}
		})
	}
}

func mustBeNear(t *testing.T, what string, got, want, share float64) {
	t.Helper()
	if d := math.Abs(got - want); !(d <= share*want) {
		t.Errorf("%s: %v is %.2g of %v away, want at most %.2g", what, got, d/want, want, share)
	}
}
