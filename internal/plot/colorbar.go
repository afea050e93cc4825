package plot

import (
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// ColorBar shows the colours of a field's bands beside its panel.
type ColorBar struct {
	Field Field
	Label string
	Ticks []float64
}

const barWidth = vg.Length(14)

// width is what the bar takes of its panel, labels included.
func (b ColorBar) width() vg.Length {
	var w vg.Length
	for _, t := range (fixedTicks(b.Ticks)).Ticks(0, 0) {
		w = max(w, textStyle(tickSize, draw.XLeft, draw.YCenter).Width(t.Label))
	}
	return 12 + barWidth + tickLength + 3 + w + 4 + 1.3*labelSize
}

// draw draws the bar beside the box of the data.
func (b ColorBar) draw(c draw.Canvas, data vg.Rectangle) {
	levels := b.Field.Levels
	lo, hi := levels[0], levels[len(levels)-1]
	left, right := data.Max.X+12, data.Max.X+12+barWidth
	y := func(z float64) vg.Length {
		return data.Min.Y + (data.Max.Y-data.Min.Y)*vg.Length((z-lo)/(hi-lo))
	}
	for i := range len(levels) - 1 { // each band reaches to the top, under the next ones
		c.SetColor(b.Field.band(i))
		c.Fill(polygon(nil, []vg.Point{{X: left, Y: y(levels[i])}, {X: right, Y: y(levels[i])}, {X: right, Y: y(hi)}, {X: left, Y: y(hi)}}))
	}
	drawFrame(&c, vg.Rectangle{Min: vg.Point{X: left, Y: data.Min.Y}, Max: vg.Point{X: right, Y: data.Max.Y}})
	sty := textStyle(tickSize, draw.XLeft, draw.YCenter)
	for _, t := range (fixedTicks(b.Ticks)).Ticks(0, 0) {
		c.StrokeLine2(axisLine, right, y(t.Value), right+tickLength, y(t.Value))
		c.FillText(sty, vg.Point{X: right + tickLength + 3, Y: y(t.Value)}, t.Label)
	}
	label := textStyle(labelSize, draw.XCenter, draw.YTop)
	label.Rotation = math.Pi / 2
	c.FillText(label, vg.Point{X: data.Max.X + b.width() - 1.3*labelSize, Y: (data.Min.Y + data.Max.Y) / 2}, b.Label)
}
