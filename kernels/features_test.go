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
		if want == NEON && sets[NEON] == nil { // only Go is narrower
			want = Generic
		}
		for sets[want] == nil {
			want--
		}
		if got, why := c.has.Pick(CPU{}); got != want || why != "the widest" {
			t.Errorf("%s: picked %v, %s, want %v", c.cpu, got, why, want)
		}
	}
}

func TestPickAvoidsTiersThatAreSlower(t *testing.T) {
	all := featuresOf(extensions["amd64"])
	for _, c := range []struct {
		vendor        string
		family, model int
		brand         string
		slower        bool
	}{
		{"GenuineIntel", 6, 85, "Intel(R) Xeon(R) Gold 5118 CPU @ 2.30GHz", true},
		{"GenuineIntel", 6, 85, "Intel(R) Xeon(R) Gold 5220 CPU @ 2.20GHz", true},
		{"GenuineIntel", 6, 85, "Intel(R) Xeon(R) Silver 4210R CPU @ 2.40GHz", true},
		{"GenuineIntel", 6, 85, "Intel(R) Xeon(R) Bronze 3106 CPU @ 1.70GHz", true},
		{"GenuineIntel", 6, 85, "Intel(R) Xeon(R) W-2104 CPU @ 3.20GHz", true},
		{"GenuineIntel", 6, 85, "Intel(R) Xeon(R) D-2123IT CPU @ 2.20GHz", true},
		{"GenuineIntel", 6, 85, "Intel(R) Xeon(R) Gold 5122 CPU @ 3.60GHz", false},
		{"GenuineIntel", 6, 85, "Intel(R) Xeon(R) Gold 5222 CPU @ 3.80GHz", false},
		{"GenuineIntel", 6, 85, "Intel(R) Xeon(R) Gold 5318H CPU @ 2.50GHz", false},
		{"GenuineIntel", 6, 85, "Intel(R) Xeon(R) Gold 6148 CPU @ 2.40GHz", false},
		{"GenuineIntel", 6, 85, "Intel(R) Xeon(R) Platinum 8175M CPU @ 2.50GHz", false},
		{"GenuineIntel", 6, 85, "Intel(R) Xeon(R) W-2195 CPU @ 2.30GHz", false},
		{"GenuineIntel", 6, 85, "", false},
		{"GenuineIntel", 6, 106, "Intel(R) Xeon(R) Silver 4310 CPU @ 2.10GHz", false},
		{"AuthenticAMD", 25, 17, "AMD EPYC 9654 96-Core Processor", false},
	} {
		cpu := CPU{c.vendor, c.family, c.model, c.brand}
		if AVX512.slowerOn(cpu) != c.slower || AVX2.slowerOn(cpu) || Generic.slowerOn(cpu) {
			t.Errorf("%v: avx512 slower %t, want %t, and nothing else", cpu, AVX512.slowerOn(cpu), c.slower)
		}
		want, wantWhy := AVX512, "the widest"
		if c.slower {
			want, wantWhy = AVX2, "because this model is slower at avx512; SRHM_TIER=avx512 overrides"
		}
		if got, why := all.Pick(cpu); all.Runs(AVX512) && (got != want || why != wantWhy) {
			t.Errorf("%v: picked %v, %s, want %v, %s", cpu, got, why, want, wantWhy)
		}
		if got, why := all.without("AVX512F").Pick(cpu); all.Runs(AVX2) && (got != AVX2 || why != "the widest") {
			t.Errorf("%v without AVX-512: picked %v, %s", cpu, got, why)
		}
		all["AVX512F"] = true
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
	if picked, _ := DetectFeatures().Pick(DetectCPU()); Active() != picked {
		t.Errorf("after undo %v is active, picked was %v", Active(), picked)
	}
}

func TestSelect(t *testing.T) {
	before, why := active.Load(), reason
	defer func() { active.Store(before); reason = why }()
	t.Setenv("SRHM_TIER", "generic")
	if err := Select(); err != nil || Active() != Generic || Reason() != "by SRHM_TIER" {
		t.Errorf("SRHM_TIER=generic: %v, active %v, %s", err, Active(), Reason())
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
