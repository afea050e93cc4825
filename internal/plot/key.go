package plot

import (
	"gonum.org/v1/plot/vg"
)

// Key draws legends below each other on a bare panel, where they are too large to stand beside the data.
type Key []Legend

func (k Key) draw(on *area) {
	top := on.Max.Y - titleRoom
	for _, l := range k {
		size := l.size()
		l.draw(&on.Canvas, vg.Rectangle{Min: vg.Point{X: on.Min.X, Y: top - size.Y}, Max: vg.Point{X: on.Min.X + size.X, Y: top}})
		top -= size.Y + legendPad
	}
}
