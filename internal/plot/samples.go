package plot

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

const (
	lineSample   = vg.Length(22)
	sampleRadius = 0.9 * markRadius
)

// MarkSample shows a mark, with its error bar or arrow.
type MarkSample struct{ Mark Mark }

func (s MarkSample) width() vg.Length { return lineSample }

func (s MarkSample) draw(c *draw.Canvas, box vg.Rectangle) {
	at := middle(box)
	switch {
	case s.Mark.Bound != Value:
		at.X -= 4
		drawSmallArrow(c, at.Add(vg.Point{X: 9}), s.Mark)
	case s.Mark.High > s.Mark.Low:
		c.StrokeLine2(s.Mark.barStyle(), at.X, box.Min.Y+1, at.X, box.Max.Y-1)
	}
	drawShape(c, s.Mark.Shape, at, sampleRadius, s.Mark.Color, s.Mark.Hollow)
}

// MarksSample shows marks side by side: what they have in common.
type MarksSample []Mark

func (s MarksSample) width() vg.Length { return vg.Length(markSpace * vg.Length(len(s))) }

func (s MarksSample) draw(c *draw.Canvas, box vg.Rectangle) {
	at := vg.Point{X: middle(box).X - vg.Length(s.width()/2), Y: middle(box).Y}
	for i, k := range s {
		drawShape(c, k.Shape, at.Add(vg.Point{X: vg.Length(markSpace * (vg.Length(i) + 0.5))}), sampleRadius, k.Color, k.Hollow)
	}
}

const markSpace = vg.Length(11)

// drawSmallArrow is the arrow of a limit, short enough for one row.
func drawSmallArrow(c *draw.Canvas, at vg.Point, k Mark) {
	along := k.Bound.direction()
	drawHead(c, draw.LineStyle{Color: k.Color, Width: vg.Points(1.2)}, shifted(at, along, -5), shifted(at, along, 5))
}

// LineSample shows a line, and a mark on it unless that is nil.
type LineSample struct {
	Line Line
	Mark *Mark
}

func (s LineSample) width() vg.Length { return lineSample }

func (s LineSample) draw(c *draw.Canvas, box vg.Rectangle) {
	y := middle(box).Y
	c.StrokeLine2(s.Line.style(), box.Min.X, y, box.Max.X, y)
	c.SetLineDash(nil, 0)
	if s.Mark != nil {
		drawShape(c, s.Mark.Shape, middle(box), sampleRadius, s.Mark.Color, s.Mark.Hollow)
	}
}

const swatch = 15 // points wide

// Swatches shows colours side by side.
type Swatches []color.Color

func (s Swatches) width() vg.Length { return vg.Length(swatch * len(s)) }

func (s Swatches) draw(c *draw.Canvas, box vg.Rectangle) {
	for i, col := range s {
		x := box.Min.X + vg.Length(swatch*i)
		c.SetColor(col)
		c.Fill(rectangle(vg.Point{X: x, Y: box.Min.Y + 1.5}, vg.Point{X: x + swatch, Y: box.Max.Y - 1.5}))
	}
}

// Captions writes texts over the swatches of the rows below.
type Captions []string

func (s Captions) width() vg.Length { return vg.Length(swatch * len(s)) }

func (s Captions) draw(c *draw.Canvas, box vg.Rectangle) {
	sty := style{size: legendSize - 1, x: centred, y: centred}
	for i, t := range s {
		sty.draw(c, vg.Point{X: box.Min.X + vg.Length(swatch*i) + swatch/2.0, Y: middle(box).Y}, t)
	}
}
