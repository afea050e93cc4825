package plot

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"srhmbench/internal/portable"
)

// Box is a rectangle with a text in it. X and Y are its lower left corner.
type Box struct {
	X, Y, W, H float64
	Fill       color.Color // nil: none
	Edge       color.Color // nil: none
	Width      vg.Length   // of the edge; 0: half a point
	Dashed     bool
	Text       string
	Ink        color.Color // of the text; nil: black
	Size       vg.Length   // of the text; 0: the size of axis labels
}

func (b Box) draw(on *area) {
	path := rectangle(on.at(b.X, b.Y), on.at(b.X+b.W, b.Y+b.H))
	if b.Fill != nil {
		on.SetColor(b.Fill)
		on.Fill(path)
	}
	if b.Edge != nil {
		on.SetLineStyle(stroke(b.Edge, b.Width, b.Dashed))
		on.Stroke(path)
		on.SetLineDash(nil, 0)
	}
	Label{X: b.X + float64(b.W/2), Y: b.Y + float64(b.H/2), Text: b.Text, Color: orBlack(b.Ink), Size: b.Size, Centred: true}.draw(on)
}

// Disc is a circle with a text in it. Its radius R is in units of the x axis.
type Disc struct {
	X, Y, R    float64
	Fill, Edge color.Color // nil: none
	Text       string
	Size       vg.Length
}

func (d Disc) draw(on *area) {
	at := on.at(d.X, d.Y)
	path := circlePath(at, on.at(d.X+d.R, d.Y).X-at.X)
	if d.Fill != nil {
		on.SetColor(d.Fill)
		on.Fill(path)
	}
	if d.Edge != nil {
		on.SetLineStyle(stroke(d.Edge, 0, false))
		on.Stroke(path)
	}
	Label{X: d.X, Y: d.Y, Text: d.Text, Color: color.Black, Size: d.Size, Centred: true}.draw(on)
}

// Arrow points from one point to another.
type Arrow struct {
	X0, Y0, X1, Y1 float64
	Color          color.Color
	Width          vg.Length // 0: half a point
	Plain          bool      // no head
}

func (a Arrow) draw(on *area) {
	from, to := on.at(a.X0, a.Y0), on.at(a.X1, a.Y1)
	sty := stroke(a.Color, a.Width, false)
	if a.Plain {
		on.StrokeLine2(sty, from.X, from.Y, to.X, to.Y)
		return
	}
	drawHead(&on.Canvas, sty, from, to)
}

// drawHead draws a line with an arrowhead at its end.
func drawHead(c *draw.Canvas, sty draw.LineStyle, from, to vg.Point) {
	const length, half = vg.Length(5), vg.Length(2.2)
	d := to.Sub(from)
	size := vg.Length(portable.Hypot(float64(d.X), float64(d.Y)))
	if size == 0 {
		return
	}
	along, across := vg.Point{X: d.X / size, Y: d.Y / size}, vg.Point{X: -d.Y / size, Y: d.X / size}
	neck := shifted(to, along, -length)
	c.StrokeLine2(sty, from.X, from.Y, neck.X, neck.Y)
	c.SetColor(sty.Color)
	c.Fill(polygon(nil, []vg.Point{to, shifted(neck, across, half), shifted(neck, across, -half)}))
}

func stroke(col color.Color, width vg.Length, dashed bool) draw.LineStyle {
	sty := draw.LineStyle{Color: col, Width: width}
	if width == 0 {
		sty.Width = vg.Points(0.5)
	}
	if dashed {
		sty.Dashes = []vg.Length{vg.Points(3), vg.Points(2)}
	}
	return sty
}

func orBlack(c color.Color) color.Color {
	if c == nil {
		return color.Black
	}
	return c
}

// Sketch returns the page with one bare panel of w by h square units.
func Sketch(p Page, w, h float64, unit vg.Length, layers []Layer) Page {
	p.Panels = []Panel{{Bare: true, X: Axis{Max: w}, Y: Axis{Max: h}, Layers: layers}}
	p.Width = vg.Length(w*float64(unit)) + 2*margin
	p.Height = vg.Length(h*float64(unit)) + 2*margin + p.noteRoom()
	return p
}
