package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestChooseBLIS(t *testing.T) {
	for _, c := range []struct {
		name    string
		rates   map[string]float64 // by setting; settings that are missing do not run
		want    []string
		comment string
	}{
		{"a CPU that it does not know", map[string]float64{"": 10, "BLIS_ARCH_TYPE=0": 40, "BLIS_ARCH_TYPE=6": 60, "BLIS_ARCH_TYPE=3": 55},
			[]string{"BLIS_ARCH_TYPE=6"}, "# library blis: kernels of zen3, the fastest of its own choice 10, skx 40, zen3 60, haswell 55 GFLOP/s by BLIS_ARCH_TYPE\n"},
		{"one that it knows, without AVX-512", map[string]float64{"": 60, "BLIS_ARCH_TYPE=6": 59, "BLIS_ARCH_TYPE=3": 55}, nil,
			"# library blis: kernels of its own choice, the fastest of its own choice 60, skx does not run, zen3 59, haswell 55 GFLOP/s by BLIS_ARCH_TYPE\n"},
	} {
		t.Setenv(blisSetting, "")
		environment, comment, err := chooseBLIS(t.Context(), func(environment ...string) ([]byte, error) {
			rate := c.rates[strings.Join(environment, "")]
			if rate == 0 {
				return nil, errors.New("signal: illegal instruction")
			}
			return fmt.Appendf(nil, "# library blis: x\nBenchmarkMatMul/shapes=probe/lib=blis 1 1 ns/op %v GFLOP/s\n", rate), nil
		})
		if err != nil || !slices.Equal(environment, c.want) || comment != c.comment {
			t.Errorf("%s: %q, %q, %v", c.name, environment, comment, err)
		}
	}
	none := func(...string) ([]byte, error) { return nil, errors.New("no library") }
	if _, _, err := chooseBLIS(t.Context(), none); err == nil || err.Error() != "no library" {
		t.Errorf("no BLIS: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := chooseBLIS(ctx, none); err != context.Canceled {
		t.Errorf("interrupted: %v", err)
	}
	t.Setenv(blisSetting, "7")
	if environment, comment, err := chooseBLIS(t.Context(), none); err != nil || environment != nil || !strings.Contains(comment, "=7 as it was set") {
		t.Errorf("set by the user: %q, %q, %v", environment, comment, err)
	}
}
