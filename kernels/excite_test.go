package kernels_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"srhmbench/kernels"
	"srhmbench/kernels/kerneltest"
)

// excited returns the product in float64; rows of images are ld apart.
func excited(x []float32, ld int, s []float32, batch, positions, channels int) []float64 {
	var y []float64
	for r := range batch * positions {
		for c := range channels {
			y = append(y, float64(x[r*ld+c])*float64(s[r/positions*channels+c]))
		}
	}
	return y
}

func TestExciteAndItsGradients(t *testing.T) {
	onTiers(t, func(t *testing.T) {
		const batch, positions, channels = 3, 7, 21
		source := kerneltest.NewSource(kerneltest.Ordinary, 5)
		x, dy, s := values(source, batch*positions*channels), values(source, batch*positions*channels), values(source, batch*channels)
		y, dx, ds := make([]float32, len(x)), make([]float32, len(x)), make([]float32, len(s))
		kernels.Excite(y, channels, x, channels, s, batch, positions, channels)
		for i, want := range excited(x, channels, s, batch, positions, channels) {
			if math.Abs(float64(y[i])-want) > 1e-7*math.Abs(want) {
				t.Fatalf("y[%d] is %v, want %v", i, y[i], want)
			}
		}
		kernels.ExciteGrad(dx, channels, ds, dy, channels, x, channels, s, batch, positions, channels)
		loss := func() (sum float64) {
			for i, y := range excited(x, channels, s, batch, positions, channels) {
				sum += y * float64(dy[i])
			}
			return sum
		}
		central(t, "dx", x, dx, loss)
		central(t, "ds", s, ds, loss)
	})
}

// All tiers give the same bits, whatever the sizes and strides, and leave alone what lies between the rows.
func TestExciteSameBits(t *testing.T) {
	property(t, func(t *rapid.T, source *kerneltest.Source) {
		batch, positions, channels, pad := draw(t, "batch", 0, 4), draw(t, "positions", 0, 9), draw(t, "channels", 0, 40), draw(t, "pad", 0, 3)
		ld, n := channels+pad, batch*positions*(channels+pad)
		x, dy, s := values(source, n), values(source, n), values(source, batch*channels)
		start := values(source, n)
		run := func() (y, dx, ds []float32) {
			y, dx, ds = slices.Clone(start), slices.Clone(start), values(source, len(s))
			kernels.Excite(y, ld, x, ld, s, batch, positions, channels)
			kernels.ExciteGrad(dx, ld, ds, dy, ld, x, ld, s, batch, positions, channels)
			return
		}
		y, dx, ds := run()
		undo, err := kernels.Force(kernels.Generic)
		if err != nil {
			t.Fatal(err)
		}
		wantY, wantDX, wantDS := run()
		undo()
		mustEqual(t, "y", y, wantY)
		mustEqual(t, "dx", dx, wantDX)
		mustEqual(t, "ds", ds, wantDS)
		for i := range y {
			if i%ld >= channels && (math.Float32bits(y[i]) != math.Float32bits(start[i]) || math.Float32bits(dx[i]) != math.Float32bits(start[i])) {
				t.Fatalf("element %d between rows was written", i)
			}
		}
		inPlace := slices.Clone(x)
		copy(y, x)
		kernels.Excite(inPlace, ld, inPlace, ld, s, batch, positions, channels)
		kernels.Excite(y, ld, x, ld, s, batch, positions, channels)
		mustEqual(t, "in place", inPlace, y)
	})
}

func TestExciteWrongUse(t *testing.T) {
	x := floats(200)
	for _, w := range []wrongUse{
		{"Excite", "a batch of -1 images", func() { kernels.Excite(x, 4, floats(9), 4, floats(9), -1, 2, 4) }},
		{"Excite", "a batch of", func() { kernels.Excite(x, 4, floats(9), 4, floats(9), huge, 2, 4) }},
		{"Excite", "y has 23 elements", func() { kernels.Excite(floats(23), 4, floats(24), 4, floats(8), 2, 3, 4) }},
		{"Excite", "x has stride 3", func() { kernels.Excite(floats(24), 4, floats(24), 3, floats(8), 2, 3, 4) }},
		{"Excite", "s has 7 elements", func() { kernels.Excite(floats(24), 4, floats(24), 4, floats(7), 2, 3, 4) }},
		{"Excite", "y overlaps s", func() { kernels.Excite(cut(x, 0, 24), 4, floats(24), 4, cut(x, 23, 8), 2, 3, 4) }},
		{"Excite", "y overlaps x", func() { kernels.Excite(cut(x, 0, 24), 4, cut(x, 1, 24), 4, floats(8), 2, 3, 4) }},
		{"ExciteGrad", "ds has 7 elements", func() { kernels.ExciteGrad(floats(24), 4, floats(7), floats(24), 4, floats(24), 4, floats(8), 2, 3, 4) }},
		{"ExciteGrad", "ds overlaps x", func() {
			kernels.ExciteGrad(floats(24), 4, cut(x, 0, 8), floats(24), 4, cut(x, 7, 24), 4, floats(8), 2, 3, 4)
		}},
		{"ExciteGrad", "dx overlaps s", func() {
			kernels.ExciteGrad(cut(x, 0, 24), 4, floats(8), floats(24), 4, floats(24), 4, cut(x, 23, 8), 2, 3, 4)
		}},
	} {
		mustPanic(t, w)
	}
}
