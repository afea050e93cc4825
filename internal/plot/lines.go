package plot

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Line joins points by straight lines, cut at the axes.
type Line struct {
	X, Y   []float64
	Color  color.Color
	Width  vg.Length // 0: 1 point
	Dashed bool
	Guide  bool // a legend may cover it
}

func (l Line) style() draw.LineStyle {
	sty := draw.LineStyle{Color: l.Color, Width: l.Width}
	if sty.Width == 0 {
		sty.Width = vg.Points(1)
	}
	if l.Dashed {
		sty.Dashes = []vg.Length{vg.Points(4), vg.Points(2.5)}
	}
	return sty
}

func (l Line) draw(on *area) {
	points := make([]vg.Point, len(l.X))
	for i := range l.X {
		points[i] = on.at(l.X[i], l.Y[i])
	}
	on.StrokeLines(l.style(), clipped(points, on.Rectangle)...)
	on.SetLineDash(nil, 0)
}

// keepClear returns points so close together that no legend fits between them.
func (l Line) keepClear(on *area) []vg.Point {
	if l.Guide {
		return nil
	}
	const parts = 40 // of a straight piece
	var out []vg.Point
	for i := 1; i < len(l.X); i++ {
		p, q := on.at(l.X[i-1], l.Y[i-1]), on.at(l.X[i], l.Y[i])
		for k := range parts + 1 {
			t := float64(k) / parts
			out = append(out, between(p, q, t, t))
		}
	}
	return out
}

// Guide returns the dashed line y = k x from one x to another.
func Guide(k, from, to float64) Line {
	return Line{X: []float64{from, to}, Y: []float64{float64(k * from), float64(k * to)}, Color: color.Black, Dashed: true, Guide: true}
}

// Label is a text at a point.
type Label struct {
	X, Y   float64
	Text   string
	Color  color.Color
	Size   vg.Length // 0: the size of axis labels
	DX, DY vg.Length // offset of the lower left corner
	// Centred puts the middle of the text at the point.
	Centred bool
}

func (l Label) draw(on *area) {
	s := style{size: l.Size, color: l.Color}
	if s.size == 0 {
		s.size = labelSize
	}
	if l.Centred {
		s.x, s.y = centred, centred
		l.DY += vg.Length(0.08 * float64(s.size)) // centres on letters without descenders
	}
	s.draw(on, on.at(l.X, l.Y).Add(vg.Point{X: l.DX, Y: l.DY}), l.Text)
}

func (l Label) keepClear(on *area) []vg.Point { return []vg.Point{on.at(l.X, l.Y)} }
