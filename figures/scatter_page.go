package figures

import (
	"fmt"
	"image/color"
	"maps"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"srhmbench/internal/plot"
	"srhmbench/results/paper"
)

func (f scatter) page(cells []measured, scale Scale) plot.Page {
	return plot.Page{
		Width: 5.2 * vg.Inch, Height: 5.2 * vg.Inch,
		Title:       fmt.Sprintf("Figure %s: P* against its prediction, %s", f.name, strings.ToUpper(f.kind)),
		Description: fmt.Sprintf("Training-set size P* at a test error of 10 %% against the paper's prediction, sparsity A. Grey, hollow: Tomasini and Wyart (2024), Figure %s, read off the picture (CC BY 4.0). Scale %s.", f.name, scale),
		Panels:      []plot.Panel{f.panel(cells)},
		Notes:       append(footnotes(cells, scale), f.notes...),
	}
}

func (f scatter) panel(cells []measured) plot.Panel {
	x, y := f.axes(cells)
	return plot.Panel{
		Title: f.title, X: x, Y: y,
		Layers:  f.layers(cells, x),
		Legends: []plot.Legend{f.shapeLegend(cells), colourLegend(cellsIn(cells), f.allVocabularies(cells))},
	}
}

func (f scatter) axes(cells []measured) (x, y plot.Axis) {
	var xs, ys []float64
	for _, p := range f.points() {
		xs, ys = append(xs, p.X), append(ys, p.Y)
	}
	for _, m := range cells {
		xs, ys = append(xs, m.x), append(ys, m.y(), m.pooled.Low, m.pooled.High)
		switch m.bound() { // room for the arrow
		case plot.Above:
			ys = append(ys, 2*m.y())
		case plot.Below:
			ys = append(ys, m.y()/2)
		}
	}
	x = plot.Axis{Label: f.label, Log: true}
	y = plot.Axis{Label: "$P^*$ at test error 10 %", Log: true}
	x.Min, x.Max = plot.Range(xs, 1.7)
	y.Min, y.Max = plot.Range(ys, 2)
	return x, y
}

// hue is red at L = 2 and blue at L = 3, darker for larger v.
func hue(v, l int, vs []int) color.Color {
	ramp := plot.Reds
	if l == 3 {
		ramp = plot.Blues
	}
	if len(vs) == 1 {
		return ramp.At(0.5)
	}
	return ramp.At(float64(slices.Index(vs, v)) / float64(len(vs)-1))
}

func cellsIn(cells []measured) []cell {
	var out []cell
	for _, m := range cells {
		out = append(out, m.cell)
	}
	return out
}

// allVocabularies lists those of the paper and of other panels too, so that a v has one colour at all scales.
func (f scatter) allVocabularies(cells []measured) []int {
	vs := slices.Clone(f.others)
	for _, m := range cells {
		vs = append(vs, m.v)
	}
	for _, p := range f.points() {
		vs = append(vs, p.V)
	}
	slices.Sort(vs)
	return slices.Compact(vs)
}

// layers draws the guide, the published points, and ours on top.
func (f scatter) layers(cells []measured, x plot.Axis) []plot.Layer {
	var theirs, ours plot.Marks
	layers := []plot.Layer{plot.Guide(f.guide, x.Min, x.Max)}
	for _, p := range f.points() {
		theirs.List = append(theirs.List, plot.Mark{X: p.X, Y: p.Y, Shape: f.mark.shape(cellOf(p)), Color: plot.Published, Hollow: true})
	}
	theirs.Radius = 5.2 // so that it is seen around one of ours at the same place
	vs := f.allVocabularies(cells)
	var labels []plot.Layer
	for _, m := range cells {
		if m.y() == 0 {
			continue
		}
		k := plot.Mark{X: m.x, Y: m.y(), Shape: f.mark.shape(m.cell), Color: hue(m.v, m.l, vs), Bound: m.bound(), Hollow: !m.found()}
		if m.found() {
			k.Low, k.High = m.pooled.Low, m.pooled.High
		}
		ours.List = append(ours.List, k)
		if m.broken() {
			labels = append(labels, plot.Label{X: m.x, Y: m.y(), Text: m.status(), Color: k.Color, Size: 8, DX: 6, DY: -4})
		}
	}
	return append(append(layers, theirs, ours), labels...)
}

