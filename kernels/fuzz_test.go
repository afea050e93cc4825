package kernels_test

import (
	"maps"
	"slices"
	"testing"

	"srhmbench/kernels"
	"srhmbench/kernels/kerneltest"
)

// seeds are the values a target starts with: invented ones, special ones, and one repeated.
var seeds = [][]byte{nil, {0, 0, 0xc0, 0x7f, 0, 0, 0x80, 0x3f, 1, 0, 0, 0x80, 0xff, 0xff, 0x7f, 0x7f}, {0xab, 0xaa, 0xaa, 0x3e}}

func fuzzTiers(t testing.TB) []kernels.Tier { return slices.Sorted(maps.Keys(kerneltest.Tiers(t))) }

// The fuzzer chooses an operation, its sizes, and every float32 by its bits; kerneltest compares the tiers.
func FuzzOperations(f *testing.F) {
	tiers := fuzzTiers(f)
	for i := range kerneltest.Operations {
		for j, raw := range seeds {
			f.Add(uint8(i), []byte{1, 2, 9, 1, 2, 0, 2, 5, byte(j), 17, 3, 1}, raw)
			f.Add(uint8(i), []byte{byte(3 + j), 37, 6, 1, 16, 1, 1, 8, 33, 1, 0, 2}, raw)
			f.Add(uint8(i), []byte{13, 5, 7, 3}, raw)
		}
	}
	f.Fuzz(func(t *testing.T, op uint8, sizes, raw []byte) {
		o := kerneltest.Operations[int(op)%len(kerneltest.Operations)]
		kerneltest.Check(t, o.Name, o.Any(kerneltest.FromBytes(raw), kerneltest.PickBytes(sizes)), tiers...)
	})
}
