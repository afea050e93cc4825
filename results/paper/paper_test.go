package paper

import (
	"math"
	"testing"
)

func TestEveryFileIsRead(t *testing.T) {
	all, err := load()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 3900 {
		t.Errorf("%d points, want all of about 3960", len(all))
	}
}

// The numbers of points are those of README.md.
func TestPanels(t *testing.T) {
	for _, c := range []struct {
		figure, panel string
		want          int
	}{{"4", "A", 14}, {"4", "B", 27}, {"4", "C", 32}, {"5", "", 140}, {"4", "", 73}} {
		if got := len(Points(c.figure, c.panel)); got != c.want {
			t.Errorf("figure %s%s: %d points, want %d", c.figure, c.panel, got, c.want)
		}
	}
}

// The x of Figure 4B is s^(L/2) (s0+1)^L n_c m^L to the accuracy of the reading.
func TestPredictionOfFigure4B(t *testing.T) {
	for _, p := range Points("4", "B") {
		l := float64(p.L)
		want := math.Pow(float64(p.S), l/2) * math.Pow(float64(p.S0+1), l) * float64(p.NC) * math.Pow(float64(p.M), l)
		if math.Abs(p.X/want-1) > 0.006 {
			t.Errorf("v=%d s0=%d L=%d: x = %v, the formula gives %v", p.V, p.S0, p.L, p.X, want)
		}
	}
}
