package figures

import (
	"fmt"
	"image/color"
	"maps"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"srhmbench/figures/pstar"
	"srhmbench/figures/style"
	"srhmbench/internal/plot"
	"srhmbench/results/paper"
)

func (f pstarScatter) page(tasks []pstar.Measured, scale Scale) plot.Page {
	return plot.Page{
		Width: 5.2 * vg.Inch, Height: 5.2 * vg.Inch,
		Title:       fmt.Sprintf("Figure %s: P* against its prediction, %s", f.name, strings.ToUpper(f.kind)),
		Description: fmt.Sprintf("Training-set size P* at a test error of 10 %% against the paper's prediction, sparsity A. Grey, hollow: Tomasini and Wyart (2024), Figure %s, read off the picture (CC BY 4.0). Scale %s.", f.name, scale),
		Panels:      []plot.Panel{f.panel(tasks)},
		Notes:       append(footnotes(tasks, scale), f.notes...),
	}
}

func (f pstarScatter) panel(tasks []pstar.Measured) plot.Panel {
	x, y := f.axes(tasks)
	return plot.Panel{
		Title: f.panelTitle, X: x, Y: y,
		Layers:  f.layers(tasks, x),
		Legends: []plot.Legend{f.shapeLegend(tasks), style.ColourLegend(tasksIn(tasks), f.allVocabularies(tasks), widthsByL(tasks))},
	}
}

func (f pstarScatter) axes(tasks []pstar.Measured) (x, y plot.Axis) {
	var xs, ys []float64
	for _, p := range f.points() {
		xs, ys = append(xs, p.X), append(ys, p.Y)
	}
	for _, m := range tasks {
		low, high := m.Range()
		xs, ys = append(xs, m.X), append(ys, m.Y(), low, high)
		switch m.Bound() { // room for the arrow
		case plot.Above:
			ys = append(ys, 2*m.Y())
		case plot.Below:
			ys = append(ys, m.Y()/2)
		}
	}
	x = plot.Axis{Label: f.label, Log: true}
	y = plot.Axis{Label: "$P^*$ at test error 10 %", Log: true}
	x.Min, x.Max = plot.Range(xs, 1.7)
	y.Min, y.Max = plot.Range(ys, 2)
	return x, y
}

func tasksIn(tasks []pstar.Measured) []paper.Task {
	var out []paper.Task
	for _, m := range tasks {
		out = append(out, m.Task)
	}
	return out
}

// allVocabularies lists our v, the paper's and those of other panels, so that a v has one colour at all scales.
func (f pstarScatter) allVocabularies(tasks []pstar.Measured) []int {
	vs := slices.Clone(f.others)
	for _, m := range tasks {
		vs = append(vs, m.V)
	}
	for _, p := range f.points() {
		vs = append(vs, p.V)
	}
	slices.Sort(vs)
	return slices.Compact(vs)
}

// layers draws the guide, the published points, and ours on top.
func (f pstarScatter) layers(tasks []pstar.Measured, x plot.Axis) []plot.Layer {
	var theirs, ours plot.Marks
	layers := []plot.Layer{plot.Guide(f.guide, x.Min, x.Max)}
	for _, p := range f.points() {
		theirs.List = append(theirs.List, plot.Mark{X: p.X, Y: p.Y, Shape: f.mark.Shape(p.Task()), Color: plot.Published, Hollow: true})
	}
	theirs.Radius = 5.2 // larger, to show around one of ours in the same place
	vs := f.allVocabularies(tasks)
	var labels []plot.Layer
	for _, m := range tasks {
		if m.Y() == 0 {
			continue
		}
		k := plot.Mark{X: m.X, Y: m.Y(), Shape: f.mark.Shape(m.Task), Color: style.Hue(m.V, m.L, vs), Bound: m.Bound(), Hollow: !m.Found()}
		if m.Found() {
			k.Low, k.High = m.Range()
			k.Bracket = len(m.Trials) == 1
		}
		ours.List = append(ours.List, k)
		if m.Broken() {
			labels = append(labels, plot.Label{X: m.X, Y: m.Y(), Text: m.Status(), Color: k.Color, Size: 8, DX: 6, DY: -4})
		}
	}
	return append(append(layers, theirs, ours), labels...)
}

