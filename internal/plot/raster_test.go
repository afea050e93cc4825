package plot

import (
	"math"
	"testing"

	"gonum.org/v1/plot/vg"
)

// Dashes follow each other around corners, with gaps between them, and start anew on every part of a path.
func TestDashed(t *testing.T) {
	path := polygon(nil, []vg.Point{{}, {X: 10}, {X: 10, Y: 5}, {Y: 5}})
	path = polygon(path, []vg.Point{{X: 20}, {X: 21}})
	var dashes []float64
	var at vg.Point
	for _, c := range dashed(path, []vg.Length{4, 2}) {
		if c.Type == vg.LineComp {
			dashes[len(dashes)-1] += distance(at, c.Pos)
		} else {
			dashes = append(dashes, 0)
		}
		at = c.Pos
	}
	var long []float64
	for _, d := range dashes {
		if d > 1e-9 {
			long = append(long, d)
		}
	}
	want := []float64{4, 4, 4, 4, 4, 2} // around 30 points, then along 2
	if len(long) != len(want) {
		t.Fatalf("dashes of %v, want %v", long, want)
	}
	for i := range want {
		if math.Abs(long[i]-want[i]) > 1e-9 {
			t.Errorf("dash %d is %v long, want %v", i, long[i], want[i])
		}
	}
}

// Chords stay on their circle, to a hundredth of a pixel, and end where the curves do.
func TestStraight(t *testing.T) {
	const radius = 50
	n := 0
	for _, c := range straight(circlePath(middlePoint, radius)) {
		switch c.Type {
		case vg.CurveComp:
			t.Fatal("a curve is left")
		case vg.LineComp:
			n++
			if d := distance(middlePoint, c.Pos); math.Abs(d-radius) > 0.0003*radius { // what four cubics make of a circle
				t.Errorf("a chord ends %v from the centre", d)
			}
		}
	}
	if around := 2 * math.Pi * radius * pngDPI / 72; float64(n) < 0.9*around || float64(n) > 1.2*around {
		t.Errorf("%d chords of a circle, which goes through %.0f pixels", n, around)
	}
}
