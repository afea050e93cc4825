package kernels

import (
	"math"
	"os"
	"strconv"
	"testing"
)

// SRHM_EXP_STRIDE=1 tries every float32 from -87 to -0, a thousand million of them, in about two minutes;
// by default every 1009th.
func expStride(t *testing.T) uint32 {
	text := os.Getenv("SRHM_EXP_STRIDE")
	if text == "" {
		return 1009
	}
	n, err := strconv.ParseUint(text, 10, 32)
	if err != nil || n == 0 {
		t.Fatalf("SRHM_EXP_STRIDE is %q, want a positive number", text)
	}
	return uint32(n)
}

func TestExpIsWithinOneULP(t *testing.T) {
	stride := expStride(t)
	worst, at := 0.0, float32(0)
	for bits := uint64(math.Float32bits(float32(math.Copysign(0, -1)))); bits <= uint64(math.Float32bits(expFloor)); bits += uint64(stride) {
		x := math.Float32frombits(uint32(bits))
		if e := ulps(exp32(x), math.Exp(float64(x))); !(e <= worst) {
			worst, at = e, x
		}
	}
	t.Logf("at most %.3f ulp, at %v", worst, at)
	if !(worst <= 1) {
		t.Errorf("exp32(%v) is %v, off by %v ulp", at, exp32(at), worst)
	}
}

// ulps is the distance of x from y in units of the last place of the float32 nearest to y.
func ulps(x float32, y float64) float64 {
	near := float32(y)
	unit := math.Float32frombits(math.Float32bits(near)+1) - near
	return math.Abs(float64(x)-y) / float64(unit)
}

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
