package figures

import (
	"fmt"
	"math"

	"gonum.org/v1/plot/vg"

	"srhmbench/internal/plot"
	"srhmbench/results/paper"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// The axis of Figure 4A says P, but its sizes are those of the authors' program, which counts per
// class: the P* drawn, 3014, is a tenth of the 30140 of the same task in Figure 4B. We
// draw P/n_c and say so.
const perClassNote = "The axis of the published figure says P; its sizes are per class: n_c = 10 times 3014 is the P* = 30140 that Figure 4B has for this task."

func plan4A(scale Scale) sweep.Plan {
	var p sweep.Plan
	for _, size := range curve4A(scale).sizes {
		p.Runs = append(p.Runs, curve4A(scale).search().RunAt(size))
	}
	return p
}

// search is the search for P* whose points the curve's are.
func (c curve) search() sweep.Search {
	return sweep.Search{Task: c.task, Network: c.net, Protocol: c.how, Seed: seed, Epsilon: epsilon, Grid: c.sizes}
}

// points returns the finished runs by increasing P.
func (c curve) points(src Source) []sweep.Point {
	var out []sweep.Point
	for _, size := range c.sizes {
		run := c.search().RunAt(size)
		if r, ok := src.Get(run.ID()); ok {
			out = append(out, sweep.PointOf(run, r))
		}
	}
	return out
}

// perClass is a curve with sizes per class.
type perClass struct{ p, err []float64 }

func publishedCurve() (c perClass) {
	for _, p := range paper.Points("4", "A") {
		c.p, c.err = append(c.p, p.X), append(c.err, p.Y)
	}
	return c
}

// curveOf leaves out trainings that broke down: they have no error that counts.
func curveOf(points []sweep.Point, classes int) (c perClass) {
	for _, p := range points {
		if counts(p.Outcome) {
			c.p, c.err = append(c.p, float64(p.P)/float64(classes)), append(c.err, p.Error)
		}
	}
	return c
}

func draw4A(src Source, scale Scale) (Drawing, error) {
	c := curve4A(scale)
	points := c.points(src)
	pstar := c.search().Estimate(points, nil).Value / float64(c.task.NC)
	ours, theirs := curveOf(points, c.task.NC), publishedCurve()
	return Drawing{
		Page:   c.page(ours, theirs, pstar, points, scale),
		Data:   c.table(points, theirs),
		Claims: c.claims(ours, theirs, c.search().Estimate(points, nil)),
	}, nil
}

func (c curve) table(points []sweep.Point, theirs perClass) Table {
	t := Table{Columns: []string{"series", "network", "s", "s0", "L", "v", "P_per_class", "P", "error", "fresh_error", "outcome", "run"}}
	for i, p := range theirs.p {
		t.add("paper", spec.LCN, 2, 2, 2, 10, p, "", "", theirs.err[i], "", "")
	}
	for _, p := range points {
		t.add("ours", c.net.Kind, c.task.S, c.task.S0, c.task.L, c.task.V, float64(p.P)/float64(c.task.NC), p.P, p.Error, p.FreshError, string(p.Outcome), p.ID)
	}
	return t
}

func (c curve) name() string { return fmt.Sprintf("$v=%d$, $s_0=%d$", c.task.V, c.task.S0) }

// samePaperTask says whether the curve is of the task that the paper shows.
func (c curve) samePaperTask() bool { return c.task.V == paperClasses && c.task.S0 == 2 }

func (c curve) theirName() string {
	if c.samePaperTask() {
		return "published"
	}
	return "published, $v=10$, $s_0=2$"
}

func (c curve) page(ours, theirs perClass, pstar float64, points []sweep.Point, scale Scale) plot.Page {
	x := plot.Axis{Label: "training-set size per class,  $P/n_c$", Log: true}
	x.Min, x.Max = plot.Range(append(append([]float64{}, theirs.p...), ours.p...), 1.25)
	y := plot.Axis{Label: "test error", Min: -0.04, Max: 0.94}
	mine, published := plot.Reds.At(0.6), plot.Published
	filled := plot.Mark{Shape: plot.Circle, Color: mine}
	hollow := plot.Mark{Shape: plot.Circle, Color: published, Hollow: true}
	layers := []plot.Layer{
		plot.Line{X: theirs.p, Y: theirs.err, Color: published}, marks(theirs, hollow),
		plot.Line{X: ours.p, Y: ours.err, Color: mine, Width: 1.4}, marks(ours, filled),
	}
	if pstar > 0 {
		layers = append(layers, construction(pstar, x.Min)...)
	}
	return plot.Page{
		Width: 5.2 * vg.Inch, Height: 4.3 * vg.Inch,
		Title:       "Figure 4A: test error of an LCN against training-set size",
		Description: fmt.Sprintf("Test error of a locally connected network on unseen data, against the size of the training set per class. Grey, hollow: Tomasini and Wyart (2024), Figure 4A, read off the picture (CC BY 4.0). Scale %s.", scale),
		Panels: []plot.Panel{{
			Title: fmt.Sprintf("LCN,  %s,  $s=2$,  $L=%d$", c.name(), c.task.L),
			X:     x, Y: y, Layers: layers,
			Legends: []plot.Legend{{
				{Sample: plot.LineSample{Line: plot.Line{Color: mine}, Mark: &filled}, Text: "ours"},
				{Sample: plot.LineSample{Line: plot.Line{Color: published}, Mark: &hollow}, Text: c.theirName()},
			}},
		}},
		Notes: c.notes(points, scale),
	}
}

func marks(c perClass, like plot.Mark) plot.Marks {
	var m plot.Marks
	for i := range c.p {
		k := like
		k.X, k.Y = c.p[i], c.err[i]
		m.List = append(m.List, k)
	}
	return m
}

// construction marks P* where the curve has the threshold as its error.
func construction(pstar, left float64) []plot.Layer {
	return []plot.Layer{
		plot.Line{X: []float64{left, pstar, pstar}, Y: []float64{epsilon, epsilon, -0.04}, Color: plot.Accent, Dashed: true, Width: 1.2},
		plot.Label{X: pstar, Y: epsilon, Text: fmt.Sprintf("$P^*/n_c=%.0f$", pstar), Color: plot.Accent, DX: 7, DY: 4},
		plot.Label{X: left, Y: epsilon, Text: "$ε^*=0.1$", Color: plot.Accent, DX: 5, DY: 3},
	}
}

func (c curve) notes(points []sweep.Point, scale Scale) []string {
	notes := []string{fmt.Sprintf("Scale %s: width %d, stop at cross-entropy %g. The published axis says $P$; it is $P/n_c$.", scale, c.net.Width, c.how.StopLoss)}
	if n := len(c.sizes) - len(points); n > 0 {
		notes = append(notes, fmt.Sprintf("unfinished: %d of %d runs", n, len(c.sizes)))
	}
	if n := len(points) - len(curveOf(points, c.task.NC).p); n > 0 {
		notes = append(notes, fmt.Sprintf("collapsed or diverged, not drawn: %d of %d runs", n, len(c.sizes)))
	}
	return notes
}

// claims judges the drop, its place, and the label of the axis.
func (c curve) claims(ours, theirs perClass, pstar sweep.PStar) []Claim {
	few := ""
	if !c.samePaperTask() {
		few = "Another task than the published one at this scale."
	}
	where, bracket := nothing, func(float64) string { return "" }
	if pstar.Value > 0 {
		where = exactly(pstar.Value)
		bracket = func(k float64) string { return fmt.Sprintf(" (between %.0f and %.0f)", pstar.Low/k, pstar.High/k) }
	}
	published := publishedPStar(theirs)
	classes := float64(c.task.NC)
	return []Claim{
		check{
			figure: "4A", sentence: "the error drops at once: decades of P from half of chance to 1 %", bound: "at most 1",
			lo: 0, hi: 1, paper: exactly(theirs.drop(paperClasses)), ours: exactly(ours.drop(c.task.NC)),
			note: "Between points the logarithms of error and P are interpolated.",
		}.claim(),
		check{
			figure: "4A", sentence: "P*/n_c is the published 3014", few: few,
			lo: published / authorsStep, hi: published * authorsStep, bound: "within a step of their grid, a factor of 1.46",
			paper: exactly(published), ours: exactly(where.value / classes), of: bracket(classes),
			note: "Read as a size per class. The published value is the size with the error nearest to 10 %; ours is interpolated between two sizes.",
		}.claim(),
		check{
			figure: "4A", sentence: "P* is 3014 training data, as the axis says", few: few,
			lo: published / authorsStep, hi: published * authorsStep, bound: "within a step of their grid, a factor of 1.46",
			paper: exactly(published), ours: where, of: bracket(1),
			note: perClassNote,
		}.claim(),
	}
}

// paperClasses is n_c of the published curve.
const paperClasses = 10

// publishedPStar applies the authors' rule to the published curve: the size with the error nearest to
// the threshold.
func publishedPStar(c perClass) float64 {
	best := 0
	for i, e := range c.err {
		if math.Abs(e-epsilon) < math.Abs(c.err[best]-epsilon) {
			best = i
		}
	}
	return math.Round(c.p[best])
}

// drop returns the decades of P between the error of half of chance and an error of 1 %; NaN if the
// curve does not reach from one to the other.
func (c perClass) drop(classes int) float64 {
	half := (1 - 1/float64(classes)) / 2
	return math.Log10(c.crossing(0.01) / c.crossing(half))
}

// crossing is the P where the error first falls to a value, between two points.
func (c perClass) crossing(err float64) float64 {
	for i := 1; i < len(c.p); i++ {
		if a, b := c.err[i-1], c.err[i]; a > err && b <= err {
			return sweep.Crossing(c.p[i-1], a, c.p[i], b, err)
		}
	}
	return math.NaN()
}
