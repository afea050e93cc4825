package figures

import (
	"math"
	"slices"
	"testing"

	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// probedFamilies are those of Figures 6, 11, 14 and 16.
var probedFamilies = []family{lcn2, lcn3, cnn2, cnn3, fcn2}

// Every training is probed, and none stops because its error is small: the network probed would be one on its way.
func TestLaddersAreProbedToTheEnd(t *testing.T) {
	for _, scale := range Scales {
		for _, f := range probedFamilies {
			ladders := f.ladders(scale)
			if len(ladders) == 0 {
				t.Errorf("%s %v: no ladders", scale, f)
			}
			for _, r := range planOf(ladders).Runs {
				if r.Probe.Inputs != spec.ProbeInputs || r.Protocol.StopError != 0 {
					t.Errorf("%s %v: %d inputs, stop error %v", scale, f, r.Probe.Inputs, r.Protocol.StopError)
				}
			}
			for _, l := range ladders {
				if layersEnd(f, l.cell) > 0 && scale == Paper {
					continue // as published
				}
				if e := f.expected(l.cell); float64(l.sizes[0]) > 0.25*e || float64(l.sizes[len(l.sizes)-1]) < 2*e || !slices.IsSorted(l.sizes) {
					t.Errorf("%s %v %v: sizes %v around %v", scale, f, l.cell, l.sizes, e)
				}
			}
		}
	}
}

// What figures show of one task are the same trainings.
func TestFiguresShareLadders(t *testing.T) {
	for _, scale := range Scales {
		for curves, scatter := range map[string]string{"12": "6", "15": "14"} {
			one, both := named(t, scatter).Plan(scale), named(t, scatter).Plan(scale).Merge(named(t, curves).Plan(scale))
			if len(named(t, curves).Plan(scale).Runs) == 0 || len(both.Runs) != len(one.Runs) {
				t.Errorf("%s: figure %s needs %d trainings, with figure %s %d", scale, scatter, len(one.Runs), curves, len(both.Runs))
			}
		}
	}
}

// At the paper's scale the sizes are those of the authors, where they are known: every one of Figures 12 and 15.
func TestLaddersOfThePaper(t *testing.T) {
	for _, f := range probedFamilies {
		for _, l := range f.ladders(Paper) {
			grid := sweep.AuthorsGrid(l.task(authorsGrammar), network(f.kind, l.width))
			if grid == nil && !(f == cnn3 && l.v == 6) {
				t.Errorf("%v %v: no grid", f, l.cell)
			}
			for _, size := range l.sizes {
				if grid != nil && size >= slices.Min(grid) && !slices.Contains(grid, size) {
					t.Errorf("%v %v: %d is not of the grid", f, l.cell, size)
				}
			}
		}
	}
	for _, f := range []layers{figure12, figure15} {
		for _, l := range f.ladders(Paper) {
			published := f.published()
			i := slices.IndexFunc(published, func(r responses) bool { return r.cell == l.cell })
			errors := published[i].spots[testError]
			if d := len(l.sizes) - len(errors); d < 0 || d > 3 {
				t.Errorf("figure %s, %v: %d sizes, %d published", f.name, l.cell, len(l.sizes), len(errors))
			}
			for _, at := range errors {
				if !slices.ContainsFunc(l.sizes, func(p int) bool { return math.Abs(math.Log(float64(p)/at.p)) < 0.03 }) {
					t.Errorf("figure %s, %v: the published size %.0f is not trained", f.name, l.cell, at.p)
				}
			}
		}
	}
}

// Read with the right units, the published curves pass 10 % where the digitised tables say, at the P* of Figure 4.
func TestPublishedLayers(t *testing.T) {
	for _, c := range []struct {
		f    layers
		want []float64
	}{{figure12, []float64{1310, 6046, 14570, 48900}}, {figure15, []float64{1290, 4305, 8191, 20850}}} {
		for i, r := range c.f.published() {
			if got := firstFall(r.spots[testError], epsilon); math.Abs(got.p/c.want[i]-1) > 0.02 {
				t.Errorf("figure %s, %v: P* %.0f, want %.0f", c.f.name, r.cell, got.p, c.want[i])
			}
		}
	}
}

// climbOf is a ladder with errors; nil is not trained, a negative error broke down.
func climbOf(errors ...*float64) climb {
	c := climb{ladder: ladder{kind: spec.LCN, cell: cell{2, 4, 1, 2}, width: 64, how: probedProtocol(Smoke, spec.LCN, cell{2, 4, 1, 2})}}
	for i, e := range errors {
		c.sizes = append(c.sizes, 160<<i)
		r := rung{run: c.run(160 << i), known: e != nil}
		if e != nil {
			r.result = spec.Result{Outcome: spec.Fitted, Error: *e}
			if *e < 0 {
				r.result = spec.Result{Outcome: spec.Collapsed, Error: 0.75}
			}
		}
		c.rungs = append(c.rungs, r)
	}
	return c
}

// Every way a threshold can be missed has a name, and a size that is not trained is not guessed over.
func TestFalls(t *testing.T) {
	e := func(x float64) *float64 { return &x }
	for name, c := range map[string]struct {
		climb climb
		want  fall
	}{
		"between":              {climbOf(e(0.8), e(0.4), e(0.025)), fall{sweep.Found, 640 / math.Sqrt2, 320, 640}},
		"on a size":            {climbOf(e(0.8), e(0.1), e(0)), fall{sweep.Found, 320, 160, 320}},
		"first of two falls":   {climbOf(e(0.4), e(0.025), e(0.4), e(0.025)), fall{sweep.Found, 160 * math.Sqrt2, 160, 320}},
		"not reached":          {climbOf(e(0.8), e(0.4)), fall{status: sweep.NotReached, low: 320}},
		"below the smallest":   {climbOf(e(0.05), e(0.01)), fall{status: sweep.BelowSmallest, high: 160}},
		"over a broken-down":   {climbOf(e(0.4), e(-1), e(0.025)), fall{sweep.Found, 320, 160, 640}},
		"all broken down":      {climbOf(e(-1), e(-1)), fall{status: sweep.Collapsed}},
		"nothing":              {climbOf(nil, nil), fall{status: sweep.Unfinished}},
		"a gap behind":         {climbOf(e(0.4), e(0.025), nil), fall{sweep.Found, 160 * math.Sqrt2, 160, 320}},
		"a gap before":         {climbOf(nil, e(0.4), e(0.025)), fall{status: sweep.Unfinished}},
		"a gap where it falls": {climbOf(e(0.8), nil, e(0.025)), fall{status: sweep.Unfinished}},
	} {
		if got := c.climb.falls(testError, 0.1); got.status != c.want.status || math.Abs(got.p-c.want.p) > 1e-6 || got.low != c.want.low || got.high != c.want.high {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
	if got := climbOf(e(0.8), e(0.4), e(0)).halfway(testError); got.status != sweep.Found || math.Abs(got.p-320) > 1e-6 {
		t.Errorf("half-way: %+v", got)
	}
	if got := climbOf(e(0.8), e(0.7), e(0.6)).halfway(testError); got.status != sweep.NotReached {
		t.Errorf("half-way of what stays: %+v", got)
	}
	if got := climbOf(e(0.8), e(0.4), nil).halfway(testError); got.status != sweep.Unfinished {
		t.Errorf("half-way to an end that is not known: %+v", got)
	}
}

// A layer that gives all data the same has no sensitivity; without blanks there is no D.
func TestQuantityUndefined(t *testing.T) {
	run := figure12.ladders(Smoke)[0].run(160)
	r := law{prefactor: 1.7, power: 1}.train(run)
	if _, ok := second("S").value(run, r); !ok {
		t.Error("no S_2")
	}
	if _, ok := second("D").value(run, r); ok {
		t.Error("D_2 at s0 = 0")
	}
	r.Sensitivities.Synonyms.UpTo[1][0] = nil
	if _, ok := second("S").value(run, r); ok {
		t.Error("a value of a constant layer")
	}
	r.Sensitivities = nil
	if _, ok := second("S").value(run, r); ok {
		t.Error("a value without a probe")
	}
}
