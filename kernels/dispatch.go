package kernels

import (
	"fmt"
	"os"
	"sync/atomic"
)

var (
	detected = DetectFeatures()
	active   atomic.Pointer[set]
	reason   string // why the process started with its tier
)

func init() {
	var tier Tier
	tier, reason = detected.Pick(DetectCPU())
	active.Store(sets[tier])
}

// Select applies the environment variable SRHM_TIER, if set. A name that is unknown or a tier that this machine cannot
// run is an error, never a silent fallback.
func Select() error {
	name := os.Getenv("SRHM_TIER")
	if name == "" {
		return nil
	}
	t, err := ParseTier(name)
	if err != nil {
		return fmt.Errorf("SRHM_TIER: %w", err)
	}
	if _, err = Force(t); err != nil {
		return err
	}
	reason = "by SRHM_TIER"
	return nil
}

// Reason returns, in a few words, why the process started with its tier.
func Reason() string { return reason }

// Force makes every kernel use the tier until undo is called. It must not be called while kernels run.
func Force(t Tier) (undo func(), err error) {
	if !detected.Runs(t) {
		return nil, fmt.Errorf("kernel tier %s: this machine or build runs only %v", t, Available())
	}
	old := active.Swap(sets[t])
	return func() { active.Store(old) }, nil
}

// Active returns the tier in use.
func Active() Tier { return active.Load().tier }

// Available lists the tiers this machine can run, narrowest first.
func Available() []Tier {
	var ts []Tier
	for _, t := range Tiers() {
		if detected.Runs(t) {
			ts = append(ts, t)
		}
	}
	return ts
}
