package figures

import (
	"fmt"

	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// coincidence is a panel with P* against the size where a sensitivity falls below a threshold, P*_S or P*_D: of
// Figures 6, 11, 14 and 16.
type coincidence struct {
	name   string // of the figure
	family        // of tasks
	of     string // "S" or "D"
	guide  float64
	legend string // of the guide
	step   float64
	others []int // vocabularies of other panels and scales: a v has one colour in all
}

// threshold is that of the paper (SPEC section 3), of the fully connected networks that of the authors' program.
func (f coincidence) threshold(l int) float64 {
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

// quantity is what falls: that of layer 2, of the fully connected networks that of the output, which is what the authors'
// program takes and what the published sizes fit.
func (f coincidence) quantity(l int) quantity {
	if f.kind == spec.FCN {
		return quantity{f.of, l + 1, 1}
	}
	return second(f.of)
}

// symbol is what the quantity is called.
func (f coincidence) symbol() string {
	if f.kind == spec.FCN {
		return f.of + "_{out}"
	}
	return f.of + "_2"
}

// label is that of the x axis.
func (f coincidence) label() string {
	percent := func(l int) string { return fmt.Sprintf("%.0f %%", 100*f.threshold(l)) }
	at := percent(2)
	if f.threshold(3) != f.threshold(2) {
		at = fmt.Sprintf("%s ($L=2$), %s ($L=3$)", percent(2), percent(3))
	}
	return fmt.Sprintf("$P^*_%s$,  $%s$ = %s", f.of, f.symbol(), at)
}

// panelName is that of the paper.
func (f coincidence) panelName() string {
	if f.of == "D" {
		return probedPanels[f.family][2]
	}
	return probedPanels[f.family][1]
}

// match is a task with its P* and the size where the sensitivity falls, of the same trainings.
type match struct {
	climb
	pstar, at         fall // by thresholds
	fresh             fall // P* by the error of fresh draws, as the authors measure
	halfError, halfAt fall // half-way
}

// matches measures the tasks of a scale; at s0 = 0 nothing can be displaced.
func (f coincidence) matches(src Source, scale Scale) []match {
	var out []match
	for _, c := range climbed(src, f.ladders(scale)) {
		if f.of == "D" && c.s0 == 0 {
			continue
		}
		out = append(out, match{
			climb: c,
			pstar: c.falls(testError, epsilon), at: c.falls(f.quantity(c.l), f.threshold(c.l)),
			fresh:     c.falls(freshError, epsilon),
			halfError: c.halfway(testError), halfAt: c.halfway(f.quantity(c.l)),
		})
	}
	return out
}

// found says whether both sizes are known.
func (m match) found() bool { return m.pstar.status == sweep.Found && m.at.status == sweep.Found }

// place is where a fall is drawn: at its size or at the limit of it; 0: nowhere.
func (f fall) place() float64 {
	switch f.status {
	case sweep.Found:
		return f.p
	case sweep.NotReached:
		return f.low
	case sweep.BelowSmallest:
		return f.high
	}
	return 0
}

// coincidences is a figure of them.
type coincidences struct {
	name  string
	parts []coincidence
	notes []string // what to know of the published figure
}

func (f coincidences) plan(scale Scale) sweep.Plan {
	var p sweep.Plan
	for _, part := range f.parts {
		p = p.Merge(planOf(part.ladders(scale)))
	}
	return p
}

func (f coincidences) draw(src Source, scale Scale) (Drawing, error) {
	var d Drawing
	d.Data.Columns = coincidenceColumns
	var panels [][]match
	for _, part := range f.parts {
		cells := part.matches(src, scale)
		part.rows(&d.Data, cells)
		d.Claims = append(d.Claims, part.claims(cells)...)
		panels = append(panels, cells)
	}
	d.Page = f.page(panels, scale)
	return d, nil
}

var coincidenceColumns = []string{
	"panel", "series", "network", "s", "s0", "L", "v", "quantity", "threshold", "pstar", "pstar_low", "pstar_high", "pstar_status",
	"at", "at_low", "at_high", "at_status", "half_of_error", "half_of_quantity", "runs", "datum",
}

// rows lists the published points, then ours.
func (f coincidence) rows(t *Table, cells []match) {
	for _, p := range f.probedPoints(f.of) {
		t.add(f.panelName(), "paper", f.kind, p.S, p.S0, p.L, p.V, f.symbol(), f.threshold(p.L), p.Y, "", "", "", p.X, "", "", "", "", "", "", "")
	}
	for _, m := range cells {
		row := []any{f.panelName(), "ours", f.kind, m.s, m.s0, m.l, m.v, f.symbol(), f.threshold(m.l)}
		for _, x := range []fall{m.pstar, m.at} {
			row = append(row, blank(x.p), blank(x.low), blank(x.high), string(x.status))
		}
		t.add(append(row, blank(m.halfError.p), blank(m.halfAt.p), len(m.spots(testError)), "")...)
	}
}
