package figures

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"

	"srhmbench/figures/series"
	"srhmbench/figures/stat"
	"srhmbench/internal/plot"
	"srhmbench/internal/portable"
	"srhmbench/results/paper"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// The axis of Figure 4A says P, but the authors' program counts per class: the P* drawn, 3014, is a tenth of the 30140
// that Figure 4B has for the same task. We draw P/n_c and say so.
const perClassNote = "The axis of the published figure says P; its sizes are per class: n_c = 10 times 3014 is the P* = 30140 that Figure 4B has for this task."

// series4A returns an LCN at the authors' training-set sizes: all of them at paper scale, else those around the drop.
// Training ends on the loss, however small the error: the end of the drop is part of the figure.
func series4A(scale Scale) series.Series {
	s := series.Series{
		Task: srhm.Task{V: 10, S0: 2}.WithDefaults(), Protocol: protocol(scale, spec.LCN, paper.Task{S: 2, V: 10, S0: 2, L: 2}), Seed: seed,
	}
	s.Protocol.StopError = 0
	width, from, to := 512, 0, 14
	switch scale {
	case Smoke: // a smaller task
		s.Task = srhm.Task{V: 4, S0: 1}.WithDefaults()
		width, from, to = 64, 3, 10
	case Quick:
		width, from, to = 128, 6, 12
	}
	s.Network = network(spec.LCN, width)
	s.Sizes = sweep.AuthorsGrid(s.Task, s.Network)[from:to]
	return s
}

// figure4A is the test error against training-set size, and the P* read off it.
var figure4A = Figure{Name: "4a", Title: "test error against training-set size, LCN", Plan: plan4A, Draw: draw4A}

func plan4A(scale Scale) sweep.Plan { return series.Plan(series4A(scale)) }

// drop4A is the series as far as it is trained.
type drop4A struct {
	series.Measured
	points []sweep.Point // the finished trainings
}

// pstar returns what the points say of P*.
func (d drop4A) pstar() sweep.PStar {
	s := sweep.Search{Task: d.Task, Network: d.Network, Protocol: d.Protocol, Seed: d.Seed, Epsilon: epsilon, Grid: d.Sizes}
	return s.Estimate(d.points, nil)
}

// perClass returns the curve of the points over P/n_c.
func (d drop4A) perClass() series.Curve { return series.CurveOf(d.points).Over(float64(d.Task.NC)) }

// published4A returns the paper's curve over P/n_c.
func published4A() (c series.Curve) {
	for _, p := range paper.Points("4", "A") {
		c.P, c.Error = append(c.P, p.X), append(c.Error, p.Y)
	}
	return c
}

func draw4A(src Source, scale Scale) (Drawing, error) {
	d := drop4A{Measured: series.Measure(src.Get, series4A(scale))}
	d.points = d.Trained()
	theirs := published4A()
	return Drawing{Page: d.page(theirs, scale), Data: d.table(theirs), Claims: d.claims(theirs)}, nil
}

func (d drop4A) table(theirs series.Curve) Table {
	t := Table{Columns: []string{"series", "network", "s", "s0", "L", "v", "P_per_class", "P", "error", "fresh_error", "outcome", "run"}}
	for i, p := range theirs.P {
		t.Add("paper", spec.LCN, 2, 2, 2, 10, p, "", "", theirs.Error[i], "", "")
	}
	for _, p := range d.points {
		t.Add("ours", d.Network.Kind, d.Task.S, d.Task.S0, d.Task.L, d.Task.V, float64(p.P)/float64(d.Task.NC), p.P, p.Error, p.FreshError, string(p.Outcome), p.ID)
	}
	return t
}

func (d drop4A) name() string { return fmt.Sprintf("$v=%d$, $s_0=%d$", d.Task.V, d.Task.S0) }

// samePaperTask reports whether the paper shows this task.
func (d drop4A) samePaperTask() bool { return d.Task.V == paperClasses && d.Task.S0 == 2 }

func (d drop4A) theirName() string {
	if d.samePaperTask() {
		return "published"
	}
	return "published, $v=10$, $s_0=2$"
}

func (d drop4A) page(theirs series.Curve, scale Scale) plot.Page {
	ours, pstar := d.perClass(), d.pstar()
	x := plot.Axis{Label: "training-set size per class,  $P/n_c$", Log: true}
	x.Min, x.Max = plot.Range(slices.Concat(theirs.P, ours.P), 1.25)
	y := plot.Axis{Label: "test error", Min: -0.04, Max: 0.94}
	mine, published := plot.Reds.At(0.6), plot.Published
	filled := plot.Mark{Shape: plot.Circle, Color: mine}
	hollow := plot.Mark{Shape: plot.Circle, Color: published, Hollow: true}
	layers := []plot.Layer{
		plot.Line{X: theirs.P, Y: theirs.Error, Color: published}, marks(theirs, hollow),
		plot.Line{X: ours.P, Y: ours.Error, Color: mine, Width: 1.4}, marks(ours, filled),
	}
	if pstar.Value > 0 {
		layers = append(layers, d.construction(pstar, x.Min)...)
	}
	return plot.Page{
		Width: 5.2 * vg.Inch, Height: 4.3 * vg.Inch,
		Title:       "Figure 4A: test error of an LCN against training-set size",
		Description: fmt.Sprintf("Test error of a locally connected network on unseen data, against the size of the training set per class. Grey, hollow: Tomasini and Wyart (2024), Figure 4A, read off the picture (CC BY 4.0). Scale %s.", scale),
		Panels: []plot.Panel{{
			Title: fmt.Sprintf("LCN,  %s,  $s=2$,  $L=%d$", d.name(), d.Task.L),
			X:     x, Y: y, Layers: layers,
			Legends: []plot.Legend{{
				{Sample: plot.LineSample{Line: plot.Line{Color: mine}, Mark: &filled}, Text: "ours"},
				{Sample: plot.LineSample{Line: plot.Line{Color: published}, Mark: &hollow}, Text: d.theirName()},
			}},
		}},
		Notes: d.notes(scale),
	}
}

