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

// S0Legend explains the marks of some s0.
func S0Legend(seen map[int]bool) (l plot.Legend) {
	for _, s0 := range slices.Sorted(maps.Keys(seen)) {
		l = append(l, plot.Entry{Sample: plot.MarkSample{Mark: plot.Mark{Shape: ByS0.Shapes[s0], Color: color.Gray{Y: 0x33}}}, Text: fmt.Sprintf("$s_0=%d$", s0)})
	}
	return l
}

// ColourLegend explains colours: a row for each L, a column for each v of the tasks. All v in all share the colours.
func ColourLegend(tasks []paper.Task, all []int) plot.Legend {
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
			legend = append(legend, plot.Entry{Sample: rows[l], Text: fmt.Sprintf("$L=%d$", l)})
		}
	}
	return legend
}
