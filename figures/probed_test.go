package figures

import (
	"math"
	"slices"
	"testing"

	"srhmbench/figures/figuretest"
	"srhmbench/figures/series"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// probedFamilies are those of Figures 6, 11, 14 and 16.
var probedFamilies = []family{lcn2, lcn3, cnn2, cnn3, fcn2}

// Every training is probed, and none stops because its error is small: the network probed would be one on its way.
func TestSeriesAreProbedToTheEnd(t *testing.T) {
	for _, scale := range Scales {
		for _, f := range probedFamilies {
			list := f.probed(scale)
			if len(list) == 0 {
				t.Errorf("%s %v: no series", scale, f)
			}
			for _, r := range series.Plan(list...).Runs {
				if r.Probe.Inputs != spec.ProbeInputs || r.Protocol.StopError != 0 {
					t.Errorf("%s %v: %d inputs, stop error %v", scale, f, r.Probe.Inputs, r.Protocol.StopError)
				}
			}
			for _, l := range list {
				task := taskOf(l.Task)
				if layersEnd(f, task) > 0 && scale == Paper {
					continue // as published
				}
				if e := f.expected(task); float64(l.Sizes[0]) > 0.25*e || float64(l.Sizes[len(l.Sizes)-1]) < 2*e || !slices.IsSorted(l.Sizes) {
					t.Errorf("%s %v %v: sizes %v around %v", scale, f, task, l.Sizes, e)
				}
			}
		}
	}
}

// What figures show of one task are the same trainings.
func TestFiguresShareSeries(t *testing.T) {
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
func TestSeriesOfThePaper(t *testing.T) {
	for _, f := range probedFamilies {
		for _, l := range f.probed(Paper) {
			grid := sweep.AuthorsGrid(l.Task, l.Network)
			if grid == nil && !(f == cnn3 && l.Task.V == 6) {
				t.Errorf("%v %v: no grid", f, taskOf(l.Task))
			}
			for _, size := range l.Sizes {
				if grid != nil && size >= slices.Min(grid) && !slices.Contains(grid, size) {
					t.Errorf("%v %v: %d is not of the grid", f, taskOf(l.Task), size)
				}
			}
		}
	}
	for _, f := range []layerCurves{figure12, figure15} {
		for _, l := range f.series(Paper) {
			published := f.published()
			i := slices.IndexFunc(published, func(r responses) bool { return r.Task == taskOf(l.Task) })
			errors := published[i].readings[series.Error]
			if d := len(l.Sizes) - len(errors); d < 0 || d > 3 {
				t.Errorf("figure %s, %v: %d sizes, %d published", f.name, taskOf(l.Task), len(l.Sizes), len(errors))
			}
			for _, at := range errors {
				if !slices.ContainsFunc(l.Sizes, func(p int) bool { return math.Abs(math.Log(float64(p)/at.P)) < 0.03 }) {
					t.Errorf("figure %s, %v: the published size %.0f is not trained", f.name, taskOf(l.Task), at.P)
				}
			}
		}
	}
}

// Read with the right units, the published curves pass 10 % where the digitised tables say, at the P* of Figure 4.
func TestPublishedLayers(t *testing.T) {
	for _, c := range []struct {
		f    layerCurves
		want []float64
	}{{figure12, []float64{1310, 6046, 14570, 48900}}, {figure15, []float64{1290, 4305, 8191, 20850}}} {
		for i, r := range c.f.published() {
			if got := series.FirstCrossing(r.readings[series.Error], epsilon); math.Abs(got.P/c.want[i]-1) > 0.02 {
				t.Errorf("figure %s, %v: P* %.0f, want %.0f", c.f.name, r.Task, got.P, c.want[i])
			}
		}
	}
}

// A layer that gives all data the same has no sensitivity; without blanks there is no D.
func TestQuantityUndefined(t *testing.T) {
	run := figure12.series(Smoke)[0].Run(160)
	r := figuretest.Law{Prefactor: 1.7, Power: 1}.Train(run)
	if _, ok := series.Second("S").Value(run, r); !ok {
		t.Error("no S_2")
	}
	if _, ok := series.Second("D").Value(run, r); ok {
		t.Error("D_2 at s0 = 0")
	}
	r.Sensitivities.Synonyms.UpTo[1][0] = nil
	if _, ok := series.Second("S").Value(run, r); ok {
		t.Error("a value of a constant layer")
	}
	r.Sensitivities = nil
	if _, ok := series.Second("S").Value(run, r); ok {
		t.Error("a value without a probe")
	}
}
