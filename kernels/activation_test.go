package kernels

import (
	"math"
	"testing"
)

// The largest errors over all float32 are stated at the entry points; SRHM_EXP_STRIDE=1 tries every one.
func TestActivationsAreWithinTheirBounds(t *testing.T) {
	stride := expStride(t)
	for _, c := range []struct {
		name string
		f    func(float32) float32
		true func(float64) float64
		low  float32 // where the bound begins
		ulps float64
	}{
		{"sigmoid", sigmoid32, func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }, -87, 2.2},
		{"silu", silu32, func(x float64) float64 { return x / (1 + math.Exp(-x)) }, -87, 2.2},
		{"tanh", tanh32, math.Tanh, -math.MaxFloat32, 1.5},
		{"log", log32, math.Log, 0, 1},
		{"rsqrt", rsqrt32, func(x float64) float64 { return 1 / math.Sqrt(x) }, 0, 1.5},
	} {
		t.Run(c.name, func(t *testing.T) {
			worst, at := 0.0, float32(0)
			for bits := uint64(0); bits < 1<<32; bits += uint64(stride) {
				x := math.Float32frombits(uint32(bits))
				if !(x >= c.low) || x == 0 || x > math.MaxFloat32 {
					continue
				}
				want := c.true(float64(x))
				if math.Abs(want) < 0x1p-126 { // a denormal has fewer bits to get right
					continue
				}
				if want == 0 && c.f(x) == 0 {
					continue
				}
				if e := ulps(c.f(x), want); !(e <= worst) {
					worst, at = e, x
				}
			}
			t.Logf("at most %.3f ulp, at %v", worst, at)
			if !(worst <= c.ulps) {
				t.Errorf("%s(%v) is %v, off by %v ulp", c.name, at, c.f(at), worst)
			}
		})
	}
}

func TestActivationsAtTheEnds(t *testing.T) {
	inf, zero, nan := float32(math.Inf(1)), float32(0), float32(math.NaN())
	negZero := -float32(math.Copysign(0, 1))
	for _, c := range []struct {
		name    string
		f       func(float32) float32
		x, want float32
	}{
		{"sigmoid", sigmoid32, inf, 1}, {"sigmoid", sigmoid32, -inf, 0}, {"sigmoid", sigmoid32, zero, 0.5}, {"sigmoid", sigmoid32, nan, nan},
		{"silu", silu32, inf, inf}, {"silu", silu32, -inf, zero}, {"silu", silu32, zero, 0}, {"silu", silu32, nan, nan},
		{"siluGrad", siluGrad32, inf, 1}, {"siluGrad", siluGrad32, -inf, 0}, {"siluGrad", siluGrad32, 0, 0.5}, {"siluGrad", siluGrad32, nan, nan},
		{"tanh", tanh32, inf, 1}, {"tanh", tanh32, -inf, -1}, {"tanh", tanh32, negZero, negZero}, {"tanh", tanh32, nan, nan},
		{"log", log32, inf, inf}, {"log", log32, zero, -inf}, {"log", log32, negZero, -inf}, {"log", log32, 1, 0}, {"log", log32, -1, nan}, {"log", log32, -inf, nan}, {"log", log32, nan, nan},
		{"rsqrt", rsqrt32, inf, 0}, {"rsqrt", rsqrt32, zero, inf}, {"rsqrt", rsqrt32, -1, nan}, {"rsqrt", rsqrt32, 4, 0.5},
	} {
		if got := c.f(c.x); got != c.want && (got == got || c.want == c.want) {
			t.Errorf("%s(%v) is %v, want %v", c.name, c.x, got, c.want)
		}
	}
}