// shapeLegend explains marks and lines.
func (f scatter) shapeLegend(cells []measured) plot.Legend {
	ink := color.Gray{Y: 0x33}
	var l plot.Legend
	for _, k := range slices.Sorted(maps.Keys(f.mark.shapes)) {
		if f.shows(k, cells) {
			l = append(l, plot.Entry{Sample: plot.MarkSample{Mark: plot.Mark{Shape: f.mark.shapes[k], Color: ink}}, Text: fmt.Sprintf("$%s=%d$", f.mark.name, k)})
		}
	}
	l = append(l, plot.Entry{Sample: plot.MarkSample{Mark: plot.Mark{Shape: plot.Circle, Color: plot.Published, Hollow: true}}, Text: "published"})
	for _, limit := range []struct {
		bound plot.Bound
		text  string
	}{{plot.Above, "not reached"}, {plot.Below, "below smallest"}} {
		if slices.ContainsFunc(cells, func(m measured) bool { return m.bound() == limit.bound }) {
			l = append(l, plot.Entry{Sample: plot.MarkSample{Mark: plot.Mark{Shape: plot.Circle, Color: ink, Hollow: true, Bound: limit.bound}}, Text: limit.text})
		}
	}
	return append(l, plot.Entry{Sample: plot.LineSample{Line: plot.Guide(1, 1, 2)}, Text: f.legend})
}

func (f scatter) shows(k int, cells []measured) bool {
	return slices.ContainsFunc(cells, func(m measured) bool { return f.mark.of(m.cell) == k }) ||
		slices.ContainsFunc(f.points(), func(p paper.Point) bool { return f.mark.of(cellOf(p)) == k })
}

// colourLegend explains colours: a row for each L, a column for each v of the cells; all is the v that share the
// colours.
func colourLegend(cells []cell, all []int) plot.Legend {
	vs := map[int]bool{}
	for _, c := range cells {
		vs[c.v] = true
	}
	var captions plot.Captions
	rows := map[int]plot.Swatches{}
	for _, v := range slices.Sorted(maps.Keys(vs)) {
		captions = append(captions, fmt.Sprint(v))
		for _, l := range []int{2, 3} {
			rows[l] = append(rows[l], hue(v, l, all))
		}
	}
	legend := plot.Legend{{Sample: captions, Text: "$v$"}}
	for _, l := range []int{2, 3} {
		if slices.ContainsFunc(cells, func(c cell) bool { return c.l == l }) {
			legend = append(legend, plot.Entry{Sample: rows[l], Text: fmt.Sprintf("$L=%d$", l)})
		}
	}
	return legend
}

// footnotes says what the bars are, how it was trained, and what is not there.
func footnotes(cells []measured, scale Scale) []string {
	single, pooled := 0, 0
	for _, m := range cells {
		single, pooled = single+b2i(len(m.trials) == 1), pooled+b2i(len(m.trials) > 1)
	}
	bars := "95 % over grammars; the bracket of the search where there is one grammar"
	switch {
	case single == 0:
		bars = "95 % over grammars"
	case pooled == 0:
		bars = "the bracket of the search"
	}
	notes := []string{fmt.Sprintf("Bars: %s. Scale %s: %s.", bars, scale, settings(cells))}
	return append(notes, missing(cells)...)
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// settings says what distinguishes a scale.
func settings(cells []measured) string {
	widths, losses := map[int]bool{}, map[float64]bool{}
	for _, m := range cells {
		for _, t := range m.trials {
			widths[t.search.Network.Width] = true
			losses[t.search.Protocol.StopLoss] = true
		}
	}
	return fmt.Sprintf("width %s, stop at cross-entropy %s", list(slices.Sorted(maps.Keys(widths))), list(slices.Sorted(maps.Keys(losses))))
}

func list[T any](values []T) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = fmt.Sprint(v)
	}
	return strings.Join(parts, ", ")
}

// missing names the cells without a P*, or with one from some of the grammars only.
func missing(cells []measured) []string {
	byStatus := map[string][]string{}
	for _, m := range cells {
		if m.pooled.N < len(m.trials) {
			name := fmt.Sprintf("$v$ %d $s_0$ %d $L$ %d", m.v, m.s0, m.l)
			if slices.ContainsFunc(cells, func(o measured) bool { return o.s != m.s }) {
				name = fmt.Sprintf("$s$ %d ", m.s) + name
			}
			byStatus[m.status()] = append(byStatus[m.status()], name)
		}
	}
	var out []string
	for _, s := range slices.Sorted(maps.Keys(byStatus)) {
		names := byStatus[s]
		if n := len(names); n > 4 {
			names = append(names[:3:3], fmt.Sprintf("and %d more", n-3))
		}
		out = append(out, fmt.Sprintf("%s (%d of %d): %s", s, len(byStatus[s]), len(cells), strings.Join(names, "; ")))
	}
	return out
}
