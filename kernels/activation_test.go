package kernels

import (
	"math"
	"testing"
)

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
