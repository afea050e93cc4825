package figures

import (
	"fmt"
	"image/color"
	"maps"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"srhmbench/internal/plot"
	"srhmbench/srhm/spec"
)

func (f curves) page(ours []course, scale Scale) plot.Page {
	plain := func(cell) float64 { return 1 }
	rescaled := func(c cell) float64 { return f.scaleOf(c, f.power) }
	left := f.panel(ours, plain, "training-set size  $P$")
	left.Title = fmt.Sprintf("%s,  sparsity B,  $s=2$,  $v=n_c=m=%d$", strings.ToUpper(f.kind), f.v)
	right := f.panel(ours, rescaled, f.label)
	right.Title = "rescaled"
	// On the left the curves take all the room.
	right.Legends = []plot.Legend{append(f.colours(ours), shapesOf(f.published())...)}
	return plot.Page{
		Width: 10.4 * vg.Inch, Height: 4.6 * vg.Inch,
		Title:       fmt.Sprintf("Figure %s: test error against training-set size, %s, sparsity B", f.name, strings.ToUpper(f.kind)),
		Description: fmt.Sprintf("Test error on unseen data against the size of the training set, as it is and divided by (s0+1)^%s n_c m^L. Grey, hollow: Tomasini and Wyart (2024), Figure %s, read off the picture (CC BY 4.0). Scale %s.", f.wants[0], f.name, scale),
		Panels:      []plot.Panel{left, right},
		Notes:       append(f.footnotes(ours, scale), f.notes...),
	}
}

// panel draws all curves, P divided by a unit of their cell.
func (f curves) panel(ours []course, unit func(cell) float64, label string) plot.Panel {
	var xs []float64
	var layers []plot.Layer
	for _, c := range f.published() {
		line := perClass{scaled(c.p, unit(c.cell)), c.err}
		xs = append(xs, line.p...)
		hollow := plot.Mark{Shape: byS0.shape(c.cell), Color: plot.Published, Hollow: true}
		dots := marks(line, hollow)
		dots.Radius = 2.6
		layers = append(layers, plot.Line{X: line.p, Y: line.err, Color: plot.Published, Width: 0.7}, dots)
	}
	for _, c := range ours {
		dots := c.marks(unit(c.cell), f.hue(c.cell))
		line := plot.Line{Color: f.hue(c.cell), Width: 1.4}
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

func scaled(xs []float64, unit float64) []float64 {
	out := make([]float64, len(xs))
	for i, x := range xs {
		out[i] = x / unit
	}
	return out
}

// hue is that of the figures of P*: red at L = 2, blue at L = 3, paler at another v than the paper's.
func (f curves) hue(c cell) color.Color {
	ramp := plot.Reds
	if c.l == 3 {
		ramp = plot.Blues
	}
	if c.v != f.v {
		return ramp.At(0.2)
	}
	return ramp.At(0.6)
}

// marks are the errors of a course, over its grammars: mean, smallest and largest. Hollow marks are upper limits:
// a training was stopped when its error was small.
func (c course) marks(unit float64, col color.Color) plot.Marks {
	errs, limits := map[int][]float64{}, map[int]bool{}
	for _, points := range c.points {
		for _, p := range points {
			if counts(p.Outcome) {
				errs[p.P] = append(errs[p.P], p.Error)
				limits[p.P] = limits[p.P] || p.Outcome == spec.Decided
			}
		}
	}
	var m plot.Marks
	for _, p := range slices.Sorted(maps.Keys(errs)) {
		k := plot.Mark{X: float64(p) / unit, Y: mean(errs[p]), Shape: byS0.shape(c.cell), Color: col, Hollow: limits[p]}
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

// unreached says that all is trained and the error stays above the threshold for a grammar.
func (c course) unreached() bool {
	for _, g := range c.grammars {
		if c.stays(g) {
			return true
		}
	}
	return false
}

func (c course) stays(grammar string) bool {
	line := curveOf(c.points[grammar], 1)
	n := len(line.p)
	return n > 0 && len(c.points[grammar]) == len(c.sizes) && line.err[n-1] > epsilon
}

// counts says whether a training has an error that counts: it did not break down.
func counts(o spec.Outcome) bool { return o != spec.Diverged && o != spec.Collapsed }

// mean does not depend on the order of the values.
func mean(values []float64) float64 {
	slices.Sort(values)
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

func shapesOf(published []theirs) plot.Legend {
	seen := map[int]bool{}
	for _, c := range published {
		seen[c.s0] = true
	}
	hollow := plot.Mark{Shape: plot.Circle, Color: plot.Published, Hollow: true}
	return append(s0Legend(seen), plot.Entry{Sample: plot.LineSample{Line: plot.Line{Color: plot.Published}, Mark: &hollow}, Text: "published"})
}

// s0Legend explains the marks of some s0.
func s0Legend(seen map[int]bool) (l plot.Legend) {
	for _, s0 := range slices.Sorted(maps.Keys(seen)) {
		l = append(l, plot.Entry{Sample: plot.MarkSample{Mark: plot.Mark{Shape: byS0.shapes[s0], Color: color.Gray{Y: 0x33}}}, Text: fmt.Sprintf("$s_0=%d$", s0)})
	}
	return l
}

// colours explains the lines: one entry for each L and v drawn.
func (f curves) colours(ours []course) plot.Legend {
	var l plot.Legend
	seen := map[string]bool{}
	for _, c := range ours {
		text := fmt.Sprintf("ours, $L=%d$", c.l)
		if c.v != f.v {
			text += fmt.Sprintf(", $v=%d$", c.v)
		}
		if !seen[text] {
			seen[text] = true
			l = append(l, plot.Entry{Sample: plot.LineSample{Line: plot.Line{Color: f.hue(c.cell), Width: 1.6}}, Text: text})
		}
	}
	return l
}

// footnotes says how it was trained, what marks mean, and what is not there.
func (f curves) footnotes(ours []course, scale Scale) []string {
	total, done, broken, several := 0, 0, 0, false
	widths := map[int]bool{}
	var never []string
	for _, c := range ours {
		total += len(c.grammars) * len(c.sizes)
		widths[c.width] = true
		several = several || len(c.grammars) > 1
		for _, g := range c.grammars {
			done += len(c.points[g])
			line := curveOf(c.points[g], 1)
			broken += len(c.points[g]) - len(line.p)
			if c.stays(g) {
				never = append(never, fmt.Sprintf("%s at %v", g, c.cell))
			}
		}
	}
	how := f.run(scale, ours[0].strand, authorsGrammar, 1).Protocol
	text := fmt.Sprintf("Scale %s: width %s, stop at cross-entropy %g.", scale, list(slices.Sorted(maps.Keys(widths))), how.StopLoss)
	if how.StopError > 0 {
		text += fmt.Sprintf(" Hollow and coloured: stopped at an error below %g, an upper limit.", how.StopError)
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
