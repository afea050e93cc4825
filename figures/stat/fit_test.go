package stat

import (
	"math"
	"math/rand/v2"
	"srhmbench/results/paper"
	"testing"
)

// invented returns samples that obey log y = a_v + power log x_v + beta log(s0+1) + noise, several grammars
// each.
func invented(beta, noise float64) []Sample {
	r := rand.New(rand.NewPCG(1, 2))
	var out []Sample
	for _, v := range []int{4, 6, 8, 10} {
		intercept := r.Float64()
		for _, s0 := range []int{0, 1, 2, 4} {
			s := Sample{Task: paper.Task{S: 2, V: v, S0: s0, L: 2}, Unit: math.Pow(float64(v), 3), Values: map[string]float64{}}
			s.X = s.Unit * math.Pow(float64(s0+1), beta)
			for _, g := range []string{"a", "b", "c"} {
				s.Values[g] = s.X * math.Exp(intercept+noise*r.NormFloat64())
			}
			out = append(out, s)
		}
	}
	return out
}

func TestExponentIsRecovered(t *testing.T) {
	for _, beta := range []float64{1, 2, 2.6, 3} {
		if got := Exponent(Pairs(invented(beta, 0))); math.Abs(got-beta) > 1e-9 {
			t.Errorf("exponent %v, want %v", got, beta)
		}
		e := Bootstrap(invented(beta, 0.1), Exponent, true)
		if !(e.Low < beta && beta < e.High) || e.High-e.Low > 0.5 || e.High-e.Low < 0.01 {
			t.Errorf("interval %v for %v", e, beta)
		}
	}
}

// The intercepts of v must not leak: with equal s0 everywhere there is nothing to fit.
func TestExponentNeedsDifferentS0(t *testing.T) {
	data := Pairs([]Sample{
		{Task: paper.Task{S: 2, V: 4, S0: 0, L: 2}, Unit: 1, X: 1, Values: map[string]float64{"a": 1}},
		{Task: paper.Task{S: 2, V: 6, S0: 1, L: 2}, Unit: 1, X: 1, Values: map[string]float64{"a": 9}},
	})
	if got := Exponent(data); !math.IsNaN(got) {
		t.Errorf("exponent %v of cells that cannot be compared", got)
	}
}

func TestSlopeAndSpread(t *testing.T) {
	var data []Pair
	for _, x := range []float64{10, 100, 1000} {
		data = append(data, Pair{X: x, Y: 3 * math.Pow(x, 0.9)})
	}
	if got := Slope(data); math.Abs(got-0.9) > 1e-12 {
		t.Errorf("slope %v", got)
	}
	if got, want := Spread(data), math.Pow(100, 0.1); math.Abs(got-want) > 1e-12 {
		t.Errorf("spread %v, want %v", got, want)
	}
	if !math.IsNaN(Spread(nil)) || !math.IsNaN(Slope(data[:1])) {
		t.Error("a number out of nothing")
	}
}

func TestBootstrapOfNothing(t *testing.T) {
	if e := Bootstrap(nil, Slope, true); e.Known() {
		t.Errorf("%v", e)
	}
	one := invented(2, 0)[:4]
	for i := range one {
		one[i].Values = map[string]float64{"a": one[i].Values["a"]}
	}
	if e := Bootstrap(one, Spread, false); !e.Known() || e.HasInterval() {
		t.Errorf("%v: one grammar, no cells drawn, yet an interval", e)
	}
}

// What is difficult for a grammar at one s0 is so at all: it must cancel in the exponent, though it widens
// the spread.
func TestGrammarsAreDrawnTogether(t *testing.T) {
	samples := invented(2, 0)
	for i := range samples {
		for g, factor := range map[string]float64{"a": 0.6, "b": 1, "c": 1.7} {
			samples[i].Values[g] *= factor
		}
	}
	e := Bootstrap(samples, Exponent, false)
	if math.Abs(e.Low-2) > 1e-9 || math.Abs(e.High-2) > 1e-9 {
		t.Errorf("interval %v, want exactly 2", e)
	}
	if e := Bootstrap(samples, Spread, false); e.High-e.Low < 0.05 {
		t.Errorf("spread %v without width", e)
	}
}
