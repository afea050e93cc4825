//go:build (amd64 || arm64) && !purego

package kernels_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"srhmbench/kernels"
	"srhmbench/kernels/kerneltest"
)

// The bits stay the same however a product is cut and whatever is copied.
func TestMatMulInAnyBlocks(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		op := rapid.SampledFrom(kerneltest.Transpositions).Draw(t, "op")
		m, n, k := draw(t, "m", 1, 60), draw(t, "n", 1, 150), draw(t, "k", 1, 30)
		a, b, c := values(s, m*k), values(s, k*n), values(s, m*n)
		lda, ldb := k, n
		if op == kernels.TN || op == kernels.TT {
			lda = m
		}
		if op == kernels.NT || op == kernels.TT {
			ldb = k
		}
		accumulate := rapid.Bool().Draw(t, "accumulate")
		want, got := slices.Clone(c), slices.Clone(c)
		kernels.MatMul(op, want, n, a, lda, b, ldb, m, n, k, accumulate)
		undo := kernels.CutMatMul(draw(t, "block of m", 1, 20), draw(t, "block of n", 1, 70), draw(t, "block of k", 1, 10), draw(t, "copies from", 1, 60))
		defer undo()
		kernels.MatMul(op, got, n, a, lda, b, ldb, m, n, k, accumulate)
		mustEqual(t, "in blocks", got, want)
	})
}

// The bits stay the same however many positions the gradient of the weights takes at a time, and whether or not it
// copies x.
func TestConvGradWeightsInAnyBlocks(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		c := drawConv(t)
		padX, padDY := draw(t, "between positions of x", 0, 3), draw(t, "between positions of dy", 0, 3)
		ldx, lddy := c.In+padX, c.Out+padDY
		x, dy, dw := values(s, c.Inputs()*ldx), values(s, c.Outputs()*lddy), values(s, c.Weights())
		accumulate := rapid.Bool().Draw(t, "accumulate")
		want, got := slices.Clone(dw), slices.Clone(dw)
		kernels.ConvGradWeights(want, x, ldx, dy, lddy, c, accumulate)
		undo := kernels.CutConvGradWeights(draw(t, "positions", 1, 60), draw(t, "copies from", 0, 40))
		defer undo()
		kernels.ConvGradWeights(got, x, ldx, dy, lddy, c, accumulate)
		mustEqual(t, "in blocks", got, want)
	})
}

// The bits stay the same whether or not rows share the sums of the gradient of depthwise weights.
func TestDepthwiseConvGradWeightsInAnyRows(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		v, channels := drawWindow(t), draw(t, "channels", 1, 40)
		v.Height += draw(t, "more rows", 0, 8)
		ldx, lddy := channels+draw(t, "between positions of x", 0, 3), channels+draw(t, "between positions of dy", 0, 3)
		x, dy := values(s, v.Inputs()*ldx), values(s, v.Outputs()*lddy)
		want, got := make([]float32, v.Taps()*channels), make([]float32, v.Taps()*channels)
		undo := kernels.ShareDepthwiseGradWeights(1 << 30)
		kernels.DepthwiseConvGradWeights(want, x, ldx, dy, lddy, v, channels)
		undo()
		defer kernels.ShareDepthwiseGradWeights(0)()
		kernels.DepthwiseConvGradWeights(got, x, ldx, dy, lddy, v, channels)
		mustEqual(t, "rows together", got, want)
	})
}

// The bits stay the same however many rows are summed at a time.
func TestBatchNormSumsInAnyChunks(t *testing.T) {
	property(t, func(t *rapid.T, s *kerneltest.Source) {
		rows, channels := draw(t, "rows", 1, 150), draw(t, "channels", 1, 40)
		ldx, lddy := channels+draw(t, "between rows of x", 0, 3), channels+draw(t, "between rows of dy", 0, 3)
		x, dy := values(s, rows*ldx), values(s, rows*lddy)
		sums := func() []float32 {
			out := make([]float32, 4*channels)
			mean, variance, dshift, dscale := out[:channels], out[channels:2*channels], out[2*channels:3*channels], out[3*channels:]
			kernels.BatchNormMoments(mean, variance, x, ldx, rows, channels)
			kernels.BatchNormGradSums(dshift, dscale, dy, lddy, x, ldx, mean, rows, channels)
			return out
		}
		want := sums()
		defer kernels.CutRowSums(draw(t, "bytes", 1, 20000))()
		mustEqual(t, "in chunks", sums(), want)
	})
}

// With a single position, the distance to the next is never used.
func TestConvGradWeightsOfOnePosition(t *testing.T) {
	c := kernels.ConvShape{Window: kernels.Window{Batch: 1, Height: 1, Width: 1, Kernel: [2]int{1, 1}, Stride: [2]int{1, 1}}, In: 7, Out: 5, Groups: 1}
	onTiers(t, func(t *testing.T) {
		s := kerneltest.NewSource(kerneltest.Ordinary, 1)
		x, dy := values(s, c.In), values(s, c.Out)
		want, got := make([]float32, c.Weights()), make([]float32, c.Weights())
		kernels.ConvGradWeights(want, x, c.In, dy, c.Out, c, false)
		for _, ld := range []int{0, 1 << 61} {
			kernels.ConvGradWeights(got, x, ld, dy, ld, c, false)
			if !slices.Equal(got, want) {
				t.Errorf("at a distance of %d: %v, want %v", ld, got, want)
			}
		}
	})
}
