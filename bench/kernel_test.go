package bench

import (
	"fmt"
	"strings"
	"testing"

	"srhmbench/bench/roof"
	"srhmbench/kernels"
)

// BenchmarkGEMM is the forward product; this and the others below run at every shape of their operation.
func BenchmarkGEMM(b *testing.B) { shaped(b) }

// BenchmarkGEMMT is the product with the transpose.
func BenchmarkGEMMT(b *testing.B) { shaped(b) }

// BenchmarkGEMMNT is the product of a few rows with the transpose.
func BenchmarkGEMMNT(b *testing.B) { shaped(b) }

// BenchmarkMomentumGEMM is the gradient and the momentum step.
func BenchmarkMomentumGEMM(b *testing.B) { shaped(b) }

// BenchmarkMatMul is the general product, with packing where it packs.
func BenchmarkMatMul(b *testing.B) { shaped(b) }

// BenchmarkRelaxedMatMul is the product in Go alone that rounds as it likes. It has no tiers, and no bits to hold it to.
func BenchmarkRelaxedMatMul(b *testing.B) {
	for _, n := range []int{64, 256} {
		b.Run(fmt.Sprintf("m=%d/n=%d/k=%d", n, n, n), func(b *testing.B) {
			x, y, z := roof.Touched(n*n), roof.Touched(n*n), roof.Touched(n*n)
			for b.Loop() {
				kernels.RelaxedMatMul(kernels.NN, z, n, x, n, y, n, n, n, n, false)
			}
			if z[0] != float32(n) || z[n*n-1] != float32(n) {
				b.Fatalf("a product of ones is %v, want %d", z[0], n)
			}
			report(b, 2*float64(n*n*n), 12*float64(n*n), 12*n*n)
		})
	}
}

// BenchmarkBatchMatMul is many small products.
func BenchmarkBatchMatMul(b *testing.B) { shaped(b) }

// BenchmarkPack is a matrix laid out in panels.
func BenchmarkPack(b *testing.B) { shaped(b) }

// BenchmarkGEMV is a matrix times a vector.
func BenchmarkGEMV(b *testing.B) { shaped(b) }

// BenchmarkGEMVT is the transpose times a vector.
func BenchmarkGEMVT(b *testing.B) { shaped(b) }

// BenchmarkRankK is a matrix plus a product of two thin ones.
func BenchmarkRankK(b *testing.B) { shaped(b) }

// BenchmarkGER is a matrix plus a product of two vectors.
func BenchmarkGER(b *testing.B) { shaped(b) }

// BenchmarkGatherRows is sums of rows here and there.
func BenchmarkGatherRows(b *testing.B) { shaped(b) }

// BenchmarkReLU is max(0, x).
func BenchmarkReLU(b *testing.B) { shaped(b) }

// BenchmarkReLUGrad is its derivative.
func BenchmarkReLUGrad(b *testing.B) { shaped(b) }

// BenchmarkMomentum is a step of SGD with momentum.
func BenchmarkMomentum(b *testing.B) { shaped(b) }

// BenchmarkCatchUp is the momentum steps that a row without gradient missed.
func BenchmarkCatchUp(b *testing.B) { shaped(b) }

// BenchmarkMomentumSteps is steps without gradient.
func BenchmarkMomentumSteps(b *testing.B) { shaped(b) }

// BenchmarkSoftmax is exp(x) over its sum.
func BenchmarkSoftmax(b *testing.B) { shaped(b) }

// BenchmarkSoftmaxCrossEntropy is the loss of a batch and its gradient.
func BenchmarkSoftmaxCrossEntropy(b *testing.B) { shaped(b) }

// BenchmarkSigmoid is 1/(1+exp(-x)).
func BenchmarkSigmoid(b *testing.B) { shaped(b) }

// BenchmarkSiLU is x·sigmoid(x).
func BenchmarkSiLU(b *testing.B) { shaped(b) }

// BenchmarkTanh is the hyperbolic tangent.
func BenchmarkTanh(b *testing.B) { shaped(b) }

// BenchmarkLog is the natural logarithm.
func BenchmarkLog(b *testing.B) { shaped(b) }

// BenchmarkRsqrt is 1/√x.
func BenchmarkRsqrt(b *testing.B) { shaped(b) }

// BenchmarkSigmoidGrad is the derivative of the sigmoid.
func BenchmarkSigmoidGrad(b *testing.B) { shaped(b) }

// BenchmarkSiLUGrad is the derivative of SiLU.
func BenchmarkSiLUGrad(b *testing.B) { shaped(b) }

// BenchmarkTanhGrad is the derivative of the hyperbolic tangent.
func BenchmarkTanhGrad(b *testing.B) { shaped(b) }

// BenchmarkAdd is a sum of vectors.
func BenchmarkAdd(b *testing.B) { shaped(b) }

