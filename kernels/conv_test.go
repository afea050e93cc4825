package kernels_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"srhmbench/kernels"
	"srhmbench/kernels/kerneltest"
)

func drawWindow(t *rapid.T) kernels.Window {
	v := kernels.Window{Batch: draw(t, "batch", 1, 4), Height: draw(t, "height", 1, 6), Width: draw(t, "width", 1, 9)}
	for i, in := range []int{v.Height, v.Width} {
		v.Pad[i] = draw(t, "pad", 0, 2)
		v.Kernel[i] = draw(t, "kernel", 1, min(4, in+2*v.Pad[i]))
		v.Stride[i] = draw(t, "stride", 1, 3)
	}
	return v
}

func drawConv(t *rapid.T) kernels.ConvShape {
	groups := draw(t, "groups", 1, 3)
	return kernels.ConvShape{Window: drawWindow(t), In: groups * draw(t, "in", 1, 8), Out: groups * draw(t, "out", 1, 20), Groups: groups}
}

// The bits stay the same when threads take some of the images, or some of the output channels.
func TestConvInPartsIsConv(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		c := drawConv(t)
		c.Groups, c.Out = 1, 16*draw(t, "panels", 1, 4)
		x, w := values(s, c.Inputs()*c.In), values(s, c.Weights())
		want := make([]float32, c.Outputs()*c.Out)
		kernels.Conv(want, c.Out, x, c.In, w, c, false)

		got := make([]float32, len(want))
		first, rest := c, c
		first.Batch = draw(t, "images of one part", 0, c.Batch)
		rest.Batch -= first.Batch
		channels := 16 * draw(t, "panels of one part", 0, c.Out/16-1)
		kernels.Conv(got, c.Out, x, c.In, w, first, false)
		for _, part := range [][2]int{{0, channels}, {channels, c.Out - channels}} {
			rest.Out = part[1]
			if rest.Batch > 0 && rest.Out > 0 {
				kernels.Conv(got[first.Outputs()*c.Out+part[0]:], c.Out, x[first.Inputs()*c.In:], c.In, w[part[0]*c.Taps()*c.In:], rest, false)
			}
		}
		mustEqual(t, "Conv in parts", got, want)
	})
}

// The gradient of the weights goes on from image to image.
func TestConvGradWeightsInBatchesIsConvGradWeights(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		c := drawConv(t)
		x, dy := values(s, c.Inputs()*c.In), values(s, c.Outputs()*c.Out)
		want, got := make([]float32, c.Weights()), make([]float32, c.Weights())
		kernels.ConvGradWeights(want, x, c.In, dy, c.Out, c, false)
		first, rest := c, c
		first.Batch = draw(t, "images", 0, c.Batch)
		rest.Batch -= first.Batch
		kernels.ConvGradWeights(got, x, c.In, dy, c.Out, first, false)
		kernels.ConvGradWeights(got, x[first.Inputs()*c.In:], c.In, dy[first.Outputs()*c.Out:], c.Out, rest, true)
		mustEqual(t, "ConvGradWeights in two batches", got, want)
	})
}

// A convolution with a window of one position is a product of matrices.
func TestPointConvIsGEMM(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		m, n, k := draw(t, "m", 1, 30), 16*draw(t, "panels", 1, 3), draw(t, "k", 1, 20)
		c := kernels.ConvShape{Window: kernels.Window{Batch: m, Height: 1, Width: 1, Kernel: [2]int{1, 1}, Stride: [2]int{1, 1}}, In: k, Out: n, Groups: 1}
		x, w, z := values(s, m*k), values(s, k*n), values(s, m*n)
		want, got := make([]float32, m*n), make([]float32, m*n)
		kernels.GEMM(want, n, x, k, w, m, n, k, false)
		kernels.Conv(got, n, x, k, w, c, false)
		mustEqual(t, "Conv", got, want)

		want, got = make([]float32, k*n), make([]float32, k*n)
		kernels.GEMM(want, n, transposed(x, m, k), m, panelled(z, m, n), k, n, m, false)
		kernels.ConvGradWeights(got, x, k, z, n, c, false)
		mustEqual(t, "ConvGradWeights", got, panelled(want, k, n))
	})
}

func TestDepthwiseConvIsConvInGroups(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		v, channels := drawWindow(t), draw(t, "channels", 1, 40)
		c := kernels.ConvShape{Window: v, In: channels, Out: channels, Groups: channels}
		x, dy, w := values(s, v.Inputs()*channels), values(s, v.Outputs()*channels), values(s, v.Taps()*channels)
		grouped := func(w []float32) []float32 {
			g := make([]float32, c.Weights())
			for i, x := range w {
				g[c.WeightIndex(i%channels, i/channels, 0, 0)] = x
			}
			return g
		}
		want, got := make([]float32, len(dy)), make([]float32, len(dy))
		kernels.Conv(want, channels, x, channels, grouped(w), c, false)
		kernels.DepthwiseConv(got, channels, x, channels, w, v, channels)
		mustEqual(t, "DepthwiseConv", got, want)

		want, got = make([]float32, len(x)), make([]float32, len(x))
		wt := make([]float32, c.TurnedWeights())
		kernels.TurnWeights(wt, grouped(w), c)
		kernels.ConvGradInput(want, channels, dy, channels, wt, c, false)
		kernels.DepthwiseConvGradInput(got, channels, dy, channels, w, v, channels)
		mustEqual(t, "DepthwiseConvGradInput", got, want)

		want, got = make([]float32, c.Weights()), make([]float32, len(w))
		kernels.ConvGradWeights(want, x, channels, dy, channels, c, false)
		kernels.DepthwiseConvGradWeights(got, x, channels, dy, channels, v, channels)
		mustEqual(t, "DepthwiseConvGradWeights", grouped(got), want)
	})
}

