package srhm

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestFigure5 checks the range of Figure 5: v = 10, s = 5, m = 10^4, natural
// logarithm of P*/n_c over its grid, leaving out F d < s.
func TestFigure5(t *testing.T) {
	lo, hi := math.Inf(1), math.Inf(-1)
	for k := 1; k <= 10; k++ {
		for d := 20; d <= 124; d += 8 {
			if k*d < 5*10 {
				continue
			}
			y := LogPStarPerClass(float64(k)/10, float64(d), 1e4, 5)
			lo, hi = min(lo, y), max(hi, y)
		}
	}
	if math.Abs(lo-12.33) > 0.005 || math.Abs(hi-30.00) > 0.005 {
		t.Errorf("range %.3f to %.3f, the figure has 12.33 to 30.00", lo, hi)
	}
}

func TestPredictions(t *testing.T) {
	task := Task{V: 10, S0: 2}.WithDefaults()
	if got := task.PStarLCN(); math.Abs(got-18000) > 1e-6 {
		t.Errorf("Eq. 3: %v, want 2 * 3^2 * 10 * 10^2", got)
	}
	task.L = 3
	if got := task.PStarCNN(); math.Abs(got-90000) > 1e-6 {
		t.Errorf("Eq. 4: %v, want 3^2 * 10 * 10^3", got)
	}
	if got := task.RelevantFraction(); math.Abs(got-1.0/27) > 1e-15 {
		t.Errorf("F = %v, want 1/27", got)
	}
}

// TestEq5IsEq3 checks the change of variables, at any task.
func TestEq5IsEq3(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		task := tasks().Draw(t, "task")
		got := LogPStarPerClass(task.RelevantFraction(), float64(task.Cells()), float64(task.M), float64(task.S))
		want := math.Log(task.PStarLCN() / float64(task.NC))
		if math.Abs(got-want) > 1e-9 {
			t.Fatalf("Eq. 5 gives %v, Eq. 3 %v", got, want)
		}
	})
}
