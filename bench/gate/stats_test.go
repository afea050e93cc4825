package gate

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestHolm(t *testing.T) {
	for _, c := range []struct{ p, want []float64 }{
		{nil, []float64{}},
		{[]float64{0.03}, []float64{0.03}},
		{[]float64{0.04, 0.01, 0.03}, []float64{0.06, 0.03, 0.06}}, // never below that of a smaller p
		{[]float64{0.5, 0.5, 0.9}, []float64{1, 1, 1}},
		{[]float64{0, 1}, []float64{0, 1}},
	} {
		got := holm(c.p)
		for i := range c.want {
			if math.Abs(got[i]-c.want[i]) > 1e-15 {
				t.Errorf("holm(%v) = %v, want %v", c.p, got, c.want)
				break
			}
		}
	}
}

func TestPercentile(t *testing.T) {
	x := []float64{5, 1, 4, 2, 3}
	for q, want := range map[float64]float64{0: 1, 0.2: 1, 0.21: 2, 0.5: 3, 0.95: 5, 1: 5} {
		if got := percentile(x, q); got != want {
			t.Errorf("percentile %v of %v is %v, want %v", q, x, got, want)
		}
	}
	if !slices.Equal(x, []float64{5, 1, 4, 2, 3}) {
		t.Error("the values were moved")
	}
}

// The smallest p computed is the one the test itself gives, and equal samples have none.
func TestMannWhitney(t *testing.T) {
	for _, n := range []int{3, 5, 10, 20} {
		var x, y []float64
		for i := range n {
			x, y = append(x, float64(i)), append(y, float64(i+n))
		}
		want := smallestP(n)
		for _, got := range []float64{mannWhitney(x, y), mannWhitney(y, x)} {
			if math.Abs(got/want-1) > 1e-6 {
				t.Errorf("n = %d: p = %v, want %v", n, got, want)
			}
		}
		if p := mannWhitney(x, x); p < 0.9 {
			t.Errorf("n = %d: p = %v of a sample against itself", n, p)
		}
	}
	if p := mannWhitney([]float64{2, 2, 2}, []float64{2, 2, 2}); p != 1 {
		t.Errorf("p = %v of constants", p)
	}
}

// The four fastest of 6 and 6 times are all from one sample: 2·C(6,4)/C(12,4).
func TestFastest(t *testing.T) {
	x, y := []float64{1, 2, 3, 4, 90, 91}, []float64{5, 6, 7, 8, 92, 93}
	for _, got := range []float64{fastest(x, y), fastest(y, x)} {
		if want := 2 * 15. / 495; math.Abs(got/want-1) > 1e-9 {
			t.Errorf("p = %v, want %v", got, want)
		}
	}
	if p := fastest(x, x); p != 1 {
		t.Errorf("p = %v of a sample against itself", p)
	}
	if p := fastest([]float64{2, 2, 2}, []float64{2, 2, 2}); p != 1 {
		t.Errorf("p = %v of constants", p)
	}
	if p, mw := different(x, y), mannWhitney(x, y); p != min(1, 2*min(fastest(x, y), mw)) || p >= 2*mw {
		t.Errorf("p = %v, and %v of the ranks alone", p, mw)
	}
}

// Two samples of one distribution seldom look different, even when many of their times are much longer.
func TestDifferentIsRare(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	const trials = 4000
	alarms := 0
	draw := func() []float64 {
		var x []float64
		for range 25 {
			v := 1 + 0.02*r.NormFloat64()
			if r.Float64() < 0.3 {
				v *= 1.4
			}
			x = append(x, v)
		}
		return x
	}
	for range trials {
		if different(draw(), draw()) < 0.05 {
			alarms++
		}
	}
	if alarms > trials*5/100 {
		t.Errorf("%d of %d at 5 %%", alarms, trials)
	}
}