// BenchmarkMultiply is a product element by element.
func BenchmarkMultiply(b *testing.B) { shaped(b) }

// BenchmarkDecayMomentum is a step of SGD with momentum and weight decay.
func BenchmarkDecayMomentum(b *testing.B) { shaped(b) }

// BenchmarkConv is a convolution.
func BenchmarkConv(b *testing.B) { shaped(b) }

// BenchmarkConvGradInput is its gradient with respect to the input.
func BenchmarkConvGradInput(b *testing.B) { shaped(b) }

// BenchmarkConvGradWeights is its gradient with respect to the weights.
func BenchmarkConvGradWeights(b *testing.B) { shaped(b) }

// BenchmarkDepthwiseConv is a convolution of every channel by itself.
func BenchmarkDepthwiseConv(b *testing.B) { shaped(b) }

// BenchmarkDepthwiseConvGradInput is its gradient with respect to the input.
func BenchmarkDepthwiseConvGradInput(b *testing.B) { shaped(b) }

// BenchmarkDepthwiseConvGradWeights is its gradient with respect to the weights.
func BenchmarkDepthwiseConvGradWeights(b *testing.B) { shaped(b) }

// BenchmarkBatchNormMoments is means and variances of channels.
func BenchmarkBatchNormMoments(b *testing.B) { shaped(b) }

// BenchmarkBatchNorm is channels brought to a mean and a variance.
func BenchmarkBatchNorm(b *testing.B) { shaped(b) }

// BenchmarkBatchNormGradSums is the sums that its gradient needs.
func BenchmarkBatchNormGradSums(b *testing.B) { shaped(b) }

// BenchmarkBatchNormGrad is its gradient.
func BenchmarkBatchNormGrad(b *testing.B) { shaped(b) }

// BenchmarkMaxPool is the largest elements of windows.
func BenchmarkMaxPool(b *testing.B) { shaped(b) }

// BenchmarkMaxPoolGrad is its gradient.
func BenchmarkMaxPoolGrad(b *testing.B) { shaped(b) }

// BenchmarkAveragePool is means of windows.
func BenchmarkAveragePool(b *testing.B) { shaped(b) }

// BenchmarkAveragePoolGrad is its gradient.
func BenchmarkAveragePoolGrad(b *testing.B) { shaped(b) }

// BenchmarkTranspose is a matrix turned over.
func BenchmarkTranspose(b *testing.B) { shaped(b) }

// shaped runs the operation that its benchmark is named after at every shape that the files name, warm and cold, on
// every tier.
func shaped(b *testing.B) {
	op := strings.TrimPrefix(b.Name(), "Benchmark")
	shapes, err := Shapes()
	if err != nil {
		b.Fatal(err)
	}
	for _, s := range shapes {
		if s.Op != op {
			continue
		}
		j := s.job()
		var want []float32 // computed when the first benchmark of the shape runs
		for _, cold := range []bool{false, true} {
			name := fmt.Sprintf("shapes=%s/%s/%s/", s.Set, cacheName(cold), s.Name())
			onTiers(b, name, j.small(), func(b *testing.B) {
				if want == nil {
					want = generically(b, j)
				}
				if err := check(j.result(), want); err != nil {
					b.Fatal(err)
				}
				j.time(b, cold)
			})
		}
	}
}

func cacheName(cold bool) string {
	if cold {
		return "cache=cold"
	}
	return "cache=warm"
}

func generically(b *testing.B, j job) []float32 {
	undo, err := kernels.Force(kernels.Generic)
	if err != nil {
		b.Fatal(err)
	}
	defer undo()
	return j.result()
}

// time measures the job. A cold one takes operands that were not used for a long time: the next, in an
// order that no prefetcher knows, of copies that fill twice the last-level cache.
func (j job) time(b *testing.B, cold bool) {
	size := j.total()
	memory := slab()
	copies := 1
	if cold {
		copies = max(len(memory)/size, 1)
	}
	if copies*size > len(memory) {
		memory = make([]float32, size) // one job that is larger than all caches is always cold
	}
	j.values(memory[:size])
	for i := 1; i < copies; i++ {
		copy(memory[i*size:(i+1)*size], memory)
	}
	f, step := make([][]float32, len(j.Lengths)), stride(copies)
	j.operands(f, memory)
	set := size
	if cold {
		set = len(memory)
	}
	b.ReportAllocs()
	for at := 0; b.Loop(); {
		j.Run(f)
		if cold {
			at = (at + step) % copies
			j.operands(f, memory[at*size:])
		}
	}
	report(b, j.Flops, j.Bytes, 4*set)
}

// stride is a step through n copies that visits them all and never a neighbour, if n allows it.
func stride(n int) int {
	for step := n*5/13 + 1; ; step++ {
		if gcd(step, n) == 1 {
			return step
		}
	}
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
