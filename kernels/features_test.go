package kernels

import (
	"slices"
	"testing"
)

func featuresOf(lists ...[]string) Features {
	f := Features{}
	for _, name := range slices.Concat(lists...) {
		f[name] = true
	}
	return f
}

func (f Features) without(names ...string) Features {
	for _, name := range names {
		delete(f, name)
	}
	return f
}

func TestPick(t *testing.T) {
	haswell := []string{"SSE", "SSE2", "AVX", "AVX2", "FMA3", "BMI2"}
	foundation := []string{"AVX512F", "AVX512CD"}
	rest := []string{"AVX512BW", "AVX512DQ", "AVX512VL"}
	for _, c := range []struct {
		cpu  string
		has  Features
		want Tier
	}{
		{"nothing known", nil, Generic},
		{"SSE2 alone", featuresOf([]string{"SSE", "SSE2"}), Generic},
		{"AVX without FMA", featuresOf([]string{"SSE", "SSE2", "AVX"}), Generic},
		{"AVX and FMA without AVX2", featuresOf(haswell).without("AVX2"), Generic},
		{"AVX2 without FMA", featuresOf(haswell).without("FMA3"), Generic},
		{"AVX2 without BMI2", featuresOf(haswell).without("BMI2"), Generic},
		{"AVX2 and FMA, AVX switched off", featuresOf(haswell).without("AVX"), Generic},
		{"AVX2 and FMA", featuresOf(haswell), AVX2},
		{"AVX-512 foundation", featuresOf(haswell, foundation), AVX2},
		{"AVX-512 without F", featuresOf(haswell, foundation, rest).without("AVX512F"), AVX2},
		{"AVX-512 without VL", featuresOf(haswell, foundation, rest).without("AVX512VL"), AVX2},
		{"AVX-512 without DQ", featuresOf(haswell, foundation, rest).without("AVX512DQ"), AVX2},
		{"AVX-512 without BW", featuresOf(haswell, foundation, rest).without("AVX512BW"), AVX2},
		{"AVX-512", featuresOf(haswell, foundation, rest), AVX512},
		{"AVX-512 without FMA", featuresOf(haswell, foundation, rest).without("FMA3"), Generic},
		{"AVX-512 and more", featuresOf(haswell, foundation, rest, []string{"AVX512VNNI"}), AVX512},
		{"ASIMD", featuresOf([]string{"ASIMD"}), NEON},
	} {
		want := c.want
		if want == NEON && sets[NEON] == nil { // nothing narrower than it but Go
			want = Generic
		}
		for sets[want] == nil {
			want--
		}
		if got := c.has.Pick(); got != want {
			t.Errorf("%s: picked %v, want %v", c.cpu, got, want)
		}
	}
}

func TestAvailableTiersRun(t *testing.T) {
	for _, tier := range Tiers() {
		undo, err := Force(tier)
		if runs := slices.Contains(Available(), tier); (err == nil) != runs {
			t.Errorf("%v: available %t, Force says %v", tier, runs, err)
		}
		if err != nil {
			continue
		}
		if Active() != tier {
			t.Errorf("forced %v, active %v", tier, Active())
		}
		undo()
	}
	if Active() != DetectFeatures().Pick() {
		t.Errorf("after undo %v is active, picked was %v", Active(), DetectFeatures().Pick())
	}
}

func TestSelect(t *testing.T) {
	before := active.Load()
	defer active.Store(before)
	t.Setenv("SRHM_TIER", "generic")
	if err := Select(); err != nil || Active() != Generic {
		t.Errorf("SRHM_TIER=generic: %v, active %v", err, Active())
	}
	t.Setenv("SRHM_TIER", "sse9")
	if err := Select(); err == nil {
		t.Error("SRHM_TIER=sse9 is no error")
	}
	t.Setenv("SRHM_TIER", "")
	active.Store(before)
	if err := Select(); err != nil || active.Load() != before {
		t.Errorf("no SRHM_TIER: %v, active %v", err, Active())
	}
}
