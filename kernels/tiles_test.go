//go:build (amd64 || arm64) && !purego

package kernels_test

import (
	"slices"
	"strings"
	"testing"

	"srhmbench/kernels"
	"srhmbench/kernels/kerneltest"
)

// The suite's shapes must reach every tile. Go code makes that choice, so it is tested even for tiers this CPU lacks.
func TestCasesReachEveryTile(t *testing.T) {
	missed := map[string][]string{} // by tier and tiles, of the operation that misses least
	for _, row := range kernels.Registry() {
		if len(row.Uses) < 2 {
			continue
		}
		seen := map[string]bool{}
		undo := kernels.WitnessTiles(row.Tier, seen)
		op, _ := kerneltest.Lookup(row.Op)
		op.Cases(kerneltest.NewSource(kerneltest.Ties, 1), func(c kerneltest.Call) {
			var floats [][]float32
			for _, o := range c.Floats {
				floats = append(floats, o.Data)
			}
			c.Do(floats, c.Ints)
		})
		undo()
		misses := slices.DeleteFunc(slices.Clone(row.Uses), func(name string) bool { return seen[name] })
		tiles := row.Tier.String() + " " + strings.Join(row.Uses, " ")
		if least, ok := missed[tiles]; !ok || len(misses) < len(least) {
			missed[tiles] = misses
		}
	}
	for tiles, misses := range missed {
		for _, name := range misses {
			t.Errorf("no operation's calls run all of %s: %s is missed", tiles, name)
		}
	}
}
