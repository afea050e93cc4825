package sweep

import (
	"math"
	"slices"
	"testing"
)

// From Python, which uses the same pow of the C library: [10.0**y for y in numpy.linspace(log10(lo), log10(hi), n)].
func TestLogspaceAsNumpy(t *testing.T) {
	for _, c := range []struct {
		lo, hi float64
		want   []float64
	}{
		{102, 10240, []float64{101.99999999999999, 322.86808512331834, 1021.998043050963, 3235.0054035259127, 10239.999999999993}},
		{10240, 102400, []float64{10239.999999999993, 22061.41122592646, 47529.86965619485, 102399.99999999993}},
		{200, 600, []float64{200.00000000000003, 249.14618792310335, 310.36911478307195, 386.63640898635236, 481.6449370561384, 599.9999999999997}},
		{64, 12800, []float64{63.999999999999986, 93.44138336584392, 136.42643945816585, 199.18555047886846, 290.81520911300936, 424.5964913022932, 619.9200549932785, 905.0966799187817, 1321.4607164288027, 1929.3612094801013, 2816.9090691596653, 4112.74812871986, 6004.701165357336, 8766.993493585704, 12800.000000000013}},
		{230, 23040, []float64{230.00000000000009, 2301.999131190106, 23039.999999999996}},
	} {
		if got := logspace(c.lo, c.hi, len(c.want)); !slices.Equal(got, c.want) {
			t.Errorf("logspace(%v, %v, %d)\n got %v\nwant %v", c.lo, c.hi, len(c.want), got, c.want)
		}
	}
}

func TestPow10AndLog10(t *testing.T) {
	for i := range 19 {
		x := math.Pow10(i)
		if y, _ := pow10(float64(i)).Float64(); y != x || log10(x) != float64(i) {
			t.Errorf("10^%d = %v, log10 = %v", i, y, log10(x))
		}
	}
	for x := 1.5; x < 1e9; x *= 1.37 {
		y, _ := pow10(log10(x)).Float64()
		if math.Abs(y/x-1) > 1e-14 || math.Abs(log10(x)-math.Log10(x)) > 1e-14 {
			t.Errorf("x = %v: 10^log10 x = %v, log10 x = %v", x, y, log10(x))
		}
	}
}
