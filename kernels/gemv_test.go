package kernels_test

import (
	"math"
	"testing"

	"srhmbench/kernels"
)

// Products that vanish leave -0 in every lane. The missing elements of the last 16 are zeros, which turn that into 0,
// even where a whole vector of them is missing.
func TestGEMVCountsMissingElements(t *testing.T) {
	onTiers(t, func(t *testing.T) {
		for n, negative := range map[int]bool{4: false, 8: false, 12: false, 15: false, 16: true, 17: false, 20: false, 24: false, 28: false, 32: true} {
			a, x, y := floats(n), floats(n), []float32{1}
			for i := range n {
				a[i], x[i] = 1e-30, -1e-30
			}
			kernels.GEMV(y, a, n, x, 1, n, false)
			if y[0] != 0 || math.Signbit(float64(y[0])) != negative {
				t.Errorf("sum of %d vanishing products is %v, want zero, negative %t", n, y[0], negative)
			}
		}
	})
}
