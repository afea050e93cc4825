package plot

import (
	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Key draws legends below each other, for a bare panel: where they are too large to stand beside the data.
type Key []Legend

// Plot implements gonum's Plotter.
func (k Key) Plot(c draw.Canvas, _ *gonum.Plot) {
	top := c.Max.Y - titleRoom
	for _, l := range k {
		size := l.size()
		l.draw(&c, vg.Rectangle{Min: vg.Point{X: c.Min.X, Y: top - size.Y}, Max: vg.Point{X: c.Min.X + size.X, Y: top}})
		top -= size.Y + legendPad
	}
}
