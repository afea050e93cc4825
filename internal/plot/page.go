package plot

import (
	"image/color"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Panel is one pair of axes and what is drawn on it.
type Panel struct {
	Title   string
	X, Y    Axis
	Layers  []Layer // the first is drawn first
	Legends []Legend
	Bar     *ColorBar
	Bare    bool // no axes, no frame: a drawing
}

// Page is one picture: panels from left to right, and notes below them.
type Page struct {
	Width, Height vg.Length
	Title         string // for those who cannot see the page
	Description   string // what the page shows and where it comes from
	Panels        []Panel
	Rows          []vg.Length // heights of rows, which have the same number of panels; empty: one row
	Notes         []string    // lines below the panels
}

// Stacked returns the page with its panels in rows of these heights. Its own height is theirs and that of the notes.
func (p Page) Stacked(heights ...vg.Length) Page {
	p.Rows = heights
	p.Height = p.noteRoom()
	for _, h := range heights {
		p.Height += h
	}
	return p
}

// noteRoom is the height of the notes.
func (p Page) noteRoom() vg.Length { return vg.Length(noteRow * float64(len(p.wrapped()))) }

// cells returns the rectangles of the panels.
func (p Page) cells(c draw.Canvas) []vg.Rectangle {
	rows := p.Rows
	if len(rows) == 0 {
		rows = []vg.Length{c.Max.Y - c.Min.Y - p.noteRoom()}
	}
	columns := len(p.Panels) / len(rows)
	edge := func(column int) vg.Length { return between(c.Min, c.Max, float64(column)/float64(columns), 0).X }
	var out []vg.Rectangle
	top := c.Max.Y
	for _, height := range rows {
		for i := range columns {
			out = append(out, vg.Rectangle{
				Min: vg.Point{X: edge(i) + margin, Y: top - height + margin},
				Max: vg.Point{X: edge(i+1) - margin, Y: top - margin},
			})
		}
		top -= height
	}
	return out
}

// Margin is the free space around a panel.
const Margin = vg.Length(8)

// Sizes of text and axes.
const (
	titleSize  = vg.Length(12)
	labelSize  = vg.Length(11)
	tickSize   = vg.Length(9.5)
	noteSize   = vg.Length(8)
	noteRow    = 10.5 // points high
	tickLength = vg.Length(4)
	margin     = Margin
	labelRoom  = 1.5 * labelSize
	titleRoom  = 1.6 * titleSize
)

var (
	titleStyle  = style{size: titleSize, x: centred, y: before}
	xLabelStyle = style{size: labelSize, x: centred, y: after}
	yLabelStyle = style{size: labelSize, x: centred, y: before, upward: true}
	noteStyle   = style{size: noteSize, color: color.Gray{Y: 0x50}, y: before}
)

// draw draws the page and returns how much of the data its legends cover.
func (p Page) draw(c draw.Canvas) (covered int) {
	c.SetColor(color.White)
	c.Fill(rectangle(c.Min, c.Max))
	p.drawNotes(c)
	for i, cell := range p.cells(c) {
		covered += p.Panels[i].draw(draw.Canvas{Canvas: c, Rectangle: cell})
	}
	return covered
}

// wrapped breaks the notes into lines that fit the page.
func (p Page) wrapped() []string {
	var lines []string
	for _, note := range p.Notes {
		line := ""
		for _, word := range strings.Fields(note) {
			if next := strings.TrimSpace(line + " " + word); noteStyle.width(next) <= p.Width-2*margin {
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

func (p Page) drawNotes(c draw.Canvas) {
	lines := p.wrapped()
	for i, line := range lines {
		y := c.Min.Y + margin + vg.Length(noteRow*float64(len(lines)-i)) - 3
		noteStyle.draw(c, vg.Point{X: c.Min.X + margin, Y: y}, line)
	}
}

// draw draws the panel and returns how much of the data its legends cover.
func (p Panel) draw(c draw.Canvas) (covered int) {
	if p.Bare {
		p.drawLayers(&area{c, p.X.spread(), p.Y.spread()})
		return 0
	}
	inner := c
	if p.Bar != nil {
		inner.Max.X -= p.Bar.width()
	}
	inner.Min = inner.Min.Add(vg.Point{X: labelRoom, Y: labelRoom})
	inner.Max.Y -= titleRoom
	data := newArea(inner, p.X, p.Y)
	data.drawAxes()
	p.drawLayers(&data)
	drawFrame(&data.Canvas, data.Rectangle)
	p.drawLabels(c, data.Rectangle)
	boxes, covered := arrange(p.Legends, data.Canvas, toKeepClear(p.Layers, &data))
	for i, l := range p.Legends {
		l.draw(&data.Canvas, boxes[i])
	}
	if p.Bar != nil {
		p.Bar.draw(c, data.Rectangle)
	}
	return covered
}

func (p Panel) drawLayers(on *area) {
	for _, l := range p.Layers {
		l.draw(on)
	}
}

// drawLabels centres the title and the labels of the axes on the data.
func (p Panel) drawLabels(c draw.Canvas, data vg.Rectangle) {
	mid := middle(data)
	titleStyle.draw(c, vg.Point{X: mid.X, Y: c.Max.Y}, p.Title)
	xLabelStyle.draw(c, vg.Point{X: mid.X, Y: c.Min.Y + 2}, p.X.Label)
	yLabelStyle.draw(c, vg.Point{X: c.Min.X, Y: mid.Y}, p.Y.Label)
}

// Covered returns how many marks, ends of bars and pieces of lines lie under a legend. It should be 0.
func (p Page) Covered() int { return p.draw(draw.New(p.svg())) }
