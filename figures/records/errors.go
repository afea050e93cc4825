package records

import (
	"fmt"
	"maps"
	"slices"

	"gonum.org/v1/plot/vg"

	"srhmbench/figures"
	"srhmbench/figures/series"
	"srhmbench/figures/stat"
	"srhmbench/internal/plot"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// drawErrors draws test errors against P, and against P over its prediction.
func drawErrors(all []group) (figures.Drawing, error) {
	by := newStyles(all)
	left := errorPanel(all, by, func(group) float64 { return 1 })
	left.X.Label, left.Title = "training-set size  $P$", "test error"
	right := errorPanel(all, by, group.prediction)
	right.X.Label, right.Title = "$P$ over its prediction", "rescaled"
	if len(left.Layers) == 0 {
		return figures.Drawing{}, fmt.Errorf("no training has a test error that counts: all collapsed or diverged")
	}
	page := plot.Page{
		Width: 10.4 * vg.Inch, Height: 4.6 * vg.Inch, Title: "Test error against training-set size",
		Description: "Test error on unseen data against the size of the training set, as it is and divided by the prediction of the paper (Eq. 3; CNN: Eq. 4).",
		Panels:      []plot.Panel{left, right},
		Notes: []string{
			"Rescaled: by Eq. 3, $s^{L/2}(s_0+1)^L n_c m^L$; CNN: Eq. 4, $(s_0+1)^2 n_c m^L$. Marks: mean over grammars and seeds; bars: smallest and largest. Hollow: stopped early at a small error, an upper limit.",
			"In common: " + by.fixed() + ".",
		},
	}
	return figures.Drawing{Page: explained(page, by.legends(), 1), Data: errorTable(all)}, nil
}

func errorPanel(all []group, by styles, unit func(group) float64) plot.Panel {
	var xs []float64
	var layers []plot.Layer
	for _, b := range all {
		dots := b.errorMarks(unit(b))
		line := plot.Line{Color: by.hueOf(b.run), Width: 1.4}
		for i := range dots.List {
			k := &dots.List[i]
			k.Shape, k.Color = by.shapeOf(b.run), line.Color
			line.X, line.Y = append(line.X, k.X), append(line.Y, k.Y)
		}
		if len(dots.List) > 0 {
			layers = append(layers, line, dots)
		}
		xs = append(xs, line.X...)
	}
	x := plot.Axis{Log: true}
	x.Min, x.Max = plot.Range(xs, 1.4)
	return plot.Panel{X: x, Y: plot.Axis{Label: "test error", Min: -0.04, Max: 1.04}, Layers: layers}
}

// errorMarks returns the error at every P, without trainings that broke down.
func (b group) errorMarks(unit float64) plot.Marks {
	byP := map[int][]sweep.Point{}
	for _, m := range b.members {
		for _, p := range m.points() {
			if series.Counts(p.Outcome) {
				byP[p.P] = append(byP[p.P], p)
			}
		}
	}
	var m plot.Marks
	for _, p := range slices.Sorted(maps.Keys(byP)) {
		var errs []float64
		k := plot.Mark{X: float64(p) / unit}
		for _, x := range byP[p] {
			errs = append(errs, x.Error)
			k.Hollow = k.Hollow || x.Outcome == spec.Decided
		}
		k.Y = stat.Mean(errs)
		if len(errs) > 1 {
			k.Low, k.High = slices.Min(errs), slices.Max(errs)
		}
		m.List = append(m.List, k)
	}
	return m
}

func errorTable(all []group) figures.Table {
	t := tableWith("grammar", "seed", "P", "rescaled", "error", "fresh_error", "outcome", "run")
	for _, b := range all {
		for _, m := range b.members {
			for _, p := range m.points() {
				t.Add(append(b.settings(), m.grammar, m.seed, p.P, float64(p.P)/b.prediction(), p.Error, p.FreshError, string(p.Outcome), p.ID)...)
			}
		}
	}
	return t
}
