package figures

import (
	"fmt"

	"srhmbench/figures/series"
	"srhmbench/results/paper"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// thresholdScatter is a panel of P* against the size P*_S or P*_D at which a sensitivity falls below a threshold:
// Figures 6, 11, 14 and 16.
type thresholdScatter struct {
	name string // of the figure
	family
	of       string // "S" or "D"
	guide    float64
	gridStep float64 // between the authors' sizes
	others   []int   // vocabularies of other panels and scales, so that a v has one colour in all of them
}

// threshold returns the paper's threshold (SPEC section 3); for the fully connected network, that of the authors'
// program.
func (f thresholdScatter) threshold(l int) float64 {
	switch {
	case f.kind == spec.FCN:
		return 0.2
	case f.of == "D" && f.kind == spec.CNN:
		return 0.2
	case f.of == "D":
		return 0.1
	case f.kind == spec.CNN && l == 3:
		return 0.2
	case f.s == 3:
		return 0.5
	case f.kind == spec.CNN:
		return 0.4
	}
	return 0.3
}

// quantity returns the sensitivity that must fall: that of layer 2, or for the fully connected network that of the
// output. The authors' program takes the output, and the published sizes fit it.
func (f thresholdScatter) quantity(l int) series.Quantity {
	if f.kind == spec.FCN {
		return series.Sensitivity(f.of, l+1, 1)
	}
	return series.Second(f.of)
}

// symbol returns the name of the quantity.
func (f thresholdScatter) symbol() string {
	if f.kind == spec.FCN {
		return f.of + "_{out}"
	}
	return f.of + "_2"
}

// label returns the label of the x axis.
func (f thresholdScatter) label() string {
	percent := func(l int) string { return fmt.Sprintf("%.0f %%", 100*f.threshold(l)) }
	at := percent(2)
	if f.threshold(3) != f.threshold(2) {
		at = fmt.Sprintf("%s ($L=2$), %s ($L=3$)", percent(2), percent(3))
	}
	return fmt.Sprintf("$P^*_%s$,  $%s$ = %s", f.of, f.symbol(), at)
}

// panelName returns the paper's name of the panel.
func (f thresholdScatter) panelName() string {
	if f.of == "D" {
		return probedPanels[f.family][2]
	}
	return probedPanels[f.family][1]
}

// comparison is a task with its P* and the size at which the sensitivity falls, both from the same trainings.
type comparison struct {
	paper.Task
	series.Measured
	pstar, at         series.Crossing // at the thresholds
	fresh             series.Crossing // P* by the authors' error, on fresh draws
	halfError, halfAt series.Crossing // half-way
}

// compare measures the tasks of a scale. At s0 = 0 nothing can be displaced.
func (f thresholdScatter) compare(src Source, scale Scale) []comparison {
	var out []comparison
	for _, m := range series.MeasureAll(src.Get, f.probed(scale)) {
		t := taskOf(m.Task)
		if f.of == "D" && t.S0 == 0 {
			continue
		}
		out = append(out, comparison{
			Task: t, Measured: m,
			pstar: m.Crossing(series.Error, epsilon), at: m.Crossing(f.quantity(t.L), f.threshold(t.L)),
			fresh:     m.Crossing(series.FreshError, epsilon),
			halfError: m.Halfway(series.Error), halfAt: m.Halfway(f.quantity(t.L)),
		})
	}
	return out
}

// found reports whether both sizes are known.
func (m comparison) found() bool { return m.pstar.Status == sweep.Found && m.at.Status == sweep.Found }

// thresholdFigure is a figure of such panels.
type thresholdFigure struct {
	name, title string
	parts       []thresholdScatter
	notes       []string // what a reader should know of the published figure
}

// figure returns the figure.
func (f thresholdFigure) figure() Figure {
	return Figure{Name: f.name, Title: f.title, Plan: f.plan, Draw: f.draw}
}

func (f thresholdFigure) plan(scale Scale) sweep.Plan {
	var p sweep.Plan
	for _, part := range f.parts {
		p = p.Merge(series.Plan(part.probed(scale)...))
	}
	return p
}

func (f thresholdFigure) draw(src Source, scale Scale) (Drawing, error) {
	var d Drawing
	d.Data.Columns = thresholdColumns
	var panels [][]comparison
	for _, part := range f.parts {
		tasks := part.compare(src, scale)
		part.rows(&d.Data, tasks)
		d.Claims = append(d.Claims, part.claims(tasks)...)
		panels = append(panels, tasks)
	}
	d.Page = f.page(panels, scale)
	return d, nil
}

var thresholdColumns = []string{
	"panel", "series", "network", "s", "s0", "L", "v", "quantity", "threshold", "pstar", "pstar_low", "pstar_high", "pstar_status",
	"at", "at_low", "at_high", "at_status", "half_of_error", "half_of_quantity", "runs", "datum",
}

// rows lists the published points, then ours.
func (f thresholdScatter) rows(t *Table, tasks []comparison) {
	for _, p := range f.probedPoints(f.of) {
		t.Add(f.panelName(), "paper", f.kind, p.S, p.S0, p.L, p.V, f.symbol(), f.threshold(p.L), p.Y, "", "", "", p.X, "", "", "", "", "", "", "")
	}
	for _, m := range tasks {
		row := []any{f.panelName(), "ours", f.kind, m.S, m.S0, m.L, m.V, f.symbol(), f.threshold(m.L)}
		for _, x := range []series.Crossing{m.pstar, m.at} {
			row = append(row, Blank(x.P), Blank(x.Low), Blank(x.High), string(x.Status))
		}
		t.Add(append(row, Blank(m.halfError.P), Blank(m.halfAt.P), len(m.Readings(series.Error)), "")...)
	}
}
