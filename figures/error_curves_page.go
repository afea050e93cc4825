package figures

import (
	"fmt"
	"image/color"
	"maps"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"srhmbench/figures/series"
	"srhmbench/figures/stat"
	"srhmbench/figures/style"
	"srhmbench/internal/plot"
	"srhmbench/results/paper"
	"srhmbench/srhm/spec"
)

func (f errorCurves) page(ours []measuredCurve, scale Scale) plot.Page {
	plain := func(paper.Task) float64 { return 1 }
	rescaled := func(c paper.Task) float64 { return f.scaleOf(c, f.power) }
	left := f.panel(ours, plain, "training-set size  $P$")
	left.Title = fmt.Sprintf("%s,  sparsity B,  $s=2$,  $v=n_c=m=%d$", strings.ToUpper(f.kind), f.v)
	right := f.panel(ours, rescaled, f.label)
	right.Title = "rescaled"
	// The curves fill the left panel.
	right.Legends = []plot.Legend{append(f.colours(ours), f.markLegend(ours)...)}
	return plot.Page{
		Width: 10.4 * vg.Inch, Height: 4.6 * vg.Inch,
		Title:       fmt.Sprintf("Figure %s: test error against training-set size, %s, sparsity B", f.name, strings.ToUpper(f.kind)),
		Description: fmt.Sprintf("Test error on unseen data against the size of the training set, as it is and divided by (s0+1)^%s n_c m^L. Grey, hollow: Tomasini and Wyart (2024), Figure %s, read off the picture (CC BY 4.0). Scale %s.", f.wants[0], f.name, scale),
		Panels:      []plot.Panel{left, right},
		Notes:       append(f.footnotes(ours, scale), f.notes...),
	}
}

// panel draws all curves, P divided by a unit of the task.
func (f errorCurves) panel(ours []measuredCurve, unit func(paper.Task) float64, label string) plot.Panel {
	var xs []float64
	var layers []plot.Layer
	for _, c := range f.published() {
		line := c.Over(unit(c.Task))
		xs = append(xs, line.P...)
		hollow := plot.Mark{Shape: style.ByS0.Shape(c.Task), Color: plot.Published, Hollow: true}
		dots := marks(line, hollow)
		dots.Radius = 2.6
		layers = append(layers, plot.Line{X: line.P, Y: line.Error, Color: plot.Published, Width: 0.7}, dots)
	}
	for _, c := range ours {
		dots := c.marks(unit(c.Task), f.hue(c.Task))
		line := plot.Line{Color: f.hue(c.Task), Width: 1.4}
		for _, k := range dots.List {
			line.X, line.Y = append(line.X, k.X), append(line.Y, k.Y)
		}
		xs = append(xs, line.X...)
		layers = append(layers, line, dots)
	}
	x := plot.Axis{Label: label, Log: true}
	x.Min, x.Max = plot.Range(xs, 1.4)
	return plot.Panel{X: x, Y: plot.Axis{Label: "test error", Min: -0.04, Max: 0.94}, Layers: layers}
}

// hue returns the colour of a curve, as in the figures of P*: red at L = 2, blue at L = 3, paler where v is not the
// paper's.
func (f errorCurves) hue(c paper.Task) color.Color {
	ramp := plot.Reds
	if c.L == 3 {
		ramp = plot.Blues
	}
	if c.V != f.v {
		return ramp.At(0.2)
	}
	return ramp.At(0.6)
}

// marks returns the error at every P: mean, smallest and largest over grammars. Hollow marks are upper limits, of
// trainings that stopped at a small error.
func (c measuredCurve) marks(unit float64, col color.Color) plot.Marks {
	errs, limits := map[int][]float64{}, map[int]bool{}
	for _, points := range c.points {
		for _, p := range points {
			if series.Counts(p.Outcome) {
				errs[p.P] = append(errs[p.P], p.Error)
				limits[p.P] = limits[p.P] || p.Outcome == spec.Decided
			}
		}
	}
	var m plot.Marks
	for _, p := range slices.Sorted(maps.Keys(errs)) {
		k := plot.Mark{X: float64(p) / unit, Y: stat.Mean(errs[p]), Shape: style.ByS0.Shape(c.Task), Color: col, Hollow: limits[p]}
		if len(errs[p]) > 1 {
			k.Low, k.High = slices.Min(errs[p]), slices.Max(errs[p])
		}
		m.List = append(m.List, k)
	}
	if n := len(m.List); n > 0 && c.unreached() {
		m.List[n-1].Bound = plot.Beyond
	}
	return m
}

