package plot

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Shape is the form of a mark.
type Shape int

// The marks of Figure 4, and two more.
const (
	Circle Shape = iota
	Diamond
	Cross
	Square
	Triangle // pointing down
	Up       // a triangle pointing up
	Star
)

// outlineOf has the closed outline of each filled shape, of radius 1 about the origin. Circles are curves, and crosses
// are strokes.
var outlineOf = map[Shape][]vg.Point{
	Diamond:  {{X: 0, Y: 1.25}, {X: 0.72, Y: 0}, {X: 0, Y: -1.25}, {X: -0.72, Y: 0}},
	Square:   {{X: -0.84, Y: -0.84}, {X: 0.84, Y: -0.84}, {X: 0.84, Y: 0.84}, {X: -0.84, Y: 0.84}},
	Triangle: {{X: -1, Y: 0.75}, {X: 1, Y: 0.75}, {X: 0, Y: -1.05}},
	Up:       {{X: -1, Y: -0.75}, {X: 1, Y: -0.75}, {X: 0, Y: 1.05}},
	Star: {
		{X: 0, Y: 1.3}, {X: 0.31, Y: 0.43}, {X: 1.24, Y: 0.4}, {X: 0.5, Y: -0.16}, {X: 0.76, Y: -1.05},
		{X: 0, Y: -0.53}, {X: -0.76, Y: -1.05}, {X: -0.5, Y: -0.16}, {X: -1.24, Y: 0.4}, {X: -0.31, Y: 0.43},
	},
}

// drawShape draws one mark. A white rim keeps filled ones apart from their neighbours.
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
	r := vg.Length(0.85 * float64(radius))
	sty := draw.LineStyle{Color: col, Width: width}
	c.StrokeLine2(sty, at.X-r, at.Y-r, at.X+r, at.Y+r)
	c.StrokeLine2(sty, at.X-r, at.Y+r, at.X+r, at.Y-r)
}

func shapePath(s Shape, at vg.Point, radius vg.Length) vg.Path {
	if s == Circle {
		return circlePath(at, vg.Length(0.95*float64(radius)))
	}
	corners := make([]vg.Point, len(outlineOf[s]))
	for i, p := range outlineOf[s] {
		corners[i] = shifted(at, p, radius)
	}
	return polygon(nil, corners)
}

// circlePath is a circle of four Bézier curves: the PDF canvas cannot fill an arc as part of a path.
func circlePath(at vg.Point, r vg.Length) vg.Path {
	const k = 0.5522847498 // makes the curve meet the circle at 45°
	var path vg.Path
	from := vg.Point{X: 1}
	path.Move(shifted(at, from, r))
	for range 4 {
		to := vg.Point{X: -from.Y, Y: from.X}
		path.CubeTo(shifted(at, shifted(from, to, k), r), shifted(at, shifted(to, from, k), r), shifted(at, to, r))
		from = to
	}
	path.Close()
	return path
}

// rectangle is a closed rectangle between two corners.
func rectangle(a, b vg.Point) vg.Path {
	return polygon(nil, []vg.Point{a, {X: b.X, Y: a.Y}, b, {X: a.X, Y: b.Y}})
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
