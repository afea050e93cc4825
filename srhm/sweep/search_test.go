package sweep

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	_ "srhmbench/internal/testseed"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// curve is a made-up training: what P data give.
type curve func(p int) spec.Result

func learned(err float64) spec.Result {
	return spec.Result{Outcome: spec.Fitted, Error: err, FreshError: err}
}

func broken(how spec.Outcome) spec.Result {
	return spec.Result{Outcome: how, Error: 0.9, FreshError: 0.9}
}

// powerLaw has the error 10 % at pStar and falls as P^-k, from chance.
func powerLaw(chance, pStar, k float64) curve {
	return func(p int) spec.Result { return learned(min(chance, 0.1*math.Pow(float64(p)/pStar, -k))) }
}

// live runs a search against a curve.
func live(t fataler, s Search, c curve) []Point {
	var points []Point
	for {
		p, done := s.Next(points)
		if done {
			return points
		}
		if p%s.unit() != 0 || p < s.lowest() || p > s.highest() {
			t.Fatalf("asks for P = %d, unit %d, from %d to %d", p, s.unit(), s.lowest(), s.highest())
		}
		if slices.ContainsFunc(points, func(x Point) bool { return x.P == p }) {
			t.Fatalf("asks for P = %d again: %+v", p, points)
		}
		if e := s.Estimate(points, nil); e.Value > 0 && (float64(p) <= e.Low || float64(p) >= e.High) {
			t.Fatalf("asks for P = %d outside the bracket: %+v", p, e)
		}
		points = append(points, PointOf(s.RunAt(p), c(p)))
		if len(points) > maxRuns {
			t.Fatalf("more than %d runs: %+v", maxRuns, points)
		}
	}
}

type fataler interface{ Fatalf(string, ...any) }

// aSearch is a search at v = 8, L = 2, s0 = 1: batches of 32, first P near 6144.
func aSearch() Search {
	protocol, err := spec.Preset("authors")
	if err != nil {
		panic(err)
	}
	return Search{
		Task: srhm.Task{V: 8, S0: 1}.WithDefaults(), Network: spec.Network{Kind: spec.LCN, Width: 64, Bias: true},
		Protocol: protocol, Seed: 1, Ratio: 1.1,
	}
}

// anySearch draws searches of all kinds.
func anySearch(t *rapid.T) Search {
	s := aSearch()
	s.Task = srhm.Task{
		V: rapid.IntRange(3, 12).Draw(t, "v"), S0: rapid.IntRange(1, 4).Draw(t, "s0"), L: rapid.IntRange(2, 3).Draw(t, "L"),
	}.WithDefaults()
	s.Network.Kind = rapid.SampledFrom([]string{spec.LCN, spec.CNN, spec.FCN}).Draw(t, "net")
	if rapid.Bool().Draw(t, "shuffled") {
		s.Protocol.Batching, s.Protocol.Batch = spec.Shuffled, rapid.IntRange(1, 64).Draw(t, "batch")
	}
	s.Ratio = rapid.Float64Range(1.02, 1.5).Draw(t, "ratio")
	if rapid.Bool().Draw(t, "gridded") {
		s.Grid = AuthorsGrid(s.Task, s.Network)
	}
	return s
}

func chance(s Search) float64 { return 1 - 1/float64(s.Task.NC) }

func TestSearchFindsPStar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anySearch(t)
		k := rapid.Float64Range(1.5, 11).Draw(t, "k")
		pStar := s.start() * math.Exp(rapid.Float64Range(-3.4, 3.4).Draw(t, "log P*/start"))
		if pStar < float64(2*s.lowest()) || pStar > float64(s.highest()/2) {
			t.Skip("out of bounds")
		}
		points := live(t, s, powerLaw(chance(s), pStar, k))
		e := s.Estimate(points, nil)
		if e.Status != Found || !e.Monotone {
			t.Fatalf("P* = %v: %+v", pStar, e)
		}
		if !(e.Low < pStar*(1+1e-12) && e.High >= pStar*(1-1e-12) && e.Low <= e.Value && e.Value <= e.High) {
			t.Fatalf("P* = %v is not in the bracket of %+v", pStar, e)
		}
		if e.High/e.Low > s.Ratio*(1+1e-9) && e.High-e.Low > float64(s.unit()) {
			t.Fatalf("bracket too wide: %+v", e)
		}
	})
}

