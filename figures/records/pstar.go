package records

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"

	"srhmbench/figures"
	"srhmbench/figures/pstar"
	"srhmbench/figures/stat"
	"srhmbench/figures/style"
	"srhmbench/internal/plot"
	"srhmbench/srhm/net"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// drawPStar draws P* against its prediction, a panel for each kind of network.
func drawPStar(all []group) (figures.Drawing, error) {
	tasks := make([]pstar.Measured, len(all))
	for i, b := range all {
		tasks[i] = b.measure()
	}
	drawn := slices.IndexFunc(tasks, func(m pstar.Measured) bool { return m.Y() > 0 })
	if drawn < 0 {
		return figures.Drawing{}, fmt.Errorf("no training gives a P* or a limit of it")
	}
	by := newStyles(all, "net")
	page := plot.Page{
		Height: 5.2 * vg.Inch, Title: "P* against its prediction",
		Description: fmt.Sprintf("Training-set size P* at a test error of %g against the prediction of the paper (Eq. 3; CNN: Eq. 4).", sweep.DefaultEpsilon),
	}
	for _, kind := range zoo.Kinds {
		panel, text := pstarPanel(kind, all, tasks, by)
		if text == "" {
			continue
		}
		page.Width += 5.2 * vg.Inch
		page.Panels, page.Notes = append(page.Panels, panel), append(page.Notes, text)
	}
	page.Notes = append(page.Notes,
		"Bars: thin, from the smallest to the largest over grammars and seeds; broad, with one of each, the sizes trained on either side of $P^*$. Hollow with an arrow: $P^*$ is beyond the sizes trained.",
		"In common: "+by.fixed()+".")
	every := make([]int, len(page.Panels))
	for i := range every {
		every[i] = i
	}
	return figures.Drawing{Page: explained(page, by.legends(), every...), Data: pstarTable(all, tasks)}, nil
}

// measure finds the P* of every member between two of its sizes, however far apart these are.
func (b group) measure() pstar.Measured {
	m := pstar.Measured{X: b.prediction(), LR: b.run.Protocol.LR}
	var found []sweep.PStar
	for _, x := range b.members {
		s := sweep.Search{Task: b.run.Task, Network: b.run.Network, Protocol: b.run.Protocol, Seed: x.seed, Epsilon: sweep.DefaultEpsilon}
		s.Task.Grammar = x.grammar
		p := s.Estimate(x.points(), nil)
		switch {
		case p.Low > 0 && p.High > 0:
			p.Status = sweep.Found
		case p.Low > 0:
			p.Status = sweep.NotReached
		case p.High > 0:
			p.Status = sweep.BelowSmallest
		case slices.ContainsFunc(p.Points, func(q sweep.Point) bool { return q.Outcome == spec.Diverged }):
			p.Status = sweep.Diverged
		default:
			p.Status = sweep.Collapsed
		}
		m.Trials = append(m.Trials, pstar.Trial{Search: s, Unseen: p})
		found = append(found, p)
	}
	m.Pooled = sweep.Combine(found)
	return m
}

// pstarPanel draws the groups of one kind of network and describes them; it returns "" if there are none.
func pstarPanel(kind net.Kind, all []group, tasks []pstar.Measured, by styles) (plot.Panel, string) {
	var marks plot.Marks
	var known []stat.Pair
	var xs, ys []float64
	for i, m := range tasks {
		r := all[i].run
		if r.Network.Kind != kind.Name() || m.Y() == 0 {
			continue
		}
		k := plot.Mark{X: m.X, Y: m.Y(), Shape: by.shapeOf(r), Color: by.hueOf(r), Bound: m.Bound(), Hollow: !m.Found()}
		if m.Found() {
			k.Low, k.High = m.Range()
			k.Bracket = len(m.Trials) == 1
			known = append(known, stat.Pair{X: m.X, Y: m.Pooled.Value})
		}
		marks.List = append(marks.List, k)
		xs, ys = append(xs, m.X), append(ys, m.Y(), k.Low, k.High)
	}
	if len(marks.List) == 0 {
		return plot.Panel{}, ""
	}
	x := plot.Axis{Label: style.Prediction(kind.Law()), Log: true}
	y := plot.Axis{Label: fmt.Sprintf("$P^*$ at test error %g %%", 100*sweep.DefaultEpsilon), Log: true}
	x.Min, x.Max = plot.Range(xs, 1.7)
	y.Min, y.Max = plot.Range(ys, 3)
	layers, legends, text := []plot.Layer{marks}, []plot.Legend(nil), ""
	if len(known) > 0 {
		k := prefactor(known)
		guide := plot.Guide(k, x.Min, x.Max)
		layers = []plot.Layer{guide, marks}
		legends = append(legends, plot.Legend{{Sample: plot.LineSample{Line: guide}, Text: fmt.Sprintf("$y=%sx$", stat.Short(k))}})
		text = fmt.Sprintf(": $P^*$ is %s times the prediction, from %s to %s", stat.Short(k), stat.Short(ratioOf(known, slices.Min)), stat.Short(ratioOf(known, slices.Max)))
		if s := stat.Slope(known); !math.IsNaN(s) && len(known) > 2 {
			text += fmt.Sprintf("; log-log slope %s", stat.Short(s))
		}
	}
	name := kind.Title()
	return plot.Panel{Title: name, X: x, Y: y, Layers: layers, Legends: legends}, fmt.Sprintf("%s, %d of %d cells with a $P^*$%s.", name, len(known), len(marks.List), text)
}

// prefactor returns the geometric mean of P*/prediction.
func prefactor(data []stat.Pair) float64 {
	var ratios []float64
	for _, p := range data {
		ratios = append(ratios, p.Y/p.X)
	}
	return stat.GeometricMean(ratios)
}

func ratioOf(data []stat.Pair, which func([]float64) float64) float64 {
	var ratios []float64
	for _, p := range data {
		ratios = append(ratios, p.Y/p.X)
	}
	return which(ratios)
}

func pstarTable(all []group, tasks []pstar.Measured) figures.Table {
	t := tableWith("prediction", "pstar", "low", "high", "searches", "status", "monotone")
	for i, m := range tasks {
		low, high := m.Range()
		t.Add(append(all[i].settings(), m.X, figures.Blank(m.Y()), figures.Blank(low), figures.Blank(high), len(m.Trials), m.Status(), m.Monotone())...)
	}
	return t
}
