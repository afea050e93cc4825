package plot

import (
	"math"
	"testing"
)

func surface(p []Node) (a float64) {
	for i := range p {
		j := (i + 1) % len(p)
		a += (p[i].X*p[j].Y - p[j].X*p[i].Y) / 2
	}
	return math.Abs(a)
}

// The bands of a triangle fill it exactly once.
func TestSlicesPartition(t *testing.T) {
	tri := []Node{{0, 0, 1}, {4, 1, 5}, {1, 3, 2.5}}
	levels := Bands(1, 5, 7)
	sum := 0.0
	for i := range len(levels) - 1 {
		part := slice(tri, levels[i], levels[i+1])
		for _, n := range part {
			if n.Z < levels[i]-1e-12 || n.Z > levels[i+1]+1e-12 {
				t.Errorf("band %d has a corner at %v", i, n.Z)
			}
		}
		sum += surface(part)
	}
	if math.Abs(sum-surface(tri)) > 1e-12 {
		t.Errorf("areas add up to %v, want %v", sum, surface(tri))
	}
	if got := slice(tri, 6, 7); len(got) != 0 {
		t.Errorf("a band above all values has %d corners", len(got))
	}
}

func TestCircle(t *testing.T) {
	for _, c := range circlePath(middlePoint, 3)[1:5] {
		if d := math.Hypot(float64(c.Pos.X-middlePoint.X), float64(c.Pos.Y-middlePoint.Y)); math.Abs(d-3) > 1e-9 {
			t.Errorf("a corner is %v away from the centre", d)
		}
	}
}
