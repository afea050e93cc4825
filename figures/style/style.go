// Package style is the look of the paper's figures of P*: marks by s0, colours by v and L, labels and legends.
package style

import (
	"fmt"
	"image/color"
	"maps"
	"slices"

	"srhmbench/internal/plot"
	"srhmbench/results/paper"
	"srhmbench/srhm/net"
)

// Marking says what the marks of a scatter stand for.
type Marking struct {
	Name   string // "s_0"
	Of     func(paper.Task) int
	Shapes map[int]plot.Shape
}

// ByS0 is the marking of the paper's figures of P*.
var ByS0 = Marking{
	Name: "s_0", Of: func(c paper.Task) int { return c.S0 },
	Shapes: map[int]plot.Shape{0: plot.Diamond, 1: plot.Circle, 2: plot.Cross, 4: plot.Square, 6: plot.Triangle},
}

// Shape returns the mark of a task.
func (m Marking) Shape(c paper.Task) plot.Shape { return m.Shapes[m.Of(c)] }

// Prediction returns the label of an axis with the P* that a law predicts.
func Prediction(law net.Law) string {
	return fmt.Sprintf("prediction of Eq. %d,  $%s$", law.Equation, law.Formula)
}

// Hue returns red at L = 2 and blue at L = 3, darker for larger v.
func Hue(v, l int, vs []int) color.Color {
	ramp := plot.Reds
	if l == 3 {
		ramp = plot.Blues
	}
	if len(vs) == 1 {
		return ramp.At(0.5)
	}
	return ramp.At(float64(slices.Index(vs, v)) / float64(len(vs)-1))
}

// PublishedEntry explains the paper's points, some of whose marks it shows.
func PublishedEntry(text string, shapes ...plot.Shape) plot.Entry {
	var sample plot.MarksSample
	for _, s := range shapes {
		sample = append(sample, plot.Mark{Shape: s, Color: plot.Published, Hollow: true})
	}
	return plot.Entry{Sample: sample, Text: text}
}

// BarEntries explains bars that are a spread of values, and bars that are a bracket.
func BarEntries(spread, bracket string) (l plot.Legend) {
	ink := color.Gray{Y: 0x33}
	if spread != "" {
		l = append(l, plot.Entry{Sample: plot.MarkSample{Mark: plot.Mark{Color: ink, High: 1}}, Text: spread})
	}
	if bracket != "" {
		l = append(l, plot.Entry{Sample: plot.MarkSample{Mark: plot.Mark{Color: ink, High: 1, Bracket: true}}, Text: bracket})
	}
	return l
}

// ShapesOf returns up to three of the shapes of a marking that the points show, for a legend.
func (m Marking) ShapesOf(points []paper.Point) (shapes []plot.Shape) {
	for _, k := range slices.Sorted(maps.Keys(m.Shapes)) {
		if len(shapes) < 3 && slices.ContainsFunc(points, func(p paper.Point) bool { return m.Of(p.Task()) == k }) {
			shapes = append(shapes, m.Shapes[k])
		}
	}
	return shapes
}

// NoMore says no more.
func NoMore(int) string { return "" }

// S0Legend explains the marks of some s0.
func S0Legend(seen map[int]bool) (l plot.Legend) {
	for _, s0 := range slices.Sorted(maps.Keys(seen)) {
		l = append(l, plot.Entry{Sample: plot.MarkSample{Mark: plot.Mark{Shape: ByS0.Shapes[s0], Color: color.Gray{Y: 0x33}}}, Text: fmt.Sprintf("$s_0=%d$", s0)})
	}
	return l
}

// ColourLegend explains colours: a row for each L, a column for each v of the tasks. All v in all share the colours.
// A row may say more of its L.
func ColourLegend(tasks []paper.Task, all []int, more func(l int) string) plot.Legend {
	vs := map[int]bool{}
	for _, c := range tasks {
		vs[c.V] = true
	}
	var captions plot.Captions
	rows := map[int]plot.Swatches{}
	for _, v := range slices.Sorted(maps.Keys(vs)) {
		captions = append(captions, fmt.Sprint(v))
		for _, l := range []int{2, 3} {
			rows[l] = append(rows[l], Hue(v, l, all))
		}
	}
	legend := plot.Legend{{Sample: captions, Text: "$v$"}}
	for _, l := range []int{2, 3} {
		if slices.ContainsFunc(tasks, func(c paper.Task) bool { return c.L == l }) {
			legend = append(legend, plot.Entry{Sample: rows[l], Text: fmt.Sprintf("$L=%d$", l) + more(l)})
		}
	}
	return legend
}
