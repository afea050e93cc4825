package bench

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/klauspost/cpuid/v2"

	"srhmbench/kernels"
	"srhmbench/results"
)

func TestMain(m *testing.M) {
	flag.Parse()
	if err := kernels.Select(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if f := flag.Lookup("test.bench"); f != nil && f.Value.String() != "" {
		describe()
	}
	os.Exit(m.Run())
}

// describe prints what does not change during the run, as benchmark configuration.
func describe() {
	p := results.Here(kernels.Active().String(), 1)
	c := cpuid.CPU
	for _, line := range [][2]string{
		{"machine", p.Machine},
		{"cpu-cache", fmt.Sprintf("%dK/%dK/%dK", c.Cache.L1D>>10, c.Cache.L2>>10, c.Cache.L3>>10)},
		{"virt", strings.ToLower(c.HypervisorVendorID.String())},
		{"go", p.Go},
		{"goamd64", p.GOAMD64},
		{"commit", p.Commit},
		{"dirty", fmt.Sprint(p.Dirty)},
	} {
		fmt.Printf("%s: %s\n", line[0], line[1])
	}
	fmt.Print("Unit GFLOP/s better=higher\nUnit GB/s better=higher\nUnit %roof better=higher\n")
}

// onTiers runs a benchmark on every tier; one this machine lacks is a visible skip.
func onTiers(b *testing.B, name string, f func(b *testing.B)) {
	for _, tier := range kernels.Tiers() {
		b.Run(name+"tier="+tier.String(), func(b *testing.B) {
			undo, err := kernels.Force(tier)
			if err != nil {
				b.Skip(err)
			}
			defer undo()
			f(b)
		})
	}
}
