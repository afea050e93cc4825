package figures

import (
	"slices"
	"strconv"

	"srhmbench/figures/series"
	"srhmbench/internal/portable"
	"srhmbench/results/paper"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// layerCurves is a figure of the test error, and of the sensitivity of every layer to every level, against P: Figures
// 12 and 15.
type layerCurves struct {
	name, title string // "12"
	family
	power    func(l int) int
	exponent string            // power in words
	divided  float64           // the printed axis is P/(s0+1)^power divided by this
	plateaus []series.Quantity // the sensitivities to compare at large P
	notes    []string          // what a reader should know of the published figure
}

// figure returns the figure.
func (f layerCurves) figure() Figure {
	return Figure{Name: f.name, Title: f.title, Plan: f.plan, Draw: f.draw}
}

// layersV is the vocabulary of the published curves, at L = 2.
const layersV = 8

// output is the layer above the two hidden ones.
const output = 3

// series returns the series of one vocabulary: the paper's, or at smoke scale a smaller one.
func (f layerCurves) series(scale Scale) []series.Series {
	v := layersV
	if scale == Smoke {
		v = 4
	}
	return slices.DeleteFunc(f.probed(scale), func(s series.Series) bool { return s.Task.V != v || s.Task.L != 2 })
}

func (f layerCurves) plan(scale Scale) sweep.Plan { return series.Plan(f.series(scale)...) }

func (f layerCurves) draw(src Source, scale Scale) (Drawing, error) {
	ours := series.MeasureAll(src.Get, f.series(scale))
	return Drawing{Page: f.page(ours, scale), Data: f.table(ours), Claims: f.claims(ours)}, nil
}

// unit returns what P is divided by.
func (f layerCurves) unit(c paper.Task) float64 {
	return portable.Pow(float64(c.S0+1), float64(f.power(c.L)))
}

// quantities lists what the figure draws: the test error, and S and D of each layer and level.
func quantities() []series.Quantity {
	out := []series.Quantity{series.Error}
	for _, of := range []string{"S", "D"} {
		for layer := 1; layer <= output; layer++ {
			for level := 1; level <= 2; level++ {
				out = append(out, series.Sensitivity(of, layer, level))
			}
		}
	}
	return out
}

// responses holds the readings of one task.
type responses struct {
	paper.Task
	readings map[series.Quantity][]series.Reading
}

// published returns the paper's curves, in its order.
func (f layerCurves) published() []responses {
	var out []responses
	for _, p := range paper.Points(f.name, "") {
		c := p.Task()
		q, known := quantityOf(p)
		if !known {
			continue
		}
		i := slices.IndexFunc(out, func(o responses) bool { return o.Task == c })
		if i < 0 {
			i = len(out)
			out = append(out, responses{Task: c, readings: map[series.Quantity][]series.Reading{}})
		}
		out[i].readings[q] = append(out[i].readings[q], series.Reading{P: p.X * f.divided * f.unit(c), Value: spec.Estimate{Value: p.Y}})
	}
	return out
}

// quantityOf returns the quantity of a published point. The test error is drawn in all panels; it counts once.
func quantityOf(p paper.Point) (series.Quantity, bool) {
	if p.Quantity == "test_error" {
		return series.Error, p.Panel == "row1col1"
	}
	layer, err := strconv.Atoi(p.Depth)
	if err != nil {
		layer = output
	}
	level, err := strconv.Atoi(p.Level)
	return series.Sensitivity(p.Quantity, layer, level), err == nil
}

// layersEnd returns the largest published P of a task in Figure 12 or 15, with room for the error of reading; 0 if
// neither figure has the task.
func layersEnd(f family, c paper.Task) (end float64) {
	for _, figure := range []layerCurves{figure12, figure15} {
		if figure.family != f {
			continue
		}
		for _, curves := range figure.published() {
			if s := curves.readings[series.Error]; curves.Task == c {
				end = 1.05 * s[len(s)-1].P
			}
		}
	}
	return end
}

func (f layerCurves) table(ours []series.Measured) Table {
	t := Table{Columns: []string{"series", "network", "s", "s0", "L", "v", "quantity", "layer", "level", "P", "rescaled", "value", "standard_error", "run"}}
	where := func(q series.Quantity) []any {
		switch {
		case q == series.Error:
			return []any{q.Of, "", ""}
		case q.Layer == output:
			return []any{q.Of, "output", q.Level}
		}
		return []any{q.Of, q.Layer, q.Level}
	}
	row := func(name string, c paper.Task, q series.Quantity, at series.Reading, standardError any) {
		values := append([]any{name, f.kind, c.S, c.S0, c.L, c.V}, where(q)...)
		t.Add(append(values, at.P, at.P/f.unit(c), at.Value.Value, standardError, at.Run)...)
	}
	for _, c := range f.published() {
		for _, q := range quantities() {
			for _, at := range c.readings[q] {
				row("paper", c.Task, q, at, "")
			}
		}
	}
	for _, m := range ours {
		for _, q := range quantities() {
			for _, at := range m.Readings(q) {
				row("ours", taskOf(m.Task), q, at, at.Value.Error)
			}
		}
	}
	return t
}
