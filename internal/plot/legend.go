package plot

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Entry is one row of a legend: a sample of what is drawn, and a text.
type Entry struct {
	Sample Sample
	Text   string
}

// Sample is the picture in a row of a legend.
type Sample interface {
	width() vg.Length
	draw(c *draw.Canvas, box vg.Rectangle)
}

// Legend is a box of entries. It takes the free corner of its panel that covers the least.
type Legend []Entry

// Sizes of a legend.
const (
	legendSize = vg.Length(9) // of its text
	legendRow  = 13           // points high
	legendPad  = vg.Length(5)
	legendGap  = vg.Length(5) // between sample and text
)

var legendStyle = style{size: legendSize, y: centred}

func (l Legend) sampleWidth() (w vg.Length) {
	for _, e := range l {
		if e.Sample != nil {
			w = max(w, e.Sample.width())
		}
	}
	return w
}

func (l Legend) size() vg.Point {
	var w vg.Length
	for _, e := range l {
		w = max(w, legendStyle.width(e.Text))
	}
	return vg.Point{
		X: l.sampleWidth() + legendGap + w + 2*legendPad,
		Y: vg.Length(legendRow*len(l)) + 2*legendPad,
	}
}

// corner returns the box in corner i of a panel: upper left, lower right, upper right, lower left.
func (l Legend) corner(c draw.Canvas, i int) vg.Rectangle {
	const margin = vg.Length(6)
	size := l.size()
	box := vg.Rectangle{Min: vg.Point{X: c.Min.X + margin, Y: c.Max.Y - margin - size.Y}}
	if i == 1 || i == 2 {
		box.Min.X = c.Max.X - margin - size.X
	}
	if i == 1 || i == 3 {
		box.Min.Y = c.Min.Y + margin
	}
	box.Max = box.Min.Add(size)
	return box
}

// arrange gives every legend a corner, and counts the points that they cover even so.
func arrange(legends []Legend, c draw.Canvas, data []vg.Point) (boxes []vg.Rectangle, covered int) {
	used := map[int]bool{}
	for _, l := range legends {
		best, fewest := 0, -1
		for i := range 4 {
			n := inside(l.corner(c, i), data)
			if !used[i] && (fewest < 0 || n < fewest) {
				best, fewest = i, n
			}
		}
		used[best] = true
		boxes = append(boxes, l.corner(c, best))
		covered += fewest
	}
	return boxes, covered
}

// inside counts the points whose marks would touch a box.
func inside(box vg.Rectangle, points []vg.Point) (n int) {
	const m = markRadius + 1
	for _, p := range points {
		if p.X > box.Min.X-m && p.X < box.Max.X+m && p.Y > box.Min.Y-m && p.Y < box.Max.Y+m {
			n++
		}
	}
	return n
}

func (l Legend) draw(c *draw.Canvas, box vg.Rectangle) {
	frame := rectangle(box.Min, box.Max)
	c.SetColor(color.White)
	c.Fill(frame)
	c.SetLineStyle(draw.LineStyle{Color: color.Gray{Y: 0xc4}, Width: vg.Points(0.6)})
	c.Stroke(frame)
	x := box.Min.X + legendPad
	for i, e := range l {
		y := box.Max.Y - legendPad - vg.Length(legendRow*i) - legendRow/2.0
		if e.Sample != nil {
			e.Sample.draw(c, vg.Rectangle{
				Min: vg.Point{X: x, Y: y - legendRow/2.0},
				Max: vg.Point{X: x + l.sampleWidth(), Y: y + legendRow/2.0},
			})
		}
		legendStyle.draw(c, vg.Point{X: x + l.sampleWidth() + legendGap, Y: y + 1}, e.Text) // 1: centres on letters without descenders
	}
}

// toKeepClear returns the points that legends should not cover.
func toKeepClear(layers []Layer, on *area) []vg.Point {
	var out []vg.Point
	for _, l := range layers {
		if l, ok := l.(interface{ keepClear(on *area) []vg.Point }); ok {
			out = append(out, l.keepClear(on)...)
		}
	}
	return out
}