func TestTurnWeights(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		c := drawConv(t)
		turned := c
		turned.In, turned.Out = c.Out, c.In
		w, wt := values(s, c.Weights()), make([]float32, c.TurnedWeights())
		kernels.TurnWeights(wt, w, c)
		for g := range c.Groups {
			for tap := range c.Taps() {
				for i := range c.In / c.Groups {
					for o := range c.Out / c.Groups {
						if x, y := w[c.WeightIndex(g, tap, i, o)], wt[turned.WeightIndex(g, tap, o, i)]; !kerneltest.Same(x, y) {
							t.Fatalf("group %d, tap %d, %d to %d: %v, want %v", g, tap, i, o, y, x)
						}
					}
				}
			}
		}
	})
}

// Weights that do not fit in the second-level cache are taken in several blocks of panels.
func TestConvWithManyWeights(t *testing.T) {
	c := kernels.ConvShape{Window: kernels.Window{Batch: 1, Height: 1, Width: 3, Kernel: [2]int{1, 3}, Stride: [2]int{1, 1}, Pad: [2]int{0, 1}}, In: 700, Out: 40, Groups: 1}
	s := kerneltest.NewSource(kerneltest.Ordinary, 1)
	x, w := values(s, c.Inputs()*c.In), values(s, c.Weights())
	var want []float32
	for _, tier := range kernels.Available() {
		undo, err := kernels.Force(tier)
		if err != nil {
			t.Fatal(err)
		}
		y := make([]float32, c.Outputs()*c.Out)
		kernels.Conv(y, c.Out, x, c.In, w, c, false)
		undo()
		if want == nil {
			want = y
		}
		if !slices.Equal(y, want) {
			t.Errorf("%v: other bits than the generic tier", tier)
		}
	}
}

// derivative checks a gradient against differences of a loss, Σ dy·y. The loss is linear in each operand, so the
// differences are exact but for rounding.
func derivative(t *testing.T, name string, operand, gradient []float32, loss func() float64) {
	t.Helper()
	before := loss()
	for i := range operand {
		const h = 0.5
		old := operand[i]
		operand[i] = old + h
		up := loss() - before
		operand[i] = old
		if want := up / h; math.Abs(want-float64(gradient[i])) > 1e-4*(1+math.Abs(want)) {
			t.Fatalf("%s[%d] is %v, differences give %v", name, i, gradient[i], want)
		}
	}
}

func dot(x, y []float32) (sum float64) {
	for i := range x {
		sum += float64(x[i]) * float64(y[i])
	}
	return sum
}

func TestConvGradientsAreDerivatives(t *testing.T) {
	onTiers(t, func(t *testing.T) {
		for i, c := range []kernels.ConvShape{
			{Window: kernels.Window{Batch: 2, Height: 1, Width: 6, Kernel: [2]int{1, 3}, Stride: [2]int{1, 1}, Pad: [2]int{0, 1}}, In: 3, Out: 5, Groups: 1},
			{Window: kernels.Window{Batch: 2, Height: 5, Width: 4, Kernel: [2]int{3, 2}, Stride: [2]int{2, 3}, Pad: [2]int{1, 0}}, In: 4, Out: 6, Groups: 2},
		} {
			s := kerneltest.NewSource(kerneltest.Ordinary, uint64(i))
			x, dy, w := values(s, c.Inputs()*c.In), values(s, c.Outputs()*c.Out), values(s, c.Weights())
			y, dx, dw, wt := make([]float32, len(dy)), make([]float32, len(x)), make([]float32, len(w)), make([]float32, c.TurnedWeights())
			kernels.TurnWeights(wt, w, c)
			kernels.ConvGradInput(dx, c.In, dy, c.Out, wt, c, false)
			kernels.ConvGradWeights(dw, x, c.In, dy, c.Out, c, false)
			loss := func() float64 {
				kernels.Conv(y, c.Out, x, c.In, w, c, false)
				return dot(y, dy)
			}
			derivative(t, fmt.Sprintf("%d: dx", i), x, dx, loss)
			derivative(t, fmt.Sprintf("%d: dw", i), w, dw, loss)
		}
	})
}

func TestDepthwiseConvGradientsAreDerivatives(t *testing.T) {
	onTiers(t, func(t *testing.T) {
		v := kernels.Window{Batch: 2, Height: 5, Width: 4, Kernel: [2]int{3, 2}, Stride: [2]int{2, 1}, Pad: [2]int{1, 0}}
		const channels = 9
		s := kerneltest.NewSource(kerneltest.Ordinary, 1)
		x, dy, w := values(s, v.Inputs()*channels), values(s, v.Outputs()*channels), values(s, v.Taps()*channels)
		y, dx, dw := make([]float32, len(dy)), make([]float32, len(x)), make([]float32, len(w))
		kernels.DepthwiseConvGradInput(dx, channels, dy, channels, w, v, channels)
		kernels.DepthwiseConvGradWeights(dw, x, channels, dy, channels, v, channels)
		loss := func() float64 {
			kernels.DepthwiseConv(y, channels, x, channels, w, v, channels)
			return dot(y, dy)
		}
		derivative(t, "dx", x, dx, loss)
		derivative(t, "dw", w, dw, loss)
	})
}