// In the usual case, a steep curve and a start within a factor of two, a search is cheap.
func TestSearchIsCheap(t *testing.T) {
	s := aSearch()
	total, n := 0, 0
	for k := 5.0; k <= 11; k++ {
		for f := 0.5; f <= 2; f *= 1.05 {
			points := live(t, s, powerLaw(chance(s), f*s.start(), k))
			if len(points) > 8 {
				t.Errorf("k = %v, P*/start = %v: %d runs", k, f, len(points))
			}
			total, n = total+len(points), n+1
		}
	}
	if mean := float64(total) / float64(n); mean > 5 {
		t.Errorf("%.2f runs on average", mean)
	} else {
		t.Logf("%.2f runs on average", mean)
	}
}

// The authors' rule, applied to all points of their grid, gives what the search
// finds with the few it samples.
func TestAuthorsP(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anySearch(t)
		if s.Grid = AuthorsGrid(s.Task, s.Network); s.Grid == nil {
			t.Skip("no grid")
		}
		k := rapid.Float64Range(1.5, 11).Draw(t, "k")
		i := rapid.IntRange(1, len(s.Grid)-2).Draw(t, "i")
		if s.Grid[i] < 2*s.lowest() || s.Grid[i+1] > s.highest() {
			t.Skip("out of bounds")
		}
		c := powerLaw(chance(s), float64(s.Grid[i])*rapid.Float64Range(0.9, 1.6).Draw(t, "off"), k)
		want, best := 0, 1.0
		for _, g := range s.Grid {
			if e := c(s.RunAt(g).P).Error; e <= 0.2 && math.Abs(e-0.1) < best {
				want, best = g, math.Abs(e-0.1)
			}
		}
		points := live(t, s, c)
		if e := s.Estimate(points, nil); e.Status == Found && e.AuthorsP != want {
			t.Fatalf("AuthorsP %d, want %d: %+v", e.AuthorsP, want, points)
		}
	})
}

// A curve that is a step tells nothing by its heights. The search still ends soon.
func TestSearchOfAStep(t *testing.T) {
	s := aSearch()
	s.Protocol.Batching, s.Protocol.Batch = spec.Shuffled, 1
	s.Ratio = 1.02
	for _, top := range []float64{0.1001, 0.2, 0.9} {
		for _, bottom := range []float64{0, 0.05, 0.0999} {
			for f := 0.1; f < 10; f *= 1.03 {
				pStar := f * s.start()
				points := live(t, s, func(p int) spec.Result {
					if float64(p) < pStar {
						return learned(top)
					}
					return learned(bottom)
				})
				e := s.Estimate(points, nil)
				if e.Status != Found || e.Low >= pStar || e.High < pStar || e.High > e.Low*s.Ratio*(1+1e-9) || len(points) > 17 {
					t.Fatalf("P* = %v, from %v to %v: %d runs, %+v", pStar, top, bottom, len(points), e)
				}
			}
		}
	}
}

// noise is reproducible in P.
func noise(p int, seed uint64) *rand.Rand { return rand.New(rand.NewPCG(uint64(p), seed)) }

func TestSearchUnderNoise(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anySearch(t)
		seed := rapid.Uint64().Draw(t, "seed")
		sigma := rapid.Float64Range(0, 1).Draw(t, "sigma")
		smooth := powerLaw(chance(s), s.start()*rapid.Float64Range(0.2, 5).Draw(t, "P*/start"), rapid.Float64Range(0.3, 11).Draw(t, "k"))
		steps := rapid.Float64Range(0, 0.7).Draw(t, "steps")
		c := func(p int) spec.Result {
			if steps > 0.1 { // plateaus
				p = int(math.Exp(math.Floor(math.Log(float64(p))/steps) * steps))
			}
			return learned(min(1, smooth(p).Error*math.Exp(sigma*noise(p, seed).NormFloat64())))
		}
		points := live(t, s, c)
		e := s.Estimate(points, nil)
		switch e.Status {
		case Found:
			if !(c(int(e.Low)).Error > 0.1 && c(int(e.High)).Error <= 0.1 && e.Low <= e.Value && e.Value <= e.High) {
				t.Fatalf("%+v", e)
			}
			for _, p := range points {
				if float64(p.P) < e.High && p.Error <= 0.1 || float64(p.P) > e.Low && float64(p.P) < e.High {
					t.Fatalf("%+v contradicts %+v", p, e)
				}
				if e.Monotone && float64(p.P) > e.High && p.Error > 0.1 {
					t.Fatalf("not monotone: %+v", e)
				}
			}
		case NotReached, BelowSmallest:
		default:
			t.Fatalf("%+v", e)
		}
	})
}

