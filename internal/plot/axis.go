package plot

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"srhmbench/internal/portable"
)

// Axis describes one axis.
type Axis struct {
	Label    string
	Min, Max float64
	Log      bool
	Ticks    []float64 // empty: chosen
}

// spread returns the axis with its ends apart.
func (a Axis) spread() Axis {
	if a.Min == a.Max {
		a.Min, a.Max = a.Min-1, a.Max+1
	}
	return a
}

// part returns where a value lies along the axis: 0 at its start, 1 at its end.
func (a Axis) part(x float64) float64 {
	if a.Log {
		start := portable.Log(a.Min)
		return (portable.Log(x) - start) / (portable.Log(a.Max) - start)
	}
	return (x - a.Min) / (a.Max - a.Min)
}

func (a Axis) ticks() []tick {
	switch {
	case len(a.Ticks) > 0:
		return fixedTicks(a.Ticks)
	case a.Log:
		return logTicks(a.Min, a.Max)
	}
	return linearTicks(a.Min, a.Max)
}

var axisLine = draw.LineStyle{Color: ink, Width: vg.Points(0.7)}

// Tick labels stand below the x axis and to the left of the y axis.
var (
	xTickStyle = style{size: tickSize, x: centred, y: before}
	yTickStyle = style{size: tickSize, x: before, y: centred}
)

// newArea returns what ticks and their labels leave of a canvas. They stand at the left and below; the last label of an
// axis may need room at the right or above too.
func newArea(c draw.Canvas, x, y Axis) area {
	a := area{Canvas: c, x: x.spread(), y: y.spread()}
	labels := vg.Length(0)
	for _, t := range a.y.ticks() {
		labels = max(labels, yTickStyle.width(t.label))
	}
	a.Min.X += labels + xLabelStyle.width(" ") + tickLength
	a.Min.Y += xTickStyle.height() + tickLength
	a.Max.X = a.x.end(a.Min.X, a.Max.X, func(label string) vg.Length { return xTickStyle.width(label) / 2 })
	a.Max.Y = a.y.end(a.Min.Y, a.Max.Y, func(string) vg.Length { return yTickStyle.height() / 2 })
	return a
}

// end returns how far an axis can go until one of its labels, which reach beyond their ticks, would pass a limit.
func (a Axis) end(start, limit vg.Length, reach func(label string) vg.Length) vg.Length {
	end := limit
	for _, t := range a.ticks() {
		if at := vg.Length(a.part(t.value)); t.label != "" && at > 0 {
			end = min(end, start+(limit-reach(t.label)-start)/at)
		}
	}
	return end
}

// drawAxes draws ticks and their labels.
func (a *area) drawAxes() {
	left, bottom := a.Min.X-tickLength, a.Min.Y-tickLength
	for _, t := range a.x.ticks() {
		if x := a.at(t.value, a.y.Min).X; a.ContainsX(x) {
			xTickStyle.draw(a.Canvas, vg.Point{X: x, Y: bottom + xTickStyle.descent()}, t.label)
			a.StrokeLine2(axisLine, x, bottom+t.inset(), x, a.Min.Y)
		}
	}
	for _, t := range a.y.ticks() {
		if y := a.at(a.x.Min, t.value).Y; a.ContainsY(y) {
			yTickStyle.draw(a.Canvas, vg.Point{X: left - yTickStyle.width(" "), Y: y + yTickStyle.descent()}, t.label)
			a.StrokeLine2(axisLine, left+t.inset(), y, a.Min.X, y)
		}
	}
}

// drawFrame draws a rectangle with the lines of axes.
func drawFrame(c *draw.Canvas, box vg.Rectangle) {
	c.SetLineStyle(axisLine)
	c.Stroke(rectangle(box.Min, box.Max))
}