// shapeLegend explains the marks and the guide.
func (f pstarScatter) shapeLegend(tasks []pstar.Measured) plot.Legend {
	ink := color.Gray{Y: 0x33}
	var l plot.Legend
	for _, k := range slices.Sorted(maps.Keys(f.mark.Shapes)) {
		if f.shows(k, tasks) {
			l = append(l, plot.Entry{Sample: plot.MarkSample{Mark: plot.Mark{Shape: f.mark.Shapes[k], Color: ink}}, Text: fmt.Sprintf("$%s=%d$", f.mark.Name, k)})
		}
	}
	l = append(l, style.PublishedEntry(fmt.Sprintf("published (%d)", len(f.points())), f.mark.ShapesOf(f.points())...))
	for _, limit := range []struct {
		bound plot.Bound
		text  string
	}{{plot.Above, "not reached"}, {plot.Below, "below smallest"}} {
		if slices.ContainsFunc(tasks, func(m pstar.Measured) bool { return m.Bound() == limit.bound }) {
			l = append(l, plot.Entry{Sample: plot.MarkSample{Mark: plot.Mark{Shape: plot.Circle, Color: ink, Hollow: true, Bound: limit.bound}}, Text: limit.text})
		}
	}
	spread, bracket := "", ""
	if slices.ContainsFunc(tasks, func(m pstar.Measured) bool { return m.Found() && len(m.Trials) > 1 }) {
		spread = "over grammars"
	}
	if slices.ContainsFunc(tasks, func(m pstar.Measured) bool { return m.Found() && len(m.Trials) == 1 }) {
		bracket = "bracket"
	}
	l = append(l, style.BarEntries(spread, bracket)...)
	return append(l, plot.Entry{Sample: plot.LineSample{Line: plot.Guide(1, 1, 2)}, Text: f.legend})
}

func (f pstarScatter) shows(k int, tasks []pstar.Measured) bool {
	return slices.ContainsFunc(tasks, func(m pstar.Measured) bool { return f.mark.Of(m.Task) == k }) ||
		slices.ContainsFunc(f.points(), func(p paper.Point) bool { return f.mark.Of(p.Task()) == k })
}

// footnotes says what the bars are, how the networks were trained, and what is missing.
func footnotes(tasks []pstar.Measured, scale Scale) []string {
	single, pooled := 0, 0
	for _, m := range tasks {
		if len(m.Trials) == 1 {
			single++
		} else {
			pooled++
		}
	}
	bars := "thin, from the smallest to the largest over grammars; broad, the bracket of the search where there is one grammar"
	switch {
	case single == 0:
		bars = "from the smallest to the largest over grammars"
	case pooled == 0:
		bars = "the bracket of the search"
	}
	notes := []string{fmt.Sprintf("Bars: %s. Scale %s: %s.", bars, scale, settings(tasks))}
	return append(notes, missing(tasks)...)
}

// widthsByL says how wide the networks of an L are, if that depends on L and on nothing else.
func widthsByL(tasks []pstar.Measured) func(l int) string {
	widths := map[int]map[int]bool{}
	all := map[int]bool{}
	for _, m := range tasks {
		for _, t := range m.Trials {
			if widths[m.L] == nil {
				widths[m.L] = map[int]bool{}
			}
			widths[m.L][t.Search.Network.Width], all[t.Search.Network.Width] = true, true
		}
	}
	return func(l int) string {
		if len(all) < 2 || len(widths[l]) == 0 {
			return ""
		}
		return ", width " + commaList(slices.Sorted(maps.Keys(widths[l])))
	}
}

// settings names what distinguishes a scale.
func settings(tasks []pstar.Measured) string {
	widths, losses := map[int]bool{}, map[float64]bool{}
	for _, m := range tasks {
		for _, t := range m.Trials {
			widths[t.Search.Network.Width] = true
			losses[t.Search.Protocol.StopLoss] = true
		}
	}
	return fmt.Sprintf("width %s, stop at cross-entropy %s", commaList(slices.Sorted(maps.Keys(widths))), commaList(slices.Sorted(maps.Keys(losses))))
}

func commaList[T any](values []T) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = fmt.Sprint(v)
	}
	return strings.Join(parts, ", ")
}

// missing names the tasks without a P* for every grammar.
func missing(tasks []pstar.Measured) []string {
	byStatus := map[string][]string{}
	for _, m := range tasks {
		if m.Pooled.N < len(m.Trials) {
			name := fmt.Sprintf("$v$ %d $s_0$ %d $L$ %d", m.V, m.S0, m.L)
			if slices.ContainsFunc(tasks, func(o pstar.Measured) bool { return o.S != m.S }) {
				name = fmt.Sprintf("$s$ %d ", m.S) + name
			}
			byStatus[m.Status()] = append(byStatus[m.Status()], name)
		}
	}
	var out []string
	for _, s := range slices.Sorted(maps.Keys(byStatus)) {
		names := byStatus[s]
		if n := len(names); n > 4 {
			names = append(names[:3:3], fmt.Sprintf("and %d more", n-3))
		}
		out = append(out, fmt.Sprintf("%s (%d of %d): %s", s, len(byStatus[s]), len(tasks), strings.Join(names, "; ")))
	}
	return out
}
