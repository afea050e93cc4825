package plot

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// ColorBar shows the colours of a field's bands beside its panel.
type ColorBar struct {
	Field Field
	Label string
	Ticks []float64
}

const (
	barWidth     = vg.Length(14)
	barLabelRoom = 1.3 * labelSize
)

var barTickStyle = style{size: tickSize, y: centred}

// width is the room the bar takes from its panel, labels included.
func (b ColorBar) width() vg.Length {
	var w vg.Length
	for _, t := range fixedTicks(b.Ticks) {
		w = max(w, barTickStyle.width(t.label))
	}
	return 12 + barWidth + tickLength + 3 + w + 4 + barLabelRoom
}

// draw draws the bar beside the box of the data.
func (b ColorBar) draw(c draw.Canvas, data vg.Rectangle) {
	levels := b.Field.Levels
	lo, hi := levels[0], levels[len(levels)-1]
	left, right := data.Max.X+12, data.Max.X+12+barWidth
	y := func(z float64) vg.Length {
		return between(data.Min, data.Max, 0, (z-lo)/(hi-lo)).Y
	}
	for i := range len(levels) - 1 { // each band reaches to the top, under the next ones
		c.SetColor(b.Field.band(i))
		c.Fill(rectangle(vg.Point{X: left, Y: y(levels[i])}, vg.Point{X: right, Y: y(hi)}))
	}
	drawFrame(&c, vg.Rectangle{Min: vg.Point{X: left, Y: data.Min.Y}, Max: vg.Point{X: right, Y: data.Max.Y}})
	for _, t := range fixedTicks(b.Ticks) {
		c.StrokeLine2(axisLine, right, y(t.value), right+tickLength, y(t.value))
		barTickStyle.draw(c, vg.Point{X: right + tickLength + 3, Y: y(t.value)}, t.label)
	}
	yLabelStyle.draw(c, vg.Point{X: data.Max.X + b.width() - barLabelRoom, Y: middle(data).Y}, b.Label)
}
