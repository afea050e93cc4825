package kernels_test

import (
	"math"
	"slices"
	"testing"

	"srhmbench/kernels"
	"srhmbench/kernels/kerneltest"
)

// onTiers runs f under every tier the leg has.
func onTiers(t *testing.T, f func(t *testing.T)) {
	wanted := kerneltest.Tiers(t)
	for _, tier := range kernels.Tiers() {
		t.Run(tier.String(), func(t *testing.T) {
			if !wanted[tier] {
				t.Skipf("this machine, build or leg runs without %v", tier)
			}
			undo, err := kernels.Force(tier)
			if err != nil {
				t.Fatal(err)
			}
			defer undo()
			f(t)
		})
	}
}

// Every tier uses the same exp: 4000 differences a call, over all exponents from -87 up.
func TestSoftmaxExpOnEveryTier(t *testing.T) {
	first, last := math.Float32bits(float32(math.Copysign(0, -1))), math.Float32bits(-88)
	const calls, size = 50, 4000
	for call := range uint32(calls) {
		src := make([]float32, size)
		for i := range src {
			src[i] = math.Float32frombits(first + uint32(uint64(last-first)*uint64(uint32(i)*calls+call)/(size*calls)))
		}
		src[0] = 0
		want := slices.Clone(src)
		undo, err := kernels.Force(kernels.Generic)
		if err != nil {
			t.Fatal(err)
		}
		kernels.Softmax(want, src, 1)
		undo()
		for tier := range kerneltest.Tiers(t) {
			undo, err := kernels.Force(tier)
			if err != nil {
				t.Fatal(err)
			}
			got := make([]float32, size)
			kernels.Softmax(got, src, 1)
			undo()
			if !slices.Equal(got, want) {
				t.Fatalf("%v: other bits than the generic tier", tier)
			}
		}
	}
}

func TestSoftmaxOfNothingAndOfNaN(t *testing.T) {
	inf, nan := float32(math.Inf(1)), float32(math.NaN())
	onTiers(t, func(t *testing.T) {
		for _, c := range []struct {
			src  []float32
			peak float32
			nan  bool
		}{
			{nil, -inf, false},
			{[]float32{3}, 3, false},
			{[]float32{-inf, 2}, 2, false},
			{[]float32{nan, 1, 2}, 2, true},
			{[]float32{5, nan}, 5, true},
			{append(make([]float32, 20), nan, -1), 0, true},
			{[]float32{nan}, -inf, true},
			{[]float32{-inf, -inf}, -inf, true},
			{[]float32{inf, 1}, inf, true},
		} {
			dst := make([]float32, len(c.src))
			peak, sum := kernels.Softmax(dst, c.src, 1)
			if peak != c.peak {
				t.Errorf("%v: peak %v, want %v", c.src, peak, c.peak)
			}
			for _, x := range append(dst, sum) {
				if (x != x) != c.nan {
					t.Errorf("%v: %v, sum %v; NaN expected: %t", c.src, dst, sum, c.nan)
				}
			}
		}
	})
}