func TestSearchLimits(t *testing.T) {
	s := aSearch()
	for _, c := range []struct {
		name      string
		curve     curve
		want      Status
		low, high float64
		runs      int
	}{
		{"chance everywhere", powerLaw(chance(s), 1e12, 5), NotReached, float64(s.highest()), 0, maxBracketRuns},
		{"half everywhere", func(int) spec.Result { return learned(0.5) }, NotReached, float64(s.highest()), 0, maxBracketRuns},
		{"never wrong", func(int) spec.Result { return learned(0) }, BelowSmallest, 0, float64(s.lowest()), maxBracketRuns},
		{"all collapsed", func(int) spec.Result { return broken(spec.Collapsed) }, Collapsed, 0, 0, 3},
		{"all diverged", func(int) spec.Result { return broken(spec.Diverged) }, Diverged, 0, 0, 3},
		{"diverged with a good checkpoint", func(int) spec.Result {
			return spec.Result{Outcome: spec.Diverged, Error: 0.01}
		}, Diverged, 0, 0, 3},
	} {
		points := live(t, s, c.curve)
		e := s.Estimate(points, nil)
		if e.Status != c.want || e.Low != c.low || e.High != c.high || e.Value != 0 || len(points) > c.runs {
			t.Errorf("%s: %d runs, %+v", c.name, len(points), e)
		}
	}
}

func TestBracketRunsAreBounded(t *testing.T) {
	s := aSearch()
	s.Protocol.Batching, s.Protocol.Batch = spec.Shuffled, 1
	points := live(t, s, func(int) spec.Result { return learned(0) })
	if e := s.Estimate(points, nil); e.Status != BelowSmallest || len(points) != maxBracketRuns || e.High < 2 {
		t.Errorf("%d runs, %+v", len(points), e)
	}
}

func TestSearchStaysBelowAllData(t *testing.T) {
	s := aSearch()
	s.Task = srhm.Task{V: 4}.WithDefaults() // 256 different data
	points := live(t, s, powerLaw(0.75, 1e6, 5))
	if e := s.Estimate(points, nil); e.Status != NotReached || e.Low != 256 {
		t.Errorf("%+v", e)
	}
}

// A collapse is never taken for a P that is too small.
func TestCollapse(t *testing.T) {
	s := aSearch()
	pStar := 3 * s.start()
	smooth := powerLaw(chance(s), pStar, 8)
	wall := 1.5 * s.start()
	points := live(t, s, func(p int) spec.Result {
		if float64(p) > wall {
			return broken(spec.Collapsed)
		}
		return smooth(p)
	})
	if e := s.Estimate(points, nil); e.Status != Collapsed || e.Low > wall || e.High != 0 {
		t.Errorf("all beyond %v collapsed: %+v", wall, e)
	}
	rapid.Check(t, func(t *rapid.T) {
		seed, q := rapid.Uint64().Draw(t, "seed"), rapid.Float64Range(0, 0.9).Draw(t, "q")
		s, pStar, smooth := s, pStar, smooth
		if rapid.Bool().Draw(t, "small") { // a few batches: neighbours reach the ends of a bracket
			s.Start, pStar = 200, rapid.Float64Range(70, 300).Draw(t, "P*")
			s.Ratio, smooth = 1.02, powerLaw(chance(s), pStar, 8)
		}
		how := rapid.SampledFrom([]spec.Outcome{spec.Collapsed, spec.Diverged}).Draw(t, "how")
		breaks := func(p int) bool { return noise(p, seed).Float64() < q }
		points := live(t, s, func(p int) spec.Result {
			if breaks(p) {
				return broken(how)
			}
			return smooth(p)
		})
		switch e := s.Estimate(points, nil); {
		case e.Status == Found:
			if breaks(int(e.Low)) || breaks(int(e.High)) || e.Low >= pStar || e.High < pStar {
				t.Fatalf("%+v", e)
			}
		case len(points) >= maxBracketRuns: // out of runs
		case how == spec.Collapsed && e.Status == Collapsed, how == spec.Diverged && e.Status == Diverged:
		default:
			t.Fatalf("%+v", e)
		}
	})
	once := live(t, s, func(p int) spec.Result { // its neighbour takes over
		if float64(p) == math.Round(s.start()/32)*32 {
			return broken(spec.Collapsed)
		}
		return smooth(p)
	})
	if e := s.Estimate(once, nil); e.Status != Found {
		t.Errorf("one collapse: %+v", e)
	}
}

