package plot

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Bound says whether a mark is a value or a limit of one.
type Bound int

// The value is the mark, or lies above it, below it, at a larger x or at a smaller x.
const (
	Value Bound = iota
	Above
	Below
	Beyond
	Before
)

// Mark is one point.
type Mark struct {
	X, Y        float64
	Low, High   float64 // ends of the error bar; both 0: none
	Left, Right float64 // ends of the error bar of x; both 0: none
	Bracket     bool    // the bars are ranges that hold the value, not its uncertainty: broad, pale and without caps
	Shape       Shape
	Color       color.Color
	Hollow      bool
	Bound       Bound // drawn as an arrow from the mark
}

// Marks draws points. It leaves out those beyond the axes, so choose axes that hold them all.
type Marks struct {
	List   []Mark
	Radius vg.Length // 0: markRadius
}

const markRadius = vg.Length(4)

func (m Marks) draw(on *area) {
	radius := m.Radius
	if radius == 0 {
		radius = markRadius
	}
	for _, k := range m.List {
		drawBars(on, k)
	}
	for _, k := range m.List {
		at := on.at(k.X, k.Y)
		if !on.Contains(at) {
			continue
		}
		if k.Bound != Value {
			drawArrow(&on.Canvas, at, k)
		}
		drawShape(&on.Canvas, k.Shape, at, radius, k.Color, k.Hollow)
	}
}

// barStyle returns the style of a mark's bars.
func (k Mark) barStyle() draw.LineStyle {
	if k.Bracket {
		return draw.LineStyle{Color: Pale(k.Color), Width: vg.Points(3)}
	}
	return draw.LineStyle{Color: k.Color, Width: vg.Points(1)}
}

// drawBars draws error bars, cut at the axes.
func drawBars(on *area, k Mark) {
	const cap = vg.Length(2)
	sty := k.barStyle()
	bar := func(from, to, across vg.Point) {
		on.StrokeLine2(sty, from.X, from.Y, to.X, to.Y)
		if k.Bracket {
			return
		}
		for _, end := range []vg.Point{from, to} {
			on.StrokeLine2(sty, end.X-across.X, end.Y-across.Y, end.X+across.X, end.Y+across.Y)
		}
	}
	within := func(x float64, a Axis) float64 { return min(max(x, a.Min), a.Max) }
	if k.High > 0 && k.High > k.Low {
		bar(on.at(k.X, within(k.Low, on.y)), on.at(k.X, within(k.High, on.y)), vg.Point{X: cap})
	}
	if k.Right > 0 && k.Right > k.Left {
		bar(on.at(within(k.Left, on.x), k.Y), on.at(within(k.Right, on.x), k.Y), vg.Point{Y: cap})
	}
}

// direction points from a limit to the value.
func (b Bound) direction() vg.Point {
	return map[Bound]vg.Point{Above: {Y: 1}, Below: {Y: -1}, Beyond: {X: 1}, Before: {X: -1}}[b]
}

// drawArrow draws the arrow of a limit.
func drawArrow(c *draw.Canvas, at vg.Point, k Mark) {
	along := k.Bound.direction()
	tip := shifted(at, along, 17)
	sty := draw.LineStyle{Color: k.Color, Width: vg.Points(1.2)}
	if along.X != 0 {
		drawHead(c, sty, at, tip)
		return
	}
	c.StrokeLine2(sty, at.X, at.Y, tip.X, shifted(tip, along, -4).Y)
	neck := shifted(tip, along, -6)
	c.SetColor(k.Color)
	c.Fill(polygon(nil, []vg.Point{tip, neck.Sub(vg.Point{X: 3}), neck.Add(vg.Point{X: 3})}))
}

func (m Marks) keepClear(on *area) []vg.Point {
	var out []vg.Point
	for _, k := range m.List {
		out = append(out, on.at(k.X, k.Y))
		if k.High > k.Low {
			out = append(out, on.at(k.X, k.Low), on.at(k.X, k.High))
		}
		if k.Right > k.Left {
			out = append(out, on.at(k.Left, k.Y), on.at(k.Right, k.Y))
		}
	}
	return out
}

// Range returns limits of a logarithmic axis: the smallest value over a factor, and the largest times it. It ignores
// values that are not positive; if there are no others, the range is 1 to 10.
func Range(values []float64, factor float64) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if v > 0 && !math.IsInf(v, 0) {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	if lo > hi {
		return 1, 10
	}
	return lo / factor, float64(hi * factor)
}
