package stat

import (
	"math"
	"math/rand/v2"
	"testing"

	"srhmbench/results/paper"
)

// invention is a world to draw tables from: log P* = log prediction + what a unit, its slope and a grammar add, and
// noise. Its spreads are those of our records: grammars matter less for large v, and training and interpolation
// leave 4 %.
type invention struct {
	name   string
	beta   float64 // of (s0+1)
	unit   float64 // sd over units
	slope  float64 // sd of the exponent over units
	random *rand.Rand
}

func grammarSpread(v int) float64 {
	return []float64{3: 0.26, 4: 0.26, 5: 0.2, 6: 0.17, 8: 0.09, 10: 0.02}[v]
}

// table draws the design of Figure 4B at quick scale: three grammars for cheap tasks, one for others.
func (w invention) table() []Sample {
	var out []Sample
	add := func(v, l int, s0s []int) {
		unit, slope := w.unit*w.random.NormFloat64(), w.slope*w.random.NormFloat64()
		var grammar [3]float64
		for g := range grammar {
			grammar[g] = grammarSpread(v) * w.random.NormFloat64()
		}
		for _, s0 := range s0s {
			s := Sample{Task: paper.Task{S: 2, V: v, S0: s0, L: l}, Unit: math.Pow(float64(v), float64(l+1)), Values: map[string]float64{}}
			s.X = s.Unit * math.Pow(float64(s0+1), w.beta)
			n := 3
			if l == 3 || s.X > 5000 {
				n = 1
			}
			for g, name := range []string{paper.Grammar, "random:1", "random:2"}[:n] {
				s.Values[name] = s.X * math.Exp(unit+slope*math.Log(float64(s0+1))+grammar[g]+0.04*w.random.NormFloat64())
			}
			out = append(out, s)
		}
	}
	for _, v := range []int{4, 6, 8, 10} {
		add(v, 2, []int{0, 1, 2, 4})
	}
	for _, v := range []int{3, 4, 5} {
		add(v, 3, []int{0})
	}
	return out
}

// coverage returns the share of tables whose interval holds the truth.
func coverage(tables int, of func() (Estimate, float64)) float64 {
	held := 0
	for range tables {
		if e, truth := of(); e.Low <= truth && truth <= e.High {
			held++
		}
	}
	return float64(held) / float64(tables)
}

// Intervals of 95 % hold the truth in 90 to 98 % of tables drawn from a known law.
func TestCoverage(t *testing.T) {
	const tables = 1500
	atL2 := func(s []Sample) (out []Sample) {
		for _, x := range s {
			if x.L == 2 {
				out = append(out, x)
			}
		}
		return out
	}
	for _, w := range []invention{
		{name: "noise alone", beta: 2},
		{name: "units differ", beta: 2, unit: 0.15, slope: 0.1},
		{name: "slopes differ", beta: 1.6, unit: 0.05, slope: 0.3},
		{name: "units differ most", beta: 3, unit: 0.4, slope: 0.05},
	} {
		for _, c := range []struct {
			statistic string
			of        func() (Estimate, float64)
		}{
			{"exponent", func() (Estimate, float64) { return Jackknife(atL2(w.table()), S0Exponent), w.beta }},
			{"slope", func() (Estimate, float64) { return Jackknife(w.table(), OnMatched(Slope)), 1 }},
			{"mean ratio", func() (Estimate, float64) { return UnitMean(w.table()), 1 }},
		} {
			w.random = rand.New(rand.NewPCG(7, 11))
			got := coverage(tables, c.of)
			t.Logf("%s, %s: the interval holds the truth in %.1f %% of tables", w.name, c.statistic, 100*got)
			if got < 0.90 || got > 0.98 {
				t.Errorf("%s, %s: that should be 90 to 98 %%", w.name, c.statistic)
			}
		}
	}
}

// The percentile bootstrap over three grammars, which decided before, does not.
func TestCoverageOfBootstrap(t *testing.T) {
	w := invention{beta: 2, unit: 0.15, slope: 0.1, random: rand.New(rand.NewPCG(7, 11))}
	got := coverage(40, func() (Estimate, float64) { return Bootstrap(w.table(), Slope, false), 1 })
	if got > 0.9 {
		t.Errorf("%.1f %%: the simulation does not tell good intervals from bad ones", 100*got)
	}
}

func TestShare(t *testing.T) {
	for _, c := range []struct {
		k, n      int
		low, high float64
	}{{11, 12, 0.6152, 0.9979}, {9, 9, 0.6637, 1}, {17, 17, 0.8049, 1}, {36, 36, 0.9026, 1}, {0, 5, 0, 0.5218}, {1, 2, 0.0126, 0.9874}} {
		if e := Share(c.k, c.n); math.Abs(e.Low-c.low) > 1e-4 || math.Abs(e.High-c.high) > 1e-4 {
			t.Errorf("%d of %d: %v to %v, want %v to %v", c.k, c.n, e.Low, e.High, c.low, c.high)
		}
	}
	if Share(0, 0).Known() {
		t.Error("a share of nothing")
	}
}

// Three units have no interval, however many tasks and grammars they have.
func TestTooFewUnits(t *testing.T) {
	w := invention{beta: 2, random: rand.New(rand.NewPCG(1, 2))}
	var three []Sample
	for _, s := range w.table() {
		if s.L == 2 && s.V < 10 {
			three = append(three, s)
		}
	}
	if e := Jackknife(three, S0Exponent); !e.Known() || e.HasInterval() {
		t.Errorf("%v of three units", e)
	}
	if e := MeanOf([]float64{1, 1.1, 0.9}); !e.Known() || e.HasInterval() {
		t.Errorf("%v of three values", e)
	}
}

// A grammar that only cheap tasks have does not move the exponent.
func TestGrammarsAreMatched(t *testing.T) {
	var samples []Sample
	for _, v := range []int{4, 6, 8, 10} {
		for _, s0 := range []int{0, 1, 2, 4} {
			x := math.Pow(float64(v), 3) * math.Pow(float64(s0+1), 2)
			s := Sample{Task: paper.Task{S: 2, V: v, S0: s0, L: 2}, Unit: math.Pow(float64(v), 3), X: x, Values: map[string]float64{"a": x}}
			if s0 < 2 {
				s.Values["b"] = 3 * x
			}
			samples = append(samples, s)
		}
	}
	if got := S0Exponent(samples); math.Abs(got-2) > 1e-9 {
		t.Errorf("exponent %v, want 2", got)
	}
	if got := OnMatched(Slope)(samples); math.Abs(got-1) > 1e-9 {
		t.Errorf("slope %v, want 1", got)
	}
	if got := Slope(Pairs(samples)); math.Abs(got-1) < 0.01 {
		t.Errorf("slope %v without matching: the test shows nothing", got)
	}
}