func marks(c series.Curve, like plot.Mark) plot.Marks {
	var m plot.Marks
	for i := range c.P {
		k := like
		k.X, k.Y = c.P[i], c.Error[i]
		m.List = append(m.List, k)
	}
	return m
}

// construction marks P*, where the curve passes the threshold.
func (d drop4A) construction(found sweep.PStar, left float64) []plot.Layer {
	classes := float64(d.Task.NC)
	pstar := found.Value / classes
	return []plot.Layer{
		plot.Line{X: []float64{found.Low / classes, found.High / classes}, Y: []float64{epsilon, epsilon}, Color: plot.Pale(plot.Accent), Width: 5},
		plot.Line{X: []float64{left, pstar, pstar}, Y: []float64{epsilon, epsilon, -0.04}, Color: plot.Accent, Dashed: true, Width: 1.2},
		plot.Label{X: found.High / classes, Y: epsilon, Text: fmt.Sprintf("$P^*/n_c=%.0f$", pstar), Color: plot.Accent, DX: 5, DY: 5},
		plot.Label{X: left, Y: epsilon, Text: "$ε^*=0.1$", Color: plot.Accent, DX: 5, DY: 3},
	}
}

func (d drop4A) notes(scale Scale) []string {
	notes := []string{fmt.Sprintf("Scale %s: width %d, stop at cross-entropy %g. Broad blue line: the bracket of $P^*$. The published axis says $P$; it is $P/n_c$.", scale, d.Network.Width, d.Protocol.StopLoss)}
	if n := len(d.Sizes) - len(d.points); n > 0 {
		notes = append(notes, fmt.Sprintf("unfinished: %d of %d runs", n, len(d.Sizes)))
	}
	if n := len(d.points) - len(d.perClass().P); n > 0 {
		notes = append(notes, fmt.Sprintf("collapsed or diverged, not drawn: %d of %d runs", n, len(d.Sizes)))
	}
	return notes
}

// claims judges the drop, its place, and the label of the axis.
func (d drop4A) claims(theirs series.Curve) []Claim {
	ours, pstar := d.perClass(), d.pstar()
	few := ""
	if !d.samePaperTask() {
		few = "Another task than the published one at this scale."
	}
	where, bracket := stat.Unknown, func(float64) string { return "" }
	if pstar.Value > 0 {
		where = stat.Exact(pstar.Value)
		bracket = func(k float64) string { return fmt.Sprintf(" (between %.0f and %.0f)", pstar.Low/k, pstar.High/k) }
	}
	published := publishedPStar(theirs)
	classes := float64(d.Task.NC)
	return []Claim{
		check{
			figure: "4A", sentence: "the error drops at once: decades of P from half of chance to 1 %", bound: "at most 1",
			lo: 0, hi: 1, paper: stat.Exact(decades(theirs, paperClasses)), ours: stat.Exact(decades(ours, d.Task.NC)),
			note: "Between points the logarithms of error and P are interpolated.",
		}.claim(),
		check{
			figure: "4A", sentence: "P*/n_c is the published 3014", few: few,
			lo: published / gridStep, hi: published * gridStep, bound: "within a step of their grid, a factor of 1.46",
			paper: stat.Exact(published), ours: stat.Exact(where.Value / classes), of: bracket(classes),
			note: "Read as a size per class. The published value is the size with the error nearest to 10 %; ours is interpolated between two sizes.",
		}.claim(),
		check{
			figure: "4A", sentence: "P* is 3014 training data, as the axis says", few: few,
			lo: published / gridStep, hi: published * gridStep, bound: "within a step of their grid, a factor of 1.46",
			paper: stat.Exact(published), ours: where, of: bracket(1),
			note: perClassNote,
		}.claim(),
	}
}

// paperClasses is n_c of the published curve.
const paperClasses = 10

// publishedPStar applies the authors' rule to the published curve: the size with the error nearest to the threshold.
func publishedPStar(c series.Curve) float64 {
	best := 0
	for i, e := range c.Error {
		if math.Abs(e-epsilon) < math.Abs(c.Error[best]-epsilon) {
			best = i
		}
	}
	return math.Round(c.P[best])
}

// decades returns the decades of P from half the error of chance to an error of 1 %; NaN if the curve does not cover
// both.
func decades(c series.Curve, classes int) float64 {
	half := (1 - 1/float64(classes)) / 2
	return portable.Log10(c.Crossing(0.01) / c.Crossing(half))
}
