package plot

import (
	"image/color"
	"math"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Box is a rectangle with a text in it, for drawings on a bare panel. X and Y are its lower left corner.
type Box struct {
	X, Y, W, H float64
	Fill       color.Color // nil: none
	Edge       color.Color // nil: none
	Width      vg.Length   // of the edge; 0: half a point
	Dashed     bool
	Text       string
	Ink        color.Color // of the text; nil: black
	Size       vg.Length   // of the text; 0: that of axis labels
}

// Plot implements gonum's Plotter.
func (b Box) Plot(c draw.Canvas, p *gonum.Plot) {
	lo, hi := place(&c, p, b.X, b.Y), place(&c, p, b.X+b.W, b.Y+b.H)
	path := polygon(nil, []vg.Point{lo, {X: hi.X, Y: lo.Y}, hi, {X: lo.X, Y: hi.Y}})
	if b.Fill != nil {
		c.SetColor(b.Fill)
		c.Fill(path)
	}
	if b.Edge != nil {
		c.SetLineStyle(stroke(b.Edge, b.Width, b.Dashed))
		c.Stroke(path)
		c.SetLineDash(nil, 0)
	}
	Label{X: b.X + b.W/2, Y: b.Y + b.H/2, Text: b.Text, Color: orBlack(b.Ink), Size: b.Size, Centred: true}.Plot(c, p)
}

// Disc is a circle with a text in it. Its radius is in units of the x axis.
type Disc struct {
	X, Y, R    float64
	Fill, Edge color.Color // nil: none
	Text       string
	Size       vg.Length
}

// Plot implements gonum's Plotter.
func (d Disc) Plot(c draw.Canvas, p *gonum.Plot) {
	at := place(&c, p, d.X, d.Y)
	path := circlePath(at, place(&c, p, d.X+d.R, d.Y).X-at.X)
	if d.Fill != nil {
		c.SetColor(d.Fill)
		c.Fill(path)
	}
	if d.Edge != nil {
		c.SetLineStyle(stroke(d.Edge, 0, false))
		c.Stroke(path)
	}
	Label{X: d.X, Y: d.Y, Text: d.Text, Color: color.Black, Size: d.Size, Centred: true}.Plot(c, p)
}

// Arrow points from one place to another.
type Arrow struct {
	X0, Y0, X1, Y1 float64
	Color          color.Color
	Width          vg.Length // 0: half a point
	Plain          bool      // no head
}

// Plot implements gonum's Plotter.
func (a Arrow) Plot(c draw.Canvas, p *gonum.Plot) {
	from, to := place(&c, p, a.X0, a.Y0), place(&c, p, a.X1, a.Y1)
	sty := stroke(a.Color, a.Width, false)
	if a.Plain {
		c.StrokeLine2(sty, from.X, from.Y, to.X, to.Y)
		return
	}
	drawHead(&c, sty, from, to)
}

// drawHead draws a line with a head at its end.
func drawHead(c *draw.Canvas, sty draw.LineStyle, from, to vg.Point) {
	const length, half = vg.Length(5), vg.Length(2.2)
	d := to.Sub(from)
	size := vg.Length(math.Hypot(float64(d.X), float64(d.Y)))
	if size == 0 {
		return
	}
	d = d.Scale(1 / size)
	neck, across := to.Sub(d.Scale(length)), vg.Point{X: -d.Y, Y: d.X}.Scale(half)
	c.StrokeLine2(sty, from.X, from.Y, neck.X, neck.Y)
	c.SetColor(sty.Color)
	c.Fill(polygon(nil, []vg.Point{to, neck.Add(across), neck.Sub(across)}))
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

// Sketch is a page with a single bare panel of w by h units, each as long as it is high.
func Sketch(p Page, w, h float64, unit vg.Length, layers []Layer) Page {
	p.Panels = []Panel{{Bare: true, X: Axis{Max: w}, Y: Axis{Max: h}, Layers: layers}}
	p.Width = vg.Length(w)*unit + 2*margin
	p.Height = vg.Length(h)*unit + 2*margin + noteRow*vg.Length(len(p.wrapped()))
	return p
}
