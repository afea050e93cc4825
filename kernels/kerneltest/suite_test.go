package kerneltest

import (
	"maps"
	"slices"
	"testing"

	"srhmbench/kernels"
)

func TestWantedTiers(t *testing.T) {
	both := []kernels.Tier{kernels.Generic, kernels.AVX2}
	for _, c := range []struct {
		want string
		run  []kernels.Tier // nil for an error
	}{
		{"", both},
		{"generic", both[:1]},
		{"avx2", both[1:]},
		{"avx2,generic", both},
		{"avx512", nil},
		{"generic,avx512", nil},
		{"generic,", nil},
		{"AVX2", nil},
	} {
		got, err := wantedTiers(c.want, both)
		if (err != nil) != (c.run == nil) || !slices.Equal(slices.Sorted(maps.Keys(got)), c.run) {
			t.Errorf("SRHM_WANT_TIERS=%s: %v, %v, want %v", c.want, got, err, c.run)
		}
	}
}

func TestThinning(t *testing.T) {
	for text, want := range map[string]int{"": 1, "1": 1, "20": 20, "0": 0, "-3": 0, "few": 0} {
		t.Setenv("SRHM_THIN", text)
		if got, err := thinning(); got != want || (err != nil) != (want == 0) {
			t.Errorf("SRHM_THIN=%s: %d, %v", text, got, err)
		}
	}
	kept := 0
	for i := range 2000 {
		if !keep(i, 1) {
			t.Fatalf("call %d is left out of a whole suite", i)
		}
		if keep(i, 20) {
			kept++
		}
	}
	if kept < 100 || kept > 200 {
		t.Errorf("one call of 20 is %d of 2000", kept)
	}
}
