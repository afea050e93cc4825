package plot

import (
	"image/color"
	"math"
	"strings"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Layer is anything gonum/plot can draw on a panel: the types of this package, or gonum's.
type Layer = gonum.Plotter

// Axis describes one axis.
type Axis struct {
	Label    string
	Min, Max float64
	Log      bool
	Ticks    []float64 // empty: chosen
}

// Panel is one pair of axes and what is drawn on it.
type Panel struct {
	Title   string
	X, Y    Axis
	Layers  []Layer // the first is drawn first
	Legends []Legend
	Bar     *ColorBar
	Bare    bool // no axes, no frame: a drawing
}

// Page is a file: panels from left to right, and notes below them.
type Page struct {
	Width, Height vg.Length
	Title         string // of the file, for those who cannot see it
	Description   string // what is drawn and where it comes from; goes into the file
	Panels        []Panel
	Rows          []vg.Length // heights of rows with equally many panels, see Stacked; empty: one row
	Notes         []string    // lines below the panels
}

// Stacked returns the page with its panels in rows of these heights, and as high as they and the notes take.
func (p Page) Stacked(heights ...vg.Length) Page {
	p.Rows = heights
	p.Height = noteRow * vg.Length(len(p.wrapped()))
	for _, h := range heights {
		p.Height += h
	}
	return p
}

// cells returns where the panels go on a canvas, above so many lines of notes.
func (p Page) cells(c draw.Canvas, notes int) []vg.Rectangle {
	rows := p.Rows
	if len(rows) == 0 {
		rows = []vg.Length{c.Max.Y - c.Min.Y - noteRow*vg.Length(notes)}
	}
	columns := len(p.Panels) / len(rows)
	width := (c.Max.X - c.Min.X) / vg.Length(columns)
	var out []vg.Rectangle
	top := c.Max.Y
	for _, height := range rows {
		for i := range columns {
			out = append(out, vg.Rectangle{
				Min: vg.Point{X: c.Min.X + width*vg.Length(i) + margin, Y: top - height + margin},
				Max: vg.Point{X: c.Min.X + width*vg.Length(i+1) - margin, Y: top - margin},
			})
		}
		top -= height
	}
	return out
}

// Margin is left free around a panel.
const Margin = vg.Length(8)

// Sizes of text and axes.
const (
	titleSize  = vg.Length(12)
	labelSize  = vg.Length(11)
	tickSize   = vg.Length(9.5)
	noteSize   = vg.Length(8)
	noteRow    = vg.Length(10.5)
	tickLength = vg.Length(4)
	margin     = Margin
	labelRoom  = 1.5 * labelSize
	titleRoom  = 1.6 * titleSize
)

var axisLine = draw.LineStyle{Color: ink, Width: vg.Points(0.7)}

// draw draws the page and returns how many spots its legends cover.
func (p Page) draw(c draw.Canvas) (covered int) {
	c.SetColor(color.White)
	c.Fill(c.Rectangle.Path())
	notes := p.wrapped()
	drawNotes(c, notes)
	for i, cell := range p.cells(c, len(notes)) {
		covered += p.Panels[i].draw(draw.Canvas{Canvas: c, Rectangle: cell})
	}
	return covered
}

func noteStyle() text.Style {
	sty := textStyle(noteSize, draw.XLeft, draw.YTop)
	sty.Color = color.Gray{Y: 0x50}
	return sty
}

// wrapped breaks the notes into lines as wide as the page.
func (p Page) wrapped() []string {
	var lines []string
	for _, note := range p.Notes {
		line := ""
		for _, word := range strings.Fields(note) {
			if next := strings.TrimSpace(line + " " + word); noteStyle().Width(next) <= p.Width-2*margin {
				line = next
				continue
			}
			lines = append(lines, line)
			line = word
		}
		lines = append(lines, line)
	}
	return lines
}

func drawNotes(c draw.Canvas, lines []string) {
	for i, line := range lines {
		y := c.Min.Y + margin + noteRow*vg.Length(len(lines)-i) - 3
		c.FillText(noteStyle(), vg.Point{X: c.Min.X + margin, Y: y}, line)
	}
}

// draw draws the panel and returns how many spots its legends cover.
func (p Panel) draw(c draw.Canvas) (covered int) {
	if p.Bare {
		g := p.gonum()
		g.HideAxes()
		g.Draw(c)
		return 0
	}
	inner := c
	if p.Bar != nil {
		inner.Max.X -= p.Bar.width()
	}
	inner.Min = inner.Min.Add(vg.Point{X: labelRoom, Y: labelRoom})
	inner.Max.Y -= titleRoom
	g := p.gonum()
	g.Draw(inner)
	data := g.DataCanvas(inner)
	drawFrame(&data, data.Rectangle)
	p.drawLabels(c, data.Rectangle)
	boxes, covered := arrange(p.Legends, data, spotsOf(p.Layers, data, g))
	for i, l := range p.Legends {
		l.draw(&data, boxes[i])
	}
	if p.Bar != nil {
		p.Bar.draw(c, data.Rectangle)
	}
	return covered
}

// drawLabels centres title and labels on the box of the data. gonum/plot would make room for
// the label of a logarithmic axis at the wrong end.
func (p Panel) drawLabels(c draw.Canvas, data vg.Rectangle) {
	mid := middle(data)
	c.FillText(textStyle(titleSize, draw.XCenter, draw.YTop), vg.Point{X: mid.X, Y: c.Max.Y}, p.Title)
	sty := textStyle(labelSize, draw.XCenter, draw.YBottom)
	c.FillText(sty, vg.Point{X: mid.X, Y: c.Min.Y + 2}, p.X.Label)
	sty = textStyle(labelSize, draw.XCenter, draw.YTop)
	sty.Rotation = math.Pi / 2
	c.FillText(sty, vg.Point{X: c.Min.X, Y: mid.Y}, p.Y.Label)
}

func (p Panel) gonum() *gonum.Plot {
	g := gonum.New()
	g.TextHandler = handler
	g.BackgroundColor = nil
	g.Legend.TextStyle = legendStyle()
	p.X.apply(&g.X, draw.XCenter, draw.YTop)
	p.Y.apply(&g.Y, draw.XRight, draw.YCenter)
	g.Add(p.Layers...)
	g.X.Min, g.X.Max = p.X.Min, p.X.Max
	g.Y.Min, g.Y.Max = p.Y.Min, p.Y.Max
	return g
}

func (a Axis) apply(g *gonum.Axis, x text.XAlignment, y text.YAlignment) {
	g.Min, g.Max = a.Min, a.Max
	g.Label.TextStyle = textStyle(labelSize, draw.XCenter, draw.YBottom)
	g.Padding = 0
	g.LineStyle.Width = 0 // drawFrame draws it
	g.Tick.LineStyle = axisLine
	g.Tick.Length = tickLength
	g.Tick.Label = textStyle(tickSize, x, y)
	g.Tick.Marker = linearTicks{}
	if a.Log {
		g.Scale, g.Tick.Marker = gonum.LogScale{}, logTicks{}
	}
	if len(a.Ticks) > 0 {
		g.Tick.Marker = fixedTicks(a.Ticks)
	}
}

// drawFrame closes the box around the data.
func drawFrame(c *draw.Canvas, box vg.Rectangle) {
	c.SetLineStyle(axisLine)
	c.Stroke(polygon(nil, []vg.Point{box.Min, {X: box.Max.X, Y: box.Min.Y}, box.Max, {X: box.Min.X, Y: box.Max.Y}}))
}

// Covered returns how many marks, bar ends and stretches of line lie under a legend. It should be 0.
func (p Page) Covered() int { return p.draw(draw.New(p.svg())) }
