package gate

import (
	"math"
	"testing"
)

// The gate as a whole, both looks, on many invented runs: how often it cries wolf, and how often it sees that one
// kernel of 40 became 10 % slower.
func TestNoiseStudy(t *testing.T) {
	const runs = 60
	for name, c := range map[string]struct {
		n     noise
		power int // of the runs, at least
	}{"quiet": {quiet, runs}, "shared": {shared, runs * 95 / 100}, "cored": {cored, runs * 95 / 100}, "bad": {bad, 0}} {
		alarms, caught, floor := 0, 0, 0.0
		for seed := range uint64(runs) {
			same := look(seed, c.n, 1)
			floor += same.Floor / runs
			if same.Verdict == Regression {
				alarms++
			}
			if look(seed+1000, c.n, 1.10).Verdict == Regression {
				caught++
			}
		}
		t.Logf("%s: mean floor %.1f %%, %d false alarms, %d slowdowns seen, of %d", name, 100*floor, alarms, caught, runs)
		if alarms > 0 || caught < c.power {
			t.Errorf("%s: %d false alarms, %d of %d slowdowns seen", name, alarms, caught, runs)
		}
	}
}

// look runs the gate, with a second look at whatever the first finds slower.
func look(seed uint64, n noise, slow float64) Report {
	first := judge(invent(seed, n, 40, 25, slow))
	if first.Verdict != Regression {
		return first
	}
	arms := invent(seed^math.MaxUint32, n, 40, 25, slow)
	candidates := map[string]bool{"PeakFMA/tier=avx2": true}
	for _, name := range first.Candidates() {
		candidates[name] = true
	}
	for _, a := range arms {
		for name := range a.Rounds[0].Rows {
			if !candidates[name] {
				remove(a, name)
			}
		}
	}
	return first.Confirmed(Judge(arms[0], arms[1], arms[2], first.Stricter()))
}
