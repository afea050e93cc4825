package kernels

import (
	"math"
	"slices"
	"testing"
)

// Known answers published by the authors of Philox.
func TestPhilox(t *testing.T) {
	for _, c := range []struct {
		counter [4]uint32
		key     [2]uint32
		want    [4]uint32
	}{
		{want: [4]uint32{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
		{[4]uint32{^uint32(0), ^uint32(0), ^uint32(0), ^uint32(0)}, [2]uint32{^uint32(0), ^uint32(0)}, [4]uint32{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
		{[4]uint32{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, [2]uint32{0xa4093822, 0x299f31d0}, [4]uint32{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
	} {
		if got := philox(c.counter, c.key); got != c.want {
			t.Errorf("%x, want %x", got, c.want)
		}
	}
}

func TestDropoutMaskInPartsIsTheSame(t *testing.T) {
	whole := make([]float32, 1000)
	DropoutMask(whole, 7, 1<<40+3, 0.8)
	for _, cut := range []int{0, 1, 2, 3, 4, 501, 999, 1000} {
		parts := make([]float32, 1000)
		DropoutMask(parts[cut:], 7, 1<<40+3+uint64(cut), 0.8)
		DropoutMask(parts[:cut], 7, 1<<40+3, 0.8)
		if !slices.Equal(parts, whole) {
			t.Errorf("cut at %d: other bits", cut)
		}
	}
	other := make([]float32, 1000)
	DropoutMask(other, 8, 1<<40+3, 0.8)
	if slices.Equal(other, whole) {
		t.Error("another key gives the same mask")
	}
}

func TestDropoutMaskKeepsItsShare(t *testing.T) {
	const n = 100000
	mask := make([]float32, n)
	for _, keep := range []float64{0.01, 0.2, 0.5, 0.8, 1} {
		DropoutMask(mask, 1, 0, keep)
		kept := 0
		for _, m := range mask {
			switch m {
			case float32(1 / keep):
				kept++
			case 0:
			default:
				t.Fatalf("keep %v: the mask has %v", keep, m)
			}
		}
		if d := math.Abs(float64(kept) - keep*n); d > 5*math.Sqrt(keep*(1-keep)*n) {
			t.Errorf("keep %v: %d of %d stay", keep, kept, n)
		}
	}
}
