package kerneltest

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"srhmbench/kernels"
)

// Run checks every operation of the registry on every tier, a subtest each.
func Run(t *testing.T) {
	if err := matchRegistry(Operations, kernels.Ops()); err != nil {
		t.Error(err)
	}
	thin, err := thinning()
	if err != nil {
		t.Fatal(err)
	}
	wanted := Tiers(t)
	for _, op := range Operations {
		t.Run(op.Name, func(t *testing.T) {
			for _, tier := range kernels.Tiers() {
				t.Run(tier.String(), func(t *testing.T) {
					if !wanted[tier] {
						t.Skipf("this machine, build or leg runs without %v", tier)
					}
					op.run(t, tier, thin)
				})
			}
		})
	}
}

func (o Operation) run(t *testing.T, tier kernels.Tier, thin int) {
	seen, ran := 0, 0
	for _, kind := range allKinds {
		o.Cases(NewSource(kind, 1), func(call Call) {
			seen++
			if keep(seen, thin) && !t.Failed() {
				ran++
				call.Shape += " values=" + kinds[kind]
				Check(t, o.Name, call, tier)
			}
		})
	}
	if ran == 0 {
		t.Errorf("made none of %d calls", seen)
	}
	t.Logf("%d of %d calls", ran, seen)
}

// Tiers says which tiers a leg runs: those SRHM_WANT_TIERS names, of which each must be able to, or
// else all that can.
func Tiers(t testing.TB) map[kernels.Tier]bool {
	t.Helper()
	tiers, err := wantedTiers(os.Getenv("SRHM_WANT_TIERS"), kernels.Available())
	if err != nil {
		t.Fatalf("SRHM_WANT_TIERS: %v", err)
	}
	return tiers
}

func wantedTiers(want string, available []kernels.Tier) (map[kernels.Tier]bool, error) {
	can, wanted := map[kernels.Tier]bool{}, map[kernels.Tier]bool{}
	for _, tier := range available {
		can[tier] = true
	}
	if want == "" {
		return can, nil
	}
	for _, name := range strings.Split(want, ",") {
		tier, err := kernels.ParseTier(name)
		if err != nil {
			return nil, err
		}
		if !can[tier] {
			return nil, fmt.Errorf("tier %v is wanted, this machine or build runs only %v", tier, available)
		}
		wanted[tier] = true
	}
	return wanted, nil
}

// keep chooses one call of thin ones, out of step with the loops that make them, and all of the first, since
// some operations have few.
func keep(i, thin int) bool { return i <= 40 || int(uint32(i)*2654435761>>16)%thin == 0 }

// thinning is n where about one call of n is to be made.
func thinning() (int, error) {
	text := os.Getenv("SRHM_THIN")
	if text == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("SRHM_THIN is %q, want a positive number", text)
	}
	return n, nil
}
