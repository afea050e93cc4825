package plot

import (
	"math"
	"strings"
	"testing"
)

func labelsOf(ticks []tick) string {
	var out []string
	for _, t := range ticks {
		if t.label != "" {
			out = append(out, t.label)
		}
	}
	return strings.Join(out, " ")
}

func TestLogTickLabels(t *testing.T) {
	for _, c := range []struct {
		lo, hi float64
		want   string
	}{
		{80, 1.5e6, "$10^{2}$ $10^{3}$ $10^{4}$ $10^{5}$ $10^{6}$"},
		{1, 100, "1 10 $10^{2}$"},
		{0.01, 1, "0.01 0.1 1"},
		{1e-4, 1e-1, "$10^{−4}$ $10^{−3}$ 0.01 0.1"},
		{150, 700, "200 500"},
		{1.5e4, 7e4, "$2·10^{4}$ $5·10^{4}$"},
		{2.1, 4.6, "2.5 3.0 3.5 4.0 4.5"},
		{1, 1e20, "1 $10^{3}$ $10^{6}$ $10^{9}$ $10^{12}$ $10^{15}$ $10^{18}$"},
	} {
		if got := labelsOf(logTicks(c.lo, c.hi)); got != c.want {
			t.Errorf("%g to %g: %q, want %q", c.lo, c.hi, got, c.want)
		}
	}
}

// No range may come out without labels, and no tick outside of it or twice.
func TestLogTicksOnManyRanges(t *testing.T) {
	for lo := 1e-5; lo < 1e8; lo *= 1.37 {
		for _, width := range []float64{1.05, 1.3, 2, 5, 9, 30, 1e3, 1e9} {
			ticks := logTicks(lo, lo*width)
			if labels(ticks) < 2 || labels(ticks) > 12 {
				t.Errorf("%g to %g: %d labels: %s", lo, lo*width, labels(ticks), labelsOf(ticks))
			}
			last := 0.0
			for _, k := range ticks {
				if k.value < lo || k.value > lo*width || k.value == last {
					t.Errorf("%g to %g: tick at %g", lo, lo*width, k.value)
				}
				last = k.value
			}
		}
	}
}

func TestLinearTicks(t *testing.T) {
	if got := labelsOf(linearTicks(-0.04, 0.94)); got != "0.0 0.2 0.4 0.6 0.8" {
		t.Errorf("got %q", got)
	}
	if got := labelsOf(linearTicks(0, 50)); got != "0 10 20 30 40 50" {
		t.Errorf("got %q", got)
	}
	if got := labelsOf(linearTicks(-1, 1)); got != "−1.0 −0.5 0.0 0.5 1.0" {
		t.Errorf("got %q", got)
	}
	if s := roundStep(0.3); math.Abs(s-0.5) > 1e-12 {
		t.Errorf("roundStep(0.3) = %v", s)
	}
}
