package kerneltest

import (
	"fmt"
	"math"

	"srhmbench/kernels"
)

// Sigmoid of n elements.
func Sigmoid(s *Source, n int) Call {
	return mapped(s, n, kernels.Sigmoid, func(x float64) Truth { return within(2.5, sigmoid(x), 0x1p-125) })
}

// SiLU of n elements.
func SiLU(s *Source, n int) Call {
	return mapped(s, n, kernels.SiLU, func(x float64) Truth {
		if x < -1e3 { // so that -Inf is not multiplied by 0
			return Truth{0, smallest}
		}
		return within(3.3, x*sigmoid(x), 0x1p-118)
	})
}

// Tanh of n elements.
func Tanh(s *Source, n int) Call {
	return mapped(s, n, kernels.Tanh, func(x float64) Truth { return within(1.6, math.Tanh(x), smallest) })
}

// Log of n elements.
func Log(s *Source, n int) Call {
	return mapped(s, n, kernels.Log, func(x float64) Truth { return within(1, math.Log(x), 0) })
}

// Rsqrt of n elements.
func Rsqrt(s *Source, n int) Call {
	return mapped(s, n, kernels.Rsqrt, func(x float64) Truth { return within(1.5, 1/math.Sqrt(x), 0) })
}

// SigmoidGrad of n elements.
func SigmoidGrad(s *Source, n int) Call {
	return mapped2(s, n, "dx", "dy", "y", kernels.SigmoidGrad, func(dy, y float32) Truth {
		var grad sum
		grad.addScaled(dy, square(y, y))
		return grad.truth()
	})
}

// TanhGrad of n elements.
func TanhGrad(s *Source, n int) Call {
	return mapped2(s, n, "dx", "dy", "y", kernels.TanhGrad, func(dy, y float32) Truth {
		var grad sum
		grad.addScaled(dy, square(y, 1))
		return grad.truth()
	})
}

// square is z - y².
func square(y, z float32) sum {
	s := from(z)
	s.add(-y, y)
	return s
}

// SiLUGrad of n elements. The sigmoid, within 2.5 ulp or 5 units, carries its error on.
func SiLUGrad(s *Source, n int) Call {
	return mapped2(s, n, "dx", "dy", "x", kernels.SiLUGrad, func(dy, x float32) Truth {
		d, at := float64(dy), max(-1e3, min(1e3, float64(x)))
		s, rest := sigmoid(at), sigmoid(-at)
		slope := s + at*s*rest
		spread := 5*s + math.Abs(at)*s*(5*math.Abs(rest-s)+rest) + 2*math.Abs(slope)
		bound := math.Abs(d)*(1.01*unit*spread+0x1p-118) + smallest
		if math.IsInf(d, 0) || math.Abs(d) > math.MaxFloat32/4 {
			bound = math.Inf(1)
		}
		if x != x {
			bound = math.NaN()
		}
		return Truth{d * slope, bound}
	})
}

// Add of n elements.
func Add(s *Source, n int) Call {
	return mapped2(s, n, "dst", "x", "y", kernels.Add, func(x, y float32) Truth {
		total := from(x)
		total.add(y, 1)
		return total.truth()
	})
}

// Multiply of n elements.
func Multiply(s *Source, n int) Call {
	return mapped2(s, n, "dst", "x", "y", kernels.Multiply, func(x, y float32) Truth {
		var product sum
		product.add(x, y)
		return product.truth()
	})
}

// DecayMomentum makes a step on n weights.
func DecayMomentum(s *Source, n int) Call {
	scale, decay, mu, lr := s.Float(), s.Float(), s.Float(), s.Float()
	return Call{
		Shape:  fmt.Sprintf("n=%d scale=%v decay=%v mu=%v lr=%v", n, scale, decay, mu, lr),
		Floats: []Operand{s.vector("w", n).out(), s.vector("m", n).out(), s.vector("grad", n)},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.DecayMomentum(f[0], f[1], f[2], scale, decay, mu, lr)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			w, m := make([]Truth, n), make([]Truth, n)
			for i := range n {
				var g sum
				g.add(f[2][i], scale)
				g.add(decay, f[0][i])
				g.add(mu, f[1][i])
				next := from(f[0][i])
				next.addScaled(-lr, g)
				w[i], m[i] = next.truth(), g.truth()
			}
			return [][]Truth{w, m, nil}, nil
		},
	}
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// within bounds an error in units of the last place, which are at most two units of rounding, or by a value.
func within(ulps, value, absolute float64) Truth {
	switch {
	case math.IsNaN(value):
		return Truth{value, math.NaN()}
	case math.IsInf(value, 0):
		return Truth{value, 1}
	}
	return Truth{value, ulps*2*unit*math.Abs(value) + absolute}
}

