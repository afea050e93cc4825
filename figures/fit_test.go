package figures

import (
	"math"
	"math/rand/v2"
	"testing"
)

// invented returns samples that obey log y = a_v + power log x_v + beta log(s0+1) + noise, several grammars
// each.
func invented(beta, noise float64) []sample {
	r := rand.New(rand.NewPCG(1, 2))
	var out []sample
	for _, v := range []int{4, 6, 8, 10} {
		intercept := r.Float64()
		for _, s0 := range []int{0, 1, 2, 4} {
			s := sample{cell: cell{2, v, s0, 2}, unit: math.Pow(float64(v), 3), values: map[string]float64{}}
			s.x = s.unit * math.Pow(float64(s0+1), beta)
			for _, g := range []string{"a", "b", "c"} {
				s.values[g] = s.x * math.Exp(intercept+noise*r.NormFloat64())
			}
			out = append(out, s)
		}
	}
	return out
}

func TestExponentIsRecovered(t *testing.T) {
	for _, beta := range []float64{1, 2, 2.6, 3} {
		if got := exponent(pairs(invented(beta, 0))); math.Abs(got-beta) > 1e-9 {
			t.Errorf("exponent %v, want %v", got, beta)
		}
		e := bootstrap(invented(beta, 0.1), exponent, true)
		if !(e.low < beta && beta < e.high) || e.high-e.low > 0.5 || e.high-e.low < 0.01 {
			t.Errorf("interval %v for %v", e, beta)
		}
	}
}

// The intercepts of v must not leak: with equal s0 everywhere there is nothing to fit.
func TestExponentNeedsDifferentS0(t *testing.T) {
	data := pairs([]sample{
		{cell: cell{2, 4, 0, 2}, unit: 1, x: 1, values: map[string]float64{"a": 1}},
		{cell: cell{2, 6, 1, 2}, unit: 1, x: 1, values: map[string]float64{"a": 9}},
	})
	if got := exponent(data); !math.IsNaN(got) {
		t.Errorf("exponent %v of cells that cannot be compared", got)
	}
}

func TestSlopeAndSpread(t *testing.T) {
	var data []pair
	for _, x := range []float64{10, 100, 1000} {
		data = append(data, pair{x: x, y: 3 * math.Pow(x, 0.9)})
	}
	if got := slope(data); math.Abs(got-0.9) > 1e-12 {
		t.Errorf("slope %v", got)
	}
	if got, want := spread(data), math.Pow(100, 0.1); math.Abs(got-want) > 1e-12 {
		t.Errorf("spread %v, want %v", got, want)
	}
	if !math.IsNaN(spread(nil)) || !math.IsNaN(slope(data[:1])) {
		t.Error("a number out of nothing")
	}
}

func TestBootstrapOfNothing(t *testing.T) {
	if e := bootstrap(nil, slope, true); e.known() {
		t.Errorf("%v", e)
	}
	one := invented(2, 0)[:4]
	for i := range one {
		one[i].values = map[string]float64{"a": one[i].values["a"]}
	}
	if e := bootstrap(one, spread, false); !e.known() || e.hasInterval() {
		t.Errorf("%v: one grammar, no cells drawn, yet an interval", e)
	}
}

// What is difficult for a grammar at one s0 is so at all: it must cancel in the exponent, though it widens
// the spread.
func TestGrammarsAreDrawnTogether(t *testing.T) {
	samples := invented(2, 0)
	for i := range samples {
		for g, factor := range map[string]float64{"a": 0.6, "b": 1, "c": 1.7} {
			samples[i].values[g] *= factor
		}
	}
	e := bootstrap(samples, exponent, false)
	if math.Abs(e.low-2) > 1e-9 || math.Abs(e.high-2) > 1e-9 {
		t.Errorf("interval %v, want exactly 2", e)
	}
	if e := bootstrap(samples, spread, false); e.high-e.low < 0.05 {
		t.Errorf("spread %v without width", e)
	}
}
