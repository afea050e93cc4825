package plot

import (
	"testing"

	"gonum.org/v1/plot/vg"
	"pgregory.net/rapid"

	_ "srhmbench/internal/testseed"
)

var unitSquare = vg.Rectangle{Max: vg.Point{X: 1, Y: 1}}

func TestClipped(t *testing.T) {
	for _, c := range []struct {
		name   string
		points []vg.Point
		want   [][]vg.Point
	}{
		{"inside", []vg.Point{{X: 0.25}, {X: 0.5, Y: 1}, {X: 1, Y: 0.5}}, [][]vg.Point{{{X: 0.25}, {X: 0.5, Y: 1}, {X: 1, Y: 0.5}}}},
		{"through", []vg.Point{{X: -1, Y: 0.5}, {X: 2, Y: 0.5}}, [][]vg.Point{{{Y: 0.5}, {X: 1, Y: 0.5}}}},
		{"out and in", []vg.Point{{X: 0.5, Y: 0.5}, {X: 0.5, Y: 2}, {X: 0.75, Y: 2}, {X: 0.75, Y: 0.5}}, [][]vg.Point{{{X: 0.5, Y: 0.5}, {X: 0.5, Y: 1}}, {{X: 0.75, Y: 1}, {X: 0.75, Y: 0.5}}}},
		{"past a corner", []vg.Point{{X: -1, Y: 0.5}, {X: 0.5, Y: 2}}, nil},
		{"beside", []vg.Point{{X: -1}, {X: -1, Y: 1}}, nil},
		{"a hair above", []vg.Point{{X: 0, Y: 1 + hair/2}, {X: 1, Y: 1 + hair/2}}, [][]vg.Point{{{X: 0, Y: 1}, {X: 1, Y: 1}}}},
		{"one point", []vg.Point{{X: 0.5}}, nil},
	} {
		got := clipped(c.points, unitSquare)
		same := len(got) == len(c.want)
		for i := 0; same && i < len(got); i++ {
			same = len(got[i]) == len(c.want[i])
			for k := 0; same && k < len(got[i]); k++ {
				same = distance(got[i][k], c.want[i][k]) < 3e-6
			}
		}
		if !same {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// What is left lies inside, and what is inside is left.
func TestClippedIsInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		coordinate := rapid.Float64Range(-2, 3)
		points := make([]vg.Point, rapid.IntRange(2, 6).Draw(t, "points"))
		for i := range points {
			points[i] = vg.Point{X: vg.Length(coordinate.Draw(t, "x")), Y: vg.Length(coordinate.Draw(t, "y"))}
		}
		in := func(p vg.Point, slack vg.Length) bool {
			return p.X >= -slack && p.X <= 1+slack && p.Y >= -slack && p.Y <= 1+slack
		}
		length := 0.0
		for _, piece := range clipped(points, unitSquare) {
			length += polygonLength(piece)
			for _, p := range piece {
				if !in(p, 2*hair) {
					t.Fatalf("%v lies outside", p)
				}
			}
		}
		const steps = 4000
		var least, most float64
		for i := 1; i < len(points); i++ {
			for k := range steps {
				t := (float64(k) + 0.5) / steps
				at, part := between(points[i-1], points[i], t, t), distance(points[i-1], points[i])/steps
				if in(at, 0) {
					least += part
				}
				if in(at, 2*hair) {
					most += part
				}
			}
		}
		if length < least-0.02 || length > most+0.02 {
			t.Errorf("%v of the line is left, want %v to %v", length, least, most)
		}
	})
}
