package plot

import (
	"image/color"

	gonum "gonum.org/v1/plot"
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

// Plot implements gonum's Plotter.
func (l Line) Plot(c draw.Canvas, p *gonum.Plot) {
	points := make([]vg.Point, len(l.X))
	for i := range l.X {
		points[i] = place(&c, p, l.X[i], l.Y[i])
	}
	c.StrokeLines(l.style(), c.ClipLinesXY(points)...)
	c.SetLineDash(nil, 0)
}

// spots implements spotter.
func (l Line) spots(at func(x, y float64) vg.Point) []vg.Point {
	if l.Guide {
		return nil
	}
	const parts = 40 // of a stretch: a legend should not slip between
	var out []vg.Point
	for i := 1; i < len(l.X); i++ {
		a, b := at(l.X[i-1], l.Y[i-1]), at(l.X[i], l.Y[i])
		for k := range parts + 1 {
			out = append(out, a.Add(b.Sub(a).Scale(vg.Length(k)/parts)))
		}
	}
	return out
}

// Guide is the dashed line y = k x between two x.
func Guide(k, from, to float64) Line {
	return Line{X: []float64{from, to}, Y: []float64{k * from, k * to}, Color: color.Black, Dashed: true, Guide: true}
}

// Label writes a text at a point.
type Label struct {
	X, Y   float64
	Text   string
	Color  color.Color
	Size   vg.Length // 0: that of axis labels
	DX, DY vg.Length // offset of the lower left corner
	// Centred puts the middle of the text at the point.
	Centred bool
}

// Plot implements gonum's Plotter.
func (l Label) Plot(c draw.Canvas, p *gonum.Plot) {
	sty := textStyle(labelSize, draw.XLeft, draw.YBottom)
	if l.Size > 0 {
		sty.Font.Size = l.Size
	}
	sty.Color = l.Color
	if l.Centred {
		sty.XAlign, sty.YAlign = draw.XCenter, draw.YCenter
		l.DY += 0.08 * sty.Font.Size // centres on letters without descenders
	}
	c.FillText(sty, place(&c, p, l.X, l.Y).Add(vg.Point{X: l.DX, Y: l.DY}), l.Text)
}

// spots implements spotter.
func (l Label) spots(at func(x, y float64) vg.Point) []vg.Point { return []vg.Point{at(l.X, l.Y)} }
