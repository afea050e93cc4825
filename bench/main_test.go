package bench

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"srhmbench/bench/machine"
	"srhmbench/kernels"
	"srhmbench/srhm/store"
)

func TestMain(m *testing.M) {
	flag.Parse()
	if err := start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	f := flag.Lookup("test.bench")
	if f == nil || f.Value.String() == "" {
		os.Exit(m.Run())
	}
	describe()
	began := machine.Now(machine.AllCPUs)
	code := m.Run()
	printDefinitions()
	fmt.Println("# witness", machine.Now(machine.AllCPUs).Since(began))
	os.Exit(code)
}

// wanted are the tiers that SRHM_BENCH_TIERS names; nil when it names none.
var wanted []kernels.Tier

// start reads the environment. What cannot be had is an error, never a silent other thing.
func start() error {
	if err := kernels.Select(); err != nil {
		return err
	}
	text := os.Getenv("SRHM_BENCH_TIERS")
	if text == "" {
		return nil
	}
	for _, name := range strings.Split(text, ",") {
		tier, err := kernels.ParseTier(name)
		if err == nil && !slices.Contains(kernels.Available(), tier) {
			err = fmt.Errorf("kernel tier %v: this machine or build runs only %v", tier, kernels.Available())
		}
		if err != nil {
			return fmt.Errorf("SRHM_BENCH_TIERS: %w", err)
		}
		wanted = append(wanted, tier)
	}
	return nil
}

// describe prints what does not change during the run, as benchmark configuration.
func describe() {
	p := store.Here(kernels.Active().String(), 1)
	lines := append(machine.Here().Config(),
		[2]string{"go", p.Go}, [2]string{"goamd64", p.GOAMD64},
		[2]string{"commit", p.Commit}, [2]string{"dirty", fmt.Sprint(p.Dirty)})
	for _, line := range lines {
		fmt.Printf("%s: %s\n", line[0], line[1])
	}
	fmt.Println("# started", p.Started.Format(time.RFC3339))
	for _, unit := range []string{"GFLOP/s", "GB/s", "%roof", "%peak", "p90-%peak", "steps/s"} {
		fmt.Printf("Unit %s better=higher\n", unit)
	}
}

// onTiers runs a benchmark on every tier; one this machine lacks is a visible skip, and so is the generic
// one where it would take too long.
func onTiers(b *testing.B, name string, small bool, f func(b *testing.B)) {
	for _, tier := range kernels.Tiers() {
		if wanted != nil && !slices.Contains(wanted, tier) {
			continue
		}
		b.Run(name+"tier="+tier.String(), func(b *testing.B) {
			if wanted == nil && tier == kernels.Generic && !small {
				b.Skip("slow: SRHM_BENCH_TIERS=generic runs it")
			}
			undo, err := kernels.Force(tier)
			if err != nil {
				b.Skip(err)
			}
			defer undo()
			f(b)
		})
	}
}
