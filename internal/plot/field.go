package plot

import (
	"image/color"
	"math"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Node is a sample of a field over the plane.
type Node struct{ X, Y, Z float64 }

// Field fills the bands between levels of a function known on triangles and linear on each.
type Field struct {
	Triangles [][3]Node
	Levels    []float64 // increasing; band i is Levels[i] to Levels[i+1]
	Color     func(t float64) color.Color
}

// Bands returns n bands between lo and hi.
func Bands(lo, hi float64, n int) []float64 {
	levels := make([]float64, n+1)
	for i := range levels {
		levels[i] = lo + (hi-lo)*float64(i)/float64(n)
	}
	return levels
}

func (f Field) band(i int) color.Color {
	return f.Color(float64(i) / float64(max(1, len(f.Levels)-2)))
}

// Plot implements gonum's Plotter. A band is one path, and reaches under the next one, which is
// painted over it: smoothed edges then show no background between bands or triangles.
func (f Field) Plot(c draw.Canvas, p *gonum.Plot) {
	for i := range len(f.Levels) - 1 {
		lo, hi := f.Levels[i], f.Levels[min(i+2, len(f.Levels)-1)]
		if i == 0 {
			lo = math.Inf(-1)
		}
		if i+2 >= len(f.Levels)-1 {
			hi = math.Inf(1)
		}
		var path vg.Path
		for _, t := range f.Triangles {
			path = appendSlice(path, &c, p, slice(t[:], lo, hi))
		}
		if len(path) > 0 {
			c.SetColor(f.band(i))
			c.Fill(path)
		}
	}
}

func appendSlice(path vg.Path, c *draw.Canvas, p *gonum.Plot, corners []Node) vg.Path {
	if len(corners) < 3 {
		return path
	}
	points := make([]vg.Point, len(corners))
	for i, n := range corners {
		points[i] = place(c, p, n.X, n.Y)
	}
	return polygon(path, points)
}

// slice returns the part of a convex polygon where lo <= Z <= hi.
func slice(polygon []Node, lo, hi float64) []Node {
	polygon = cut(polygon, func(n Node) float64 { return n.Z - lo })
	return cut(polygon, func(n Node) float64 { return hi - n.Z })
}

// cut keeps the part of a convex polygon where a linear function is not negative.
func cut(polygon []Node, f func(Node) float64) []Node {
	var out []Node
	for i, a := range polygon {
		b := polygon[(i+1)%len(polygon)]
		fa, fb := f(a), f(b)
		if fa >= 0 {
			out = append(out, a)
		}
		if fa < 0 && fb > 0 || fa > 0 && fb < 0 {
			t := fa / (fa - fb)
			out = append(out, Node{a.X + t*(b.X-a.X), a.Y + t*(b.Y-a.Y), a.Z + t*(b.Z-a.Z)})
		}
	}
	return out
}
