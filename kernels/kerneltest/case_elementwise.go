package kerneltest

import (
	"fmt"

	"srhmbench/kernels"
)

// ReLU keeps n elements where they are positive.
func ReLU(s *Source, n int) Call {
	return Call{
		Shape:  fmt.Sprintf("n=%d", n),
		Floats: []Operand{s.vector("dst", n).out(), s.vector("src", n)},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.ReLU(f[0], f[1])
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			out := make([]Truth, n)
			for i, x := range f[1] {
				out[i] = exactly(float64(x))
				if x < 0 {
					out[i] = exactly(0)
				}
			}
			return [][]Truth{out, nil}, nil
		},
		Onto: [][2]int{{0, 1}},
	}
}

// ReLUGrad keeps n elements where others are positive.
func ReLUGrad(s *Source, n int) Call {
	return Call{
		Shape:  fmt.Sprintf("n=%d", n),
		Floats: []Operand{s.vector("dz", n).out(), s.vector("dx", n), s.vector("z", n)},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.ReLUGrad(f[0], f[1], f[2])
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			out := make([]Truth, n)
			for i, z := range f[2] {
				out[i] = exactly(0)
				if z > 0 {
					out[i] = exactly(float64(f[1][i]))
				}
			}
			return [][]Truth{out, nil, nil}, nil
		},
		Onto: [][2]int{{0, 1}, {0, 2}},
	}
}

// Momentum makes a step on n weights.
func Momentum(s *Source, n int) Call {
	scale, mu, lr := s.Float(), s.Float(), s.Float()
	return Call{
		Shape:  fmt.Sprintf("n=%d scale=%v mu=%v lr=%v", n, scale, mu, lr),
		Floats: []Operand{s.vector("w", n).out(), s.vector("m", n).out(), s.vector("grad", n)},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.Momentum(f[0], f[1], f[2], scale, mu, lr)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			w, m := make([]Truth, n), make([]Truth, n)
			for i := range n {
				var g sum
				g.add(f[2][i], scale)
				g.add(mu, f[1][i])
				next := from(f[0][i])
				next.addScaled(-lr, g)
				w[i], m[i] = next.truth(), g.truth()
			}
			return [][]Truth{w, m, nil}, nil
		},
	}
}

// MomentumSteps makes steps without gradient of n weights.
func MomentumSteps(s *Source, n, steps int) Call {
	mu, lr := s.Float(), s.Float()
	return Call{
		Shape:  fmt.Sprintf("n=%d steps=%d mu=%v lr=%v", n, steps, mu, lr),
		Floats: []Operand{s.vector("w", n).out(), s.vector("m", n).out()},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.MomentumSteps(f[0], f[1], steps, mu, lr)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			w, m := make([]Truth, n), make([]Truth, n)
			for i := range n {
				next, momentum := from(f[0][i]), from(f[1][i])
				for range steps {
					var g sum
					g.addScaled(mu, momentum)
					momentum = g
					next.addScaled(-lr, momentum)
				}
				w[i], m[i] = next.truth(), momentum.truth()
			}
			return [][]Truth{w, m}, nil
		},
	}
}

func momentumStepsCase(s *Source, each func(Call)) {
	for n := 0; n <= 240; n += 16 {
		for steps := range 5 {
			each(MomentumSteps(s, n, steps))
		}
	}
}

// CatchUp makes the missed steps of n weights.
func CatchUp(s *Source, n int) Call {
	decay, drift := s.Float(), s.Float()
	return Call{
		Shape:  fmt.Sprintf("n=%d decay=%v drift=%v", n, decay, drift),
		Floats: []Operand{s.vector("w", n).out(), s.vector("m", n).out()},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.CatchUp(f[0], f[1], decay, drift)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			w, m := make([]Truth, n), make([]Truth, n)
			for i := range n {
				next := from(f[0][i])
				next.add(-drift, f[1][i])
				var left sum
				left.add(decay, f[1][i])
				w[i], m[i] = next.truth(), left.truth()
			}
			return [][]Truth{w, m}, nil
		},
	}
}

// lengths makes a case of an operation on vectors: every length around one and two vectors of 16, and
// more up to ten of them.
func lengths(call func(s *Source, n int) Call) func(s *Source, each func(Call)) {
	return func(s *Source, each func(Call)) {
		for n := range 70 {
			each(call(s, n))
		}
		for _, n := range []int{79, 80, 81, 95, 97, 127, 128, 129, 143, 160} {
			each(call(s, n))
		}
	}
}

// anyLength makes one call of an operation on vectors.
func anyLength(call func(s *Source, n int) Call) func(s *Source, pick Picker) Call {
	return func(s *Source, pick Picker) Call { return call(s, pick(1024)) }
}

var elementwiseOperations = []Operation{
	{
		Name: "ReLU", Use: Networks, Sizes: vectorSizes,
		Job:   vectorJob(2, 1, 2, func(f [][]float32) { kernels.ReLU(f[0], f[1]) }),
		Cases: lengths(ReLU),
		Any:   anyLength(ReLU),
	},
	{
		Name: "ReLUGrad", Use: Networks, Sizes: vectorSizes,
		Job:   vectorJob(3, 1, 3, func(f [][]float32) { kernels.ReLUGrad(f[0], f[1], f[2]) }),
		Cases: lengths(ReLUGrad),
		Any:   anyLength(ReLUGrad),
	},
	{
		Name: "Momentum", Use: Networks, Sizes: vectorSizes,
		Job:   vectorJob(3, 5, 5, func(f [][]float32) { kernels.Momentum(f[0], f[1], f[2], 0.5, 0.9, 1e-9) }),
		Cases: lengths(Momentum),
		Any:   anyLength(Momentum),
	},
	{
		Name: "CatchUp", Use: Networks, Sizes: vectorSizes,
		Job:   vectorJob(2, 3, 4, func(f [][]float32) { kernels.CatchUp(f[0], f[1], 1, 1e-9) }),
		Cases: lengths(CatchUp),
		Any:   anyLength(CatchUp),
	},
	{
		Name: "MomentumSteps", Use: Networks, Sizes: []Size{{"n", 16}, {"steps", 1}},
		Job: func(s map[string]int) Job {
			n, steps := s["n"], s["steps"]
			return Job{
				Lengths: []int{n, n},
				Run:     func(f [][]float32) { kernels.MomentumSteps(f[0], f[1], steps, 1, 1e-9) },
				Flops:   float64(4 * n * steps), Bytes: 4 * float64(4*n),
			}
		},
		Cases: momentumStepsCase,
		Any:   func(s *Source, pick Picker) Call { return MomentumSteps(s, 16*pick(16), pick(6)) },
	},
}
