package plot

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Layer is something drawn on a panel: Marks, Line, Label, Field, Box, Disc, Arrow or Key.
type Layer interface{ draw(on *area) }

// area is the part of a canvas that shows a panel's data, with the axes that measure it.
type area struct {
	draw.Canvas
	x, y Axis
}

// at returns where a value lies on the canvas.
func (a *area) at(x, y float64) vg.Point {
	return between(a.Min, a.Max, a.x.part(x), a.y.part(y))
}

// The methods of vg.Point leave products and sums to be fused. These round in between, as package portable explains.

// between returns the point that lies a part x of the way from p to q horizontally, and a part y vertically.
func between(p, q vg.Point, x, y float64) vg.Point {
	return vg.Point{X: p.X + vg.Length(x*float64(q.X-p.X)), Y: p.Y + vg.Length(y*float64(q.Y-p.Y))}
}

// shifted returns p + k q.
func shifted(p, q vg.Point, k vg.Length) vg.Point {
	return vg.Point{X: p.X + vg.Length(k*q.X), Y: p.Y + vg.Length(k*q.Y)}
}

func middle(r vg.Rectangle) vg.Point { return between(r.Min, r.Max, 0.5, 0.5) }
