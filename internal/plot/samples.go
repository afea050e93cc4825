package plot

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

const lineSample = vg.Length(22)

func middle(r vg.Rectangle) vg.Point { return r.Min.Add(r.Max).Scale(0.5) }

// MarkSample shows a mark, with its bar and its arrow if it has them.
type MarkSample struct{ Mark Mark }

func (s MarkSample) width() vg.Length { return lineSample }

func (s MarkSample) draw(c *draw.Canvas, box vg.Rectangle) {
	at := middle(box)
	switch {
	case s.Mark.Bound != Value:
		at.X -= 4
		drawSmallArrow(c, at.Add(vg.Point{X: 9}), s.Mark)
	case s.Mark.High > s.Mark.Low:
		sty := draw.LineStyle{Color: s.Mark.Color, Width: vg.Points(1)}
		c.StrokeLine2(sty, at.X, box.Min.Y+1, at.X, box.Max.Y-1)
	}
	drawShape(c, s.Mark.Shape, at, markRadius*0.9, s.Mark.Color, s.Mark.Hollow)
}

// drawSmallArrow is the arrow of a limit, short enough for one row.
func drawSmallArrow(c *draw.Canvas, at vg.Point, k Mark) {
	along := map[Bound]vg.Point{Above: {Y: 1}, Below: {Y: -1}, Beyond: {X: 1}, Before: {X: -1}}[k.Bound]
	drawHead(c, draw.LineStyle{Color: k.Color, Width: vg.Points(1.2)}, at.Sub(along.Scale(5)), at.Add(along.Scale(5)))
}

// LineSample shows a line, and a mark on it if there is one.
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
		drawShape(c, s.Mark.Shape, middle(box), markRadius*0.9, s.Mark.Color, s.Mark.Hollow)
	}
}

const swatch = vg.Length(15)

// Swatches shows colours side by side.
type Swatches []color.Color

func (s Swatches) width() vg.Length { return swatch * vg.Length(len(s)) }

func (s Swatches) draw(c *draw.Canvas, box vg.Rectangle) {
	for i, col := range s {
		x := box.Min.X + swatch*vg.Length(i)
		c.SetColor(col)
		c.Fill(polygon(nil, []vg.Point{
			{X: x, Y: box.Min.Y + 1.5}, {X: x + swatch, Y: box.Min.Y + 1.5},
			{X: x + swatch, Y: box.Max.Y - 1.5}, {X: x, Y: box.Max.Y - 1.5},
		}))
	}
}

// Captions writes a text over each of the swatches of the rows below.
type Captions []string

func (s Captions) width() vg.Length { return swatch * vg.Length(len(s)) }

func (s Captions) draw(c *draw.Canvas, box vg.Rectangle) {
	sty := textStyle(legendSize-1, draw.XCenter, draw.YCenter)
	for i, t := range s {
		c.FillText(sty, vg.Point{X: box.Min.X + swatch*(vg.Length(i)+0.5), Y: middle(box).Y}, t)
	}
}
