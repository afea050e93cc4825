package kernels

import (
	"math"
	"testing"
)

func TestExpBelowItsFloor(t *testing.T) {
	for _, x := range []float32{-87.00001, -88, -1e9, -math.MaxFloat32, float32(math.Inf(-1))} {
		if exp32(x) != exp32(expFloor) {
			t.Errorf("exp32(%v) is %v, want that of %v", x, exp32(x), expFloor)
		}
	}
	if x := exp32(float32(math.NaN())); x == x {
		t.Errorf("exp32(NaN) is %v", x)
	}
	if exp32(0) != 1 || exp32(float32(math.Copysign(0, -1))) != 1 {
		t.Error("exp32(0) is not 1")
	}
}
