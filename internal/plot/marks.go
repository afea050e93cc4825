package plot

import (
	"image/color"
	"math"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Bound says that a mark is not a value but a limit of it.
type Bound int

// A mark is a value, or the value lies above it, below, at a larger x or at a smaller one.
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
	Left, Right float64 // ends of that of x; both 0: none
	Shape       Shape
	Color       color.Color
	Hollow      bool
	Bound       Bound // drawn as an arrow from the mark
}

// Marks draws points. Those outside the axes are left out, so choose axes that hold them all.
type Marks struct {
	List   []Mark
	Radius vg.Length // 0: markRadius
}

const markRadius = vg.Length(4)

// Plot implements gonum's Plotter.
func (m Marks) Plot(c draw.Canvas, p *gonum.Plot) {
	radius := m.Radius
	if radius == 0 {
		radius = markRadius
	}
	for _, k := range m.List {
		drawBar(&c, p, k)
	}
	for _, k := range m.List {
		at := place(&c, p, k.X, k.Y)
		if !c.Contains(at) {
			continue
		}
		if k.Bound != Value {
			drawArrow(&c, at, k)
		}
		drawShape(&c, k.Shape, at, radius, k.Color, k.Hollow)
	}
}

// drawBar draws error bars with caps, cut at the axes.
func drawBar(c *draw.Canvas, p *gonum.Plot, k Mark) {
	const cap = vg.Length(2)
	sty := draw.LineStyle{Color: k.Color, Width: vg.Points(1)}
	bar := func(from, to, across vg.Point) {
		c.StrokeLine2(sty, from.X, from.Y, to.X, to.Y)
		for _, end := range []vg.Point{from, to} {
			c.StrokeLine2(sty, end.X-across.X, end.Y-across.Y, end.X+across.X, end.Y+across.Y)
		}
	}
	within := func(x float64, a gonum.Axis) float64 { return min(max(x, a.Min), a.Max) }
	if k.High > 0 && k.High > k.Low {
		bar(place(c, p, k.X, within(k.Low, p.Y)), place(c, p, k.X, within(k.High, p.Y)), vg.Point{X: cap})
	}
	if k.Right > 0 && k.Right > k.Left {
		bar(place(c, p, within(k.Left, p.X), k.Y), place(c, p, within(k.Right, p.X), k.Y), vg.Point{Y: cap})
	}
}

// drawArrow points from a limit to where the value is.
func drawArrow(c *draw.Canvas, at vg.Point, k Mark) {
	dir := vg.Length(1)
	if k.Bound == Below || k.Bound == Before {
		dir = -1
	}
	if k.Bound == Beyond || k.Bound == Before {
		drawHead(c, draw.LineStyle{Color: k.Color, Width: vg.Points(1.2)}, at, at.Add(vg.Point{X: 17 * dir}))
		return
	}
	tip := at.Add(vg.Point{Y: dir * 17})
	sty := draw.LineStyle{Color: k.Color, Width: vg.Points(1.2)}
	c.StrokeLine2(sty, at.X, at.Y, tip.X, tip.Y-dir*4)
	c.SetColor(k.Color)
	c.Fill(polygon(nil, []vg.Point{tip, tip.Add(vg.Point{X: -3, Y: -dir * 6}), tip.Add(vg.Point{X: 3, Y: -dir * 6})}))
}

// spots implements spotter.
func (m Marks) spots(at func(x, y float64) vg.Point) []vg.Point {
	var out []vg.Point
	for _, k := range m.List {
		out = append(out, at(k.X, k.Y))
		if k.High > k.Low {
			out = append(out, at(k.X, k.Low), at(k.X, k.High))
		}
		if k.Right > k.Left {
			out = append(out, at(k.Left, k.Y), at(k.Right, k.Y))
		}
	}
	return out
}

// spotter is a layer with places that no legend should cover.
type spotter interface {
	spots(at func(x, y float64) vg.Point) []vg.Point
}

// place returns where a value is on the canvas.
func place(c *draw.Canvas, p *gonum.Plot, x, y float64) vg.Point {
	return vg.Point{X: c.X(p.X.Norm(x)), Y: c.Y(p.Y.Norm(y))}
}

// Range returns axis limits around positive values, a factor wider on either side, for a logarithmic
// axis. Values that are not positive are ignored; without any the range is 1 to 10.
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
	return lo / factor, hi * factor
}