// A search that is interrupted after any run goes on as if it had not been, and the order in
// which points are given does not matter.
func TestReplay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anySearch(t)
		seed := rapid.Uint64().Draw(t, "seed")
		smooth := powerLaw(chance(s), s.start()*rapid.Float64Range(0.2, 5).Draw(t, "P*/start"), 7)
		c := func(p int) spec.Result {
			if noise(p, seed).Float64() < 0.1 {
				return broken(spec.Collapsed)
			}
			return smooth(p)
		}
		want := live(t, s, c)
		store := map[string]spec.Result{}
		get := func(id string) (spec.Result, bool) { r, ok := store[id]; return r, ok }
		for i := range len(want) + 1 {
			points, next, done := s.Replay(get)
			if !slices.Equal(points, want[:i]) || done != (i == len(want)) {
				t.Fatalf("after %d runs: %+v, %v", i, points, done)
			}
			status := s.Estimate(points, nil).Status
			if (status == Unfinished) == done {
				t.Fatalf("after %d runs: done %v, but %s", i, done, status)
			}
			if done {
				break
			}
			shuffled := slices.Clone(points)
			noise(0, seed).Shuffle(i, func(a, b int) { shuffled[a], shuffled[b] = shuffled[b], shuffled[a] })
			if p, _ := s.Next(shuffled); p != next || next != want[i].P {
				t.Fatalf("after %d runs: P = %d, shuffled %d, want %d", i, next, p, want[i].P)
			}
			store[s.RunAt(next).ID()] = c(next)
		}
	})
}

// A training that was stopped early on its error leaves the search as good.
func TestDecided(t *testing.T) {
	s := aSearch()
	total, n := 0, 0
	for f := 0.3; f < 3; f *= 1.03 {
		pStar := f * s.start()
		smooth := powerLaw(chance(s), pStar, 7)
		points := live(t, s, func(p int) spec.Result {
			r := smooth(p)
			if r.Error < 0.1 {
				r.Outcome, r.Error = spec.Decided, 0.0999
			}
			return r
		})
		e := s.Estimate(points, nil)
		if e.Status != Found || e.Low >= pStar || e.High < pStar || e.High/e.Low > s.Ratio*(1+1e-9) || len(points) > 10 {
			t.Errorf("P* = %v: %d runs, %+v", pStar, len(points), e)
		}
		total, n = total+len(points), n+1
	}
	if mean := float64(total) / float64(n); mean > 4.85 {
		t.Errorf("%.2f runs on average", mean)
	} else {
		t.Logf("%.2f runs on average", mean)
	}
}

func TestFreshError(t *testing.T) {
	s := aSearch()
	s.Fresh = true
	points := live(t, s, func(p int) spec.Result {
		r := powerLaw(chance(s), 9000, 7)(p)
		r.FreshError = powerLaw(chance(s), 5000, 7)(p).Error
		return r
	})
	e := s.Estimate(points, nil)
	if e.Status != Found || math.Abs(math.Log(e.Value/5000)) > 0.01 {
		t.Errorf("%+v", e)
	}
	if u := s.Estimate(points, func(p Point) float64 { return p.Error }); u.Value == e.Value {
		t.Errorf("the other error gives the same: %+v", u)
	}
}

// A change of the adaptive logic orphans the records of finished searches: change the number
// if that is meant.
func TestSearchPathIsStable(t *testing.T) {
	h := fnv.New64a()
	s := aSearch()
	for _, grid := range [][]int{nil, AuthorsGrid(s.Task, s.Network)} {
		s.Grid = grid
		for k := 1.0; k < 12; k += 1.7 {
			for f := 0.1; f < 10; f *= 1.21 {
				for _, p := range live(t, s, powerLaw(chance(s), f*s.start(), k)) {
					h.Write([]byte(p.ID))
				}
			}
		}
	}
	const want = 0x654eb4a9a546201d
	if got := h.Sum64(); got != want {
		t.Errorf("the searches ask for other runs than before: hash %#x", got)
	}
}

func TestSearchValidate(t *testing.T) {
	if err := aSearch().Validate(); err != nil {
		t.Error(err)
	}
	for _, change := range []func(*Search){
		func(s *Search) { s.Epsilon = 1 }, func(s *Search) { s.Epsilon = math.NaN() }, func(s *Search) { s.Ratio = 1 },
		func(s *Search) { s.Start = math.Inf(1) }, func(s *Search) { s.Task.V = 1 }, func(s *Search) { s.Network.Kind = "x" },
	} {
		s := aSearch()
		change(&s)
		if s.Validate() == nil {
			t.Errorf("%+v is valid", s)
		}
	}
}

func TestRunAtIsWholeBatches(t *testing.T) {
	s := aSearch()
	if a, b := s.RunAt(7240), s.RunAt(7233); a.P != 7264 || a.ID() != b.ID() {
		t.Errorf("P = %d and %d", a.P, b.P)
	}
	s.Protocol.Batching = spec.Shuffled
	if r := s.RunAt(7233); r.P != 7233 {
		t.Errorf("P = %d", r.P)
	}
}
