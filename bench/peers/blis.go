package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"srhmbench/bench/benchfile"
)

// blisSetting is the variable that selects the kernels of BLIS. Left alone, a BLIS older than the CPU uses its generic
// ones, at a sixth of the speed.
const blisSetting = "BLIS_ARCH_TYPE"

// blisKernels lists the settings tried: none, and the numbers that BLIS 0.9 has for kernels with AVX-512 and with
// AVX2.
var blisKernels = []struct{ setting, name string }{{"", "its own choice"}, {"0", "skx"}, {"6", "zen3"}, {"3", "haswell"}}

// blisProbe is the part on which the kernels are compared, each in its own process, because kernels that the CPU
// cannot run crash it.
var blisProbe = part{name: "probe", libraries: []string{"blis"}, products: []string{matMul}, layers: []layer{{256, 256, 256}}}

// chooseBLIS returns the environment in which BLIS is fastest, and a comment about it. A setting of the user's own
// stands.
func chooseBLIS(ctx context.Context, probe func(environment ...string) ([]byte, error)) (environment []string, comment string, err error) {
	if os.Getenv(blisSetting) != "" {
		return nil, fmt.Sprintf("# library blis: %s=%s as it was set\n", blisSetting, os.Getenv(blisSetting)), nil
	}
	fastest, best, tried := "", 0.0, []string(nil)
	for _, k := range blisKernels {
		var set []string
		if k.setting != "" {
			set = []string{blisSetting + "=" + k.setting}
		}
		out, failed := probe(set...)
		if ctx.Err() != nil {
			return nil, "", ctx.Err()
		}
		rate, failed := blisRate(out, failed)
		if failed != nil {
			if k.setting == "" {
				return nil, "", failed // BLIS is missing
			}
			tried = append(tried, k.name+" does not run")
			continue
		}
		tried = append(tried, fmt.Sprintf("%s %.3g", k.name, rate))
		if rate > best {
			fastest, best, environment = k.name, rate, set
		}
	}
	return environment, fmt.Sprintf("# library blis: kernels of %s, the fastest of %s GFLOP/s by %s\n", fastest, strings.Join(tried, ", "), blisSetting), nil
}

// blisRate reads the rate of the one product that a probe measures from its output.
func blisRate(out []byte, err error) (float64, error) {
	if err != nil {
		return 0, err
	}
	f, err := benchfile.Parse("probe", out)
	if err != nil {
		return 0, err
	}
	for _, r := range f.Results {
		if rate := r.Values["GFLOP/s"]; rate > 0 {
			return rate, nil
		}
	}
	return 0, errors.New("no product was timed")
}
