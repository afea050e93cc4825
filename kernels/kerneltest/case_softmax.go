package kerneltest

import (
	"fmt"
	"math"

	"srhmbench/kernels"
)

// Softmax normalises n elements.
func Softmax(s *Source, n int) Call {
	scale := s.Float()
	return Call{
		Shape:  fmt.Sprintf("n=%d scale=%v", n, scale),
		Floats: []Operand{s.vector("dst", n).out(), s.vector("src", n)},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			peak, sum := kernels.Softmax(f[0], f[1], scale)
			return []float32{peak, sum}
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			dst, peak, sum := softmaxTruth(f[1], scale)
			return [][]Truth{dst, nil}, []Truth{peak, sum}
		},
		Onto: [][2]int{{0, 1}},
	}
}

// softmaxTruth bounds the error step by step: the product and the difference before exp are rounded, which
// exp turns into relative errors; exp adds 1 ulp, which is at most 2 units; the sum rounds once for every
// 16 elements and 4 times in the tree; the quotient once.
func softmaxTruth(src []float32, scale float32) (dst []Truth, peak, total Truth) {
	peak = softmaxPeak(src, scale)
	var sum, sumError, largest float64
	dst = make([]Truth, len(src))
	for i, x := range src {
		product := float64(x) * float64(scale)
		largest = max(largest, math.Abs(product))
		difference := max(product-peak.Value, -87)
		e := math.Exp(difference)
		shift := unit*(math.Abs(product)+math.Abs(peak.Value)-difference) + smallest
		dst[i] = Truth{e, math.Expm1(shift) + 2*unit}
		sum += e
		sumError += e * dst[i].Bound
	}
	if n := len(src); n > 0 {
		sumError = sumError/sum + float64(n/16+5)*unit
	}
	bound := func(error float64) float64 {
		switch {
		case math.IsNaN(largest):
			return math.NaN()
		case largest > 1e4: // the roundings before exp may be worth more than a factor, or overflow
			return math.Inf(1)
		}
		return 1.01*error + smallest
	}
	for i, e := range dst {
		dst[i] = Truth{e.Value / sum, bound(e.Value / sum * (e.Bound + sumError + unit))}
	}
	return dst, peak, Truth{sum, bound(sum * sumError)}
}

// softmaxPeak is the largest product that is a number.
func softmaxPeak(src []float32, scale float32) Truth {
	peak := math.Inf(-1)
	for _, x := range src {
		if p := float64(float32(float64(x) * float64(scale))); p > peak {
			peak = p
		}
	}
	// The sign of a zero is for the tiers to agree on.
	return Truth{peak, smallest}
}

var softmaxOperations = []Operation{
	{
		Name: "Softmax", Use: Library, Sizes: vectorSizes,
		Job:   vectorJob(2, 14, 2, func(f [][]float32) { kernels.Softmax(f[0], f[1], 0.5) }), // ten operations for the polynomial of exp, four around it
		Cases: lengths(Softmax),
		Any:   anyLength(Softmax),
	},
}
