package figures

import (
	"math"
	"strings"
	"testing"

	"srhmbench/figures/figuretest"
	"srhmbench/figures/series"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// A world where the paper is right is found to be so, and one where it is not fails.
func TestCurvesClaims(t *testing.T) {
	for _, c := range []struct {
		figure, part string
		w            figuretest.Law
		want         Verdict
	}{
		{"7", "one in P/[(s0+1)^L n_c m^L]: max/min of it at error 0.50", figuretest.ExactLaw, Holds},
		{"7", "at error 0.10", figuretest.ExactLaw, Holds},
		{"7", "the exponent is L and not 2", figuretest.ExactLaw, Holds},
		{"7", "at L=2: fitted", figuretest.ExactLaw, Holds},
		{"7", "at L=3: fitted", figuretest.ExactLaw, Holds},
		{"8", "at error 0.50", figuretest.ExactLaw, Holds},
		{"8", "the exponent is 2 and not L", figuretest.ExactLaw, Holds},
		{"8", "at L=3: fitted", figuretest.ExactLaw, Holds},
		{"7", "at error 0.10", figuretest.Law{Prefactor: 3, Power: 1, Extra: -1.3}, Fails},
		{"7", "the exponent is L and not 2", figuretest.Law{Prefactor: 1.7, Power: 1, Extra: -1}, Fails},
		{"8", "the exponent is 2 and not L", figuretest.Law{Prefactor: 1.5, Power: 1, Extra: 1}, Fails},
		{"8", "at L=2: fitted", figuretest.Law{Prefactor: 1.2, Power: 1, Extra: 0.5}, Fails},
		{"8", "curves come back", figuretest.Law{Prefactor: 0.9, Power: 1}, Fails},
	} {
		if got := verdict(t, drawn(t, c.figure, Paper, c.w), c.part); got.Verdict != c.want {
			t.Errorf("figure %s, %q: %s, %s; want %s", c.figure, c.part, got.Ours, got.Verdict, c.want)
		}
	}
}

// Quick scale decides the collapse with an interval, and says that it takes more curves for L = 3.
func TestCurvesAtQuickScale(t *testing.T) {
	for _, name := range []string{"7", "8"} {
		d := drawn(t, name, Quick, figuretest.ExactLaw)
		if c := verdict(t, d, "at error 0.50"); c.Verdict != Holds || math.IsNaN(c.Low) {
			t.Errorf("%s: %s, %s", name, c.Ours, c.Verdict)
		}
		if c := verdict(t, d, "the exponent is"); c.Verdict != Undecided || !strings.Contains(c.Note, "are wanted") {
			t.Errorf("%s: %s (%s)", name, c.Verdict, c.Note)
		}
	}
}

// The published curves have the P* that is known of them.
func TestPublishedCurves(t *testing.T) {
	for _, c := range []struct {
		f      errorCurves
		s0     int
		pstar  float64
		curves int
	}{{figure7, 1, 7163, 6}, {figure7, 2, 18990, 6}, {figure8, 1, 15160, 5}, {figure8, 2, 32790, 5}} {
		list := c.f.published()
		if len(list) != c.curves {
			t.Errorf("figure %s: %d curves, want %d", c.f.name, len(list), c.curves)
		}
		for _, l := range list {
			if got := l.DrawnCrossing(epsilon); l.L == 2 && l.S0 == c.s0 && math.Abs(got/c.pstar-1) > 1e-3 {
				t.Errorf("figure %s, %v: P* %.0f, want %v", c.f.name, l.Task, got, c.pstar)
			}
		}
	}
}

// The sizes at quick scale are those around the drop, and hold it.
func TestSizesAroundTheDrop(t *testing.T) {
	for _, f := range []errorCurves{figure7, figure8} {
		for _, s := range f.curves(Quick) {
			if n := len(s.sizes); n < 4 || n > 6 {
				t.Errorf("figure %s, %v: %d sizes", f.name, s.Task, n)
			}
		}
	}
	for _, r := range figure7.plan(Paper).Runs { // the end of the drop is part of the figure
		if r.Protocol.StopError != 0 || r.Network.Width != 512 || r.Task.Sparsity != srhm.SparsityB {
			t.Errorf("a run of %+v", r)
		}
	}
	x := publishedCurve{Curve: series.Curve{P: []float64{1, 2, 4, 8, 16, 32}, Error: []float64{0.9, 0.8, 0.5, 0.2, 0.01, 0.001}}}
	if got := x.drop(0.6, 0.05); len(got) != 4 || got[0] != 2 || got[3] != 16 {
		t.Errorf("sizes %v", got)
	}
	if got := x.until(2, 0.05); len(got) != 6 {
		t.Errorf("sizes %v", got)
	}
}

// What did not end well is named: nothing is dropped.
func TestCurvesOutcomes(t *testing.T) {
	w := figuretest.ExactLaw
	w.Outcome = func(r spec.Run) (spec.Outcome, bool) {
		switch {
		case r.Task.S0 == 4:
			return spec.Exhausted, true
		case r.Task.S0 == 2 && r.P < 10000:
			return spec.Collapsed, true
		}
		return "", false
	}
	w.Missing = func(r spec.Run) bool { return r.Task.L == 3 && r.P > 20000 }
	d := drawn(t, "7", Quick, w)
	notes := strings.Join(d.Page.Notes, "\n")
	for _, want := range []string{"unfinished: 2 of 24", "collapsed or diverged, not drawn: 2 of 24", "arrows: error above 0.1 at the largest $P$: authors:1 at v 6, s0 4, L 2"} {
		if !strings.Contains(notes, want) {
			t.Errorf("the notes do not say %q:\n%s", want, notes)
		}
	}
}
