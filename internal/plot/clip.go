package plot

import "gonum.org/v1/plot/vg"

// hair is a length nobody sees. A line that rounding puts this far outside a rectangle still runs along its edge.
const hair = vg.Length(1e-6)

// clipped returns the pieces of a polyline that lie inside a rectangle.
func clipped(points []vg.Point, r vg.Rectangle) [][]vg.Point {
	var pieces [][]vg.Point
	open := false // the last piece continues
	for i := 1; i < len(points); i++ {
		p, q := points[i-1], points[i]
		enter, leave := clip(p, q, r)
		if enter > leave {
			open = false
			continue
		}
		if !open {
			pieces = append(pieces, []vg.Point{between(p, q, enter, enter)})
		}
		last := &pieces[len(pieces)-1]
		*last = append(*last, between(p, q, leave, leave))
		open = leave == 1
	}
	return pieces
}

// clip returns where the line from p to q enters and leaves a rectangle, as parts of its length (Liang and Barsky
// 1984). If the line misses the rectangle, enter > leave.
func clip(p, q vg.Point, r vg.Rectangle) (enter, leave float64) {
	enter, leave = 0, 1
	for _, edge := range [4]struct{ inside, change vg.Length }{
		{p.X - r.Min.X, q.X - p.X}, {r.Max.X - p.X, p.X - q.X},
		{p.Y - r.Min.Y, q.Y - p.Y}, {r.Max.Y - p.Y, p.Y - q.Y},
	} {
		inside, change := float64(edge.inside+hair), float64(edge.change)
		switch {
		case change > 0:
			enter = max(enter, -inside/change)
		case change < 0:
			leave = min(leave, -inside/change)
		case inside < 0:
			return 1, 0
		}
	}
	return enter, leave
}
