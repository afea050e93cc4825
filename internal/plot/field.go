package plot

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
)

// Node is the value Z of a field at a point of the plane.
type Node struct{ X, Y, Z float64 }

// Field is a function that is linear on each triangle, drawn as bands of colour between levels.
type Field struct {
	Triangles [][3]Node
	Levels    []float64 // increasing; band i is Levels[i] to Levels[i+1]
	Color     func(t float64) color.Color
}

// Bands returns n bands between lo and hi.
func Bands(lo, hi float64, n int) []float64 {
	levels := make([]float64, n+1)
	for i := range levels {
		levels[i] = lo + float64((hi-lo)*float64(i)/float64(n))
	}
	return levels
}

func (f Field) band(i int) color.Color {
	return f.Color(float64(i) / float64(max(1, len(f.Levels)-2)))
}

// Each band is one path that reaches under the next one, painted over it. Otherwise the background would shine through
// the smoothed edges between bands and triangles.
func (f Field) draw(on *area) {
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
			path = appendSlice(path, on, slice(t[:], lo, hi))
		}
		if len(path) > 0 {
			on.SetColor(f.band(i))
			on.Fill(path)
		}
	}
}

func appendSlice(path vg.Path, on *area, corners []Node) vg.Path {
	if len(corners) < 3 {
		return path
	}
	points := make([]vg.Point, len(corners))
	for i, n := range corners {
		points[i] = on.at(n.X, n.Y)
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
			out = append(out, Node{a.X + float64(t*(b.X-a.X)), a.Y + float64(t*(b.Y-a.Y)), a.Z + float64(t*(b.Z-a.Z))})
		}
	}
	return out
}
