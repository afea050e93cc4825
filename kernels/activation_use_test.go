package kernels_test

import (
	"fmt"
	"math"
	"testing"

	"srhmbench/kernels"
)

func activationWrongUses(add func(op, says string, call func())) {
	maps := map[string]func(dst, src []float32){"Sigmoid": kernels.Sigmoid, "SiLU": kernels.SiLU, "Tanh": kernels.Tanh, "Log": kernels.Log, "Rsqrt": kernels.Rsqrt}
	maps2 := map[string]func(dst, x, y []float32){"SigmoidGrad": kernels.SigmoidGrad, "SiLUGrad": kernels.SiLUGrad, "TanhGrad": kernels.TanhGrad, "Add": kernels.Add, "Multiply": kernels.Multiply}
	for _, n := range []int{0, 4, 6} {
		for op, f := range maps {
			add(op, fmt.Sprintf("dst has %d elements, want 5", n), func() { f(floats(n), floats(5)) })
		}
		for op, f := range maps2 {
			add(op, fmt.Sprintf(" has %d elements, want 5", n), func() { f(floats(n), floats(5), floats(5)) })
			add(op, fmt.Sprintf(" has %d elements, want 5", n), func() { f(floats(5), floats(5), floats(n)) })
		}
		add("DecayMomentum", fmt.Sprintf("m has %d elements, want 5", n), func() { kernels.DecayMomentum(floats(5), floats(n), floats(5), 1, 1, 1, 1) })
		add("DecayMomentum", fmt.Sprintf("grad has %d elements, want 5", n), func() { kernels.DecayMomentum(floats(5), floats(5), floats(n), 1, 1, 1, 1) })
	}
	shared := floats(9)
	for op, f := range maps {
		add(op, "dst overlaps src", func() { f(shared[1:6], shared[:5]) })
	}
	for op, f := range maps2 {
		add(op, " overlaps ", func() { f(shared[1:6], shared[:5], floats(5)) })
		add(op, " overlaps ", func() { f(shared[1:6], floats(5), shared[:5]) })
	}
	add("DecayMomentum", "w overlaps m", func() { kernels.DecayMomentum(shared[1:6], shared[:5], floats(5), 1, 1, 1, 1) })
	add("DecayMomentum", "m overlaps grad", func() { kernels.DecayMomentum(floats(5), shared[:5], shared[:5], 1, 1, 1, 1) })
}

// Gradients must match central differences of the functions in float64.
func TestActivationGradientsAreDerivatives(t *testing.T) {
	sigmoid := func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	onTiers(t, func(t *testing.T) {
		for _, c := range []struct {
			name string
			f    func(x float64) float64
			grad func(dx, dy, x []float32)
		}{
			{"sigmoid", sigmoid, func(dx, dy, x []float32) {
				y := make([]float32, len(x))
				kernels.Sigmoid(y, x)
				kernels.SigmoidGrad(dx, dy, y)
			}},
			{"silu", func(x float64) float64 { return x * sigmoid(x) }, kernels.SiLUGrad},
			{"tanh", math.Tanh, func(dx, dy, x []float32) {
				y := make([]float32, len(x))
				kernels.Tanh(y, x)
				kernels.TanhGrad(dx, dy, y)
			}},
		} {
			var x, dy, dx [201]float32
			for i := range x {
				x[i], dy[i] = float32(i-100)/16, 2
			}
			c.grad(dx[:], dy[:], x[:])
			for i, at := range x {
				const h = 1e-5
				want := 2 * (c.f(float64(at)+h) - c.f(float64(at)-h)) / (2 * h)
				if math.Abs(float64(dx[i])-want) > 1e-6 {
					t.Errorf("%s at %v: %v, want %v", c.name, at, dx[i], want)
				}
			}
		}
	})
}
