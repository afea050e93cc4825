package kernels_test

import (
	"testing"

	"srhmbench/kernels"
	"srhmbench/kernels/kerneltest"
)

// The relaxed product is not in the registry, so no suite covers it.
func TestRelaxedMatMul(t *testing.T) {
	for _, kind := range []kerneltest.Kind{kerneltest.Ordinary, kerneltest.Edges, kerneltest.Nonfinite} {
		s := kerneltest.NewSource(kind, 1)
		for m := range 5 {
			for n := range 15 {
				for k := range 6 {
					op := kerneltest.Transpositions[(m+n+k)%4]
					kerneltest.Check(t, "RelaxedMatMul", kerneltest.RelaxedMatMul(s, op, m, n, k, (m+k)%3, (n+k)%2 == 0), kernels.Generic)
				}
			}
		}
		kerneltest.Check(t, "RelaxedMatMul", kerneltest.RelaxedMatMul(s, kernels.NT, 20, 30, 100, 1, true), kernels.Generic)
	}
}
