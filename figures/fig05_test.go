package figures

import (
	"math"
	"srhmbench/figures/figuretest"
	"testing"
)

// Eq. 5 is Eq. 3 per class: s^(L/2) (s0+1)^L m^L with F = (s0+1)^-L and s^L = F d, L not whole.
func TestFigure5IsEquation5(t *testing.T) {
	n := 0
	for _, c := range columns5() {
		for _, node := range c {
			n++
			l := math.Log(node.X*node.Y) / math.Log(figure5S)
			want := l/2*math.Log(figure5S) - math.Log(node.X) + l*math.Log(figure5M)
			if math.Abs(node.Z-want) > 1e-9 {
				t.Errorf("F=%v d=%v: %v, want %v", node.X, node.Y, node.Z, want)
			}
			if node.X*node.Y < figure5S-1e-9 {
				t.Errorf("F=%v d=%v has less than one level", node.X, node.Y)
			}
		}
	}
	if n != 140-5 { // 20 to 44 at F = 0.1, and 20 at 0.2
		t.Errorf("%d nodes, want 135", n)
	}
}

// The triangles cover the box but for the corner, which goes through (0.1,52), (0.2,28), (0.3,20).
func TestTrianglesCoverTheField(t *testing.T) {
	sum := 0.0
	for _, q := range triangles(columns5()) {
		a, b, c := q[0], q[1], q[2]
		sum += math.Abs((b.X-a.X)*(c.Y-a.Y)-(c.X-a.X)*(b.Y-a.Y)) / 2
	}
	want := 0.9*104 - (0.1*(32+8)/2 + 0.1*8/2)
	if math.Abs(sum-want) > 1e-9 {
		t.Errorf("area %v, want %v", sum, want)
	}
}

func TestFigure5Claims(t *testing.T) {
	for _, c := range drawn(t, "5", Smoke, figuretest.Law{}).Claims {
		if c.Verdict != Holds {
			t.Errorf("%s: %s %s", c.Sentence, c.Ours, c.Verdict)
		}
	}
	wrong := columns5()
	for i := range wrong {
		for j := range wrong[i] {
			wrong[i][j].Z /= math.Ln10 // as with decimal logarithms
		}
	}
	samples, err := colours5()
	if err != nil || len(samples) < 100 {
		t.Fatalf("%d samples, %v", len(samples), err)
	}
	if c := claims5(wrong, samples); c[0].Verdict != Fails || c[1].Verdict != Fails {
		t.Errorf("decimal logarithms pass: %+v", c[:2])
	}
}