// mapped is a call from one vector to another.
func mapped(s *Source, n int, do func(dst, src []float32), truth func(x float64) Truth) Call {
	return Call{
		Shape:  fmt.Sprintf("n=%d", n),
		Floats: []Operand{s.vector("dst", n).out(), s.vector("src", n)},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			do(f[0], f[1])
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			out := make([]Truth, n)
			for i, x := range f[1] {
				out[i] = truth(float64(x))
			}
			return [][]Truth{out, nil}, nil
		},
		Onto: [][2]int{{0, 1}},
	}
}

// mapped2 is a call from two vectors to a third.
func mapped2(s *Source, n int, out, in1, in2 string, do func(dst, x, y []float32), truth func(x, y float32) Truth) Call {
	return Call{
		Shape:  fmt.Sprintf("n=%d", n),
		Floats: []Operand{s.vector(out, n).out(), s.vector(in1, n), s.vector(in2, n)},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			do(f[0], f[1], f[2])
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			out := make([]Truth, n)
			for i, x := range f[1] {
				out[i] = truth(x, f[2][i])
			}
			return [][]Truth{out, nil, nil}, nil
		},
		Onto: [][2]int{{0, 1}, {0, 2}},
	}
}

var activationOperations = []Operation{
	{
		Name: "Sigmoid", Use: Networks, Sizes: vectorSizes,
		Job:   vectorJob(2, 15, 2, func(f [][]float32) { kernels.Sigmoid(f[0], f[1]) }),
		Cases: lengths(Sigmoid),
		Any:   anyLength(Sigmoid),
	},
	{
		Name: "SiLU", Use: Networks, Sizes: vectorSizes,
		Job:   vectorJob(2, 16, 2, func(f [][]float32) { kernels.SiLU(f[0], f[1]) }),
		Cases: lengths(SiLU),
		Any:   anyLength(SiLU),
	},
	{
		Name: "Tanh", Use: Library, Sizes: vectorSizes,
		Job:   vectorJob(2, 26, 2, func(f [][]float32) { kernels.Tanh(f[0], f[1]) }),
		Cases: lengths(Tanh),
		Any:   anyLength(Tanh),
	},
	{
		Name: "Log", Use: Library, Sizes: vectorSizes,
		Job:   vectorJob(2, 25, 2, func(f [][]float32) { kernels.Log(f[0], f[1]) }),
		Cases: lengths(Log),
		Any:   anyLength(Log),
	},
	{
		Name: "Rsqrt", Use: Library, Sizes: vectorSizes,
		Job:   vectorJob(2, 2, 2, func(f [][]float32) { kernels.Rsqrt(f[0], f[1]) }),
		Cases: lengths(Rsqrt),
		Any:   anyLength(Rsqrt),
	},
	{
		Name: "SigmoidGrad", Use: Networks, Sizes: vectorSizes,
		Job:   vectorJob(3, 3, 3, func(f [][]float32) { kernels.SigmoidGrad(f[0], f[1], f[2]) }),
		Cases: lengths(SigmoidGrad),
		Any:   anyLength(SigmoidGrad),
	},
	{
		Name: "SiLUGrad", Use: Networks, Sizes: vectorSizes,
		Job:   vectorJob(3, 20, 3, func(f [][]float32) { kernels.SiLUGrad(f[0], f[1], f[2]) }),
		Cases: lengths(SiLUGrad),
		Any:   anyLength(SiLUGrad),
	},
	{
		Name: "TanhGrad", Use: Library, Sizes: vectorSizes,
		Job:   vectorJob(3, 3, 3, func(f [][]float32) { kernels.TanhGrad(f[0], f[1], f[2]) }),
		Cases: lengths(TanhGrad),
		Any:   anyLength(TanhGrad),
	},
	{
		Name: "Add", Use: Networks, Sizes: vectorSizes,
		Job:   vectorJob(3, 1, 3, func(f [][]float32) { kernels.Add(f[0], f[1], f[2]) }),
		Cases: lengths(Add),
		Any:   anyLength(Add),
	},
	{
		Name: "Multiply", Use: Networks, Sizes: vectorSizes,
		Job:   vectorJob(3, 1, 3, func(f [][]float32) { kernels.Multiply(f[0], f[1], f[2]) }),
		Cases: lengths(Multiply),
		Any:   anyLength(Multiply),
	},
	{
		Name: "DecayMomentum", Use: Library, Sizes: vectorSizes,
		Job:   vectorJob(3, 7, 5, func(f [][]float32) { kernels.DecayMomentum(f[0], f[1], f[2], 0.5, 1e-4, 0.9, 1e-9) }),
		Cases: lengths(DecayMomentum),
		Any:   anyLength(DecayMomentum),
	},
}
