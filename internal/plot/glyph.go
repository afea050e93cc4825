package plot

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Shape is the form of a mark.
type Shape int

// The marks of Figure 4.
const (
	Circle Shape = iota
	Diamond
	Cross
	Square
	Triangle // pointing down
)

// outlineOf returns the closed outline of a filled shape about the origin, for radius 1. A cross is
// drawn by strokes and has none.
var outlineOf = map[Shape][]vg.Point{
	Diamond:  {{X: 0, Y: 1.25}, {X: 0.72, Y: 0}, {X: 0, Y: -1.25}, {X: -0.72, Y: 0}},
	Square:   {{X: -0.84, Y: -0.84}, {X: 0.84, Y: -0.84}, {X: 0.84, Y: 0.84}, {X: -0.84, Y: 0.84}},
	Triangle: {{X: -1, Y: 0.75}, {X: 1, Y: 0.75}, {X: 0, Y: -1.05}},
}

// drawShape draws one mark. A filled one gets a white rim, so that neighbours stay apart.
func drawShape(c *draw.Canvas, s Shape, at vg.Point, radius vg.Length, col color.Color, hollow bool) {
	if s == Cross {
		drawCross(c, at, radius, col, hollow)
		return
	}
	path := shapePath(s, at, radius)
	if hollow {
		c.SetLineStyle(draw.LineStyle{Color: col, Width: vg.Points(0.9)})
		c.Stroke(path)
		return
	}
	c.SetColor(col)
	c.Fill(path)
	c.SetLineStyle(draw.LineStyle{Color: color.White, Width: vg.Points(0.5)})
	c.Stroke(path)
}

func drawCross(c *draw.Canvas, at vg.Point, radius vg.Length, col color.Color, thin bool) {
	width := vg.Points(2)
	if thin {
		width = vg.Points(0.9)
	}
	r := radius * 0.85
	sty := draw.LineStyle{Color: col, Width: width}
	c.StrokeLine2(sty, at.X-r, at.Y-r, at.X+r, at.Y+r)
	c.StrokeLine2(sty, at.X-r, at.Y+r, at.X+r, at.Y-r)
}

func shapePath(s Shape, at vg.Point, radius vg.Length) vg.Path {
	if s == Circle {
		return circlePath(at, radius*0.95)
	}
	corners := make([]vg.Point, len(outlineOf[s]))
	for i, p := range outlineOf[s] {
		corners[i] = at.Add(p.Scale(radius))
	}
	return polygon(nil, corners)
}

// circlePath is a circle of four Bézier curves: the PDF canvas cannot fill an arc as part of a path.
func circlePath(at vg.Point, r vg.Length) vg.Path {
	const k = 0.5522847498 // makes the curve meet the circle at 45°
	point := func(quarter int, along, across float64) vg.Point {
		sin, cos := math.Sincos(float64(quarter) * math.Pi / 2)
		return at.Add(vg.Point{X: vg.Length(along*cos - across*sin), Y: vg.Length(along*sin + across*cos)}.Scale(r))
	}
	var path vg.Path
	path.Move(point(0, 1, 0))
	for q := range 4 {
		path.CubeTo(point(q, 1, k), point(q+1, 1, -k), point(q+1, 1, 0))
	}
	path.Close()
	return path
}

// polygon appends a closed polygon to a path.
func polygon(path vg.Path, corners []vg.Point) vg.Path {
	for i, p := range corners {
		if i == 0 {
			path.Move(p)
		} else {
			path.Line(p)
		}
	}
	path.Close()
	return path
}