// unreached reports whether, with everything trained, the error of some grammar stays above the threshold.
func (c measuredCurve) unreached() bool {
	for _, g := range c.grammars {
		if c.stays(g) {
			return true
		}
	}
	return false
}

func (c measuredCurve) stays(grammar string) bool {
	line := series.CurveOf(c.points[grammar])
	n := len(line.P)
	return n > 0 && len(c.points[grammar]) == len(c.sizes) && line.Error[n-1] > epsilon
}

// markLegend explains the marks.
func (f errorCurves) markLegend(ours []measuredCurve) plot.Legend {
	seen := map[int]bool{}
	for _, c := range f.published() {
		seen[c.S0] = true
	}
	text := "published"
	if slices.ContainsFunc(ours, func(c measuredCurve) bool { return c.V != f.v }) {
		text += fmt.Sprintf(", $v=%d$", f.v)
	}
	l := append(style.S0Legend(seen), plot.Entry{Sample: plot.LineSample{Line: plot.Line{Color: plot.Published}}, Text: text})
	if f.limited(ours) {
		limit := plot.Mark{Shape: plot.Circle, Color: color.Gray{Y: 0x33}, Hollow: true}
		l = append(l, plot.Entry{Sample: plot.MarkSample{Mark: limit}, Text: "ours, at most"})
	}
	return l
}

// limited reports whether some of our marks are upper limits.
func (f errorCurves) limited(ours []measuredCurve) bool {
	return slices.ContainsFunc(ours, func(c measuredCurve) bool {
		return slices.ContainsFunc(c.marks(1, color.Black).List, func(k plot.Mark) bool { return k.Hollow })
	})
}

// colours explains the lines, one entry for each L and v.
func (f errorCurves) colours(ours []measuredCurve) plot.Legend {
	var l plot.Legend
	seen := map[string]bool{}
	for _, c := range ours {
		text := fmt.Sprintf("ours, $L=%d$", c.L)
		if c.V != f.v {
			text += fmt.Sprintf(", $v=%d$", c.V)
		}
		if !seen[text] {
			seen[text] = true
			l = append(l, plot.Entry{Sample: plot.LineSample{Line: plot.Line{Color: f.hue(c.Task), Width: 1.6}}, Text: text})
		}
	}
	return l
}

// footnotes says how the networks were trained, what the marks mean, and what is missing.
func (f errorCurves) footnotes(ours []measuredCurve, scale Scale) []string {
	total, done, broken, several := 0, 0, 0, false
	widths := map[int]bool{}
	var never []string
	for _, c := range ours {
		total += len(c.grammars) * len(c.sizes)
		widths[c.width] = true
		several = several || len(c.grammars) > 1
		for _, g := range c.grammars {
			done += len(c.points[g])
			line := series.CurveOf(c.points[g])
			broken += len(c.points[g]) - len(line.P)
			if c.stays(g) {
				never = append(never, fmt.Sprintf("%s at %v", g, c.Task))
			}
		}
	}
	how := f.series(scale, ours[0].errorCurve)[0].Protocol
	text := fmt.Sprintf("Scale %s: width %s, stop at cross-entropy %g.", scale, commaList(slices.Sorted(maps.Keys(widths))), how.StopLoss)
	if f.limited(ours) {
		text += fmt.Sprintf(" Hollow and coloured: training stopped at an error below %g, an upper limit.", how.StopError)
	}
	if several {
		text += " Bars: smallest and largest error over grammars."
	}
	notes := []string{text}
	if done < total {
		notes = append(notes, fmt.Sprintf("unfinished: %d of %d runs", total-done, total))
	}
	if broken > 0 {
		notes = append(notes, fmt.Sprintf("collapsed or diverged, not drawn: %d of %d runs", broken, total))
	}
	if len(never) > 0 {
		notes = append(notes, fmt.Sprintf("arrows: error above %g at the largest $P$: %s", epsilon, strings.Join(never, "; ")))
	}
	return notes
}
