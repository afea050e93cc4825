//go:build (amd64 || arm64) && !purego

package kernels_test

import (
	"testing"

	"srhmbench/kernels"
	"srhmbench/kernels/kerneltest"
)

// The suite's shapes must reach every tile. Since that is decided in Go, it is tested for tiers that this
// CPU lacks, too.
func TestCasesReachEveryTile(t *testing.T) {
	for _, row := range kernels.Registry() {
		if len(row.Uses) < 2 || kernels.Borrows(row.Op) { // what an operation borrows is its owner's to check
			continue
		}
		seen := map[string]bool{}
		undo := kernels.WitnessTiles(row.Tier, seen)
		kerneltest.Cases[row.Op](kerneltest.NewSource(kerneltest.Ties, 1), func(c kerneltest.Call) {
			var floats [][]float32
			for _, o := range c.Floats {
				floats = append(floats, o.Data)
			}
			c.Do(floats, c.Ints)
		})
		undo()
		for _, name := range row.Uses {
			if !seen[name] {
				t.Errorf("no call of %s runs %s", row.Op, name)
			}
		}
	}
}
