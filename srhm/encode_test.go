package srhm

import (
	"math"
	"testing"
)

// TestEncodedDistance checks the root mean square difference of two data, per
// number of the input: 0.3667 in the authors' notebook for v = 4, L = s = s0 = 2,
// against 0.232 without whitening (SPEC section 1).
func TestEncodedDistance(t *testing.T) {
	g := grammarOf(t, Task{V: 4, S0: 2})
	for e, want := range map[Encoding]float64{Whitened: 0.3667, Zero: 0.2324} {
		const n = 4000
		set := Draw(g, 1, "test", 2*n)
		x := make([]float32, 4*36)
		y := make([]float32, 4*36)
		sum := 0.0
		for i := range n {
			Encode(x, g.Task(), e, set, 2*i)
			Encode(y, g.Task(), e, set, 2*i+1)
			for k := range x {
				sum += math.Pow(float64(x[k]-y[k]), 2)
			}
		}
		if rms := math.Sqrt(sum / n / float64(len(x))); math.Abs(rms-want) > 0.001 {
			t.Errorf("%s: rms distance %.4f, want %.4f", e, rms, want)
		}
	}
}

func TestEncode(t *testing.T) {
	task := Task{V: 3, S0: 1, L: 1}.WithDefaults()
	set := &Set{
		Leaves:  2,
		Labels:  []uint16{0, 1},
		Symbols: []Symbol{1, 0, 2, 0},
		Cells:   []uint32{1, 2, 0, 3},
	}
	a := float32(math.Sqrt(0.5))
	for e, blank := range map[Encoding]float32{Whitened: -a, Zero: 0} {
		dst := make([]float32, 13)
		for k := range dst {
			dst[k] = 7
		}
		Encode(dst, task, e, set, 1)
		for x := range 3 {
			for c := range 4 {
				want := blank
				if x == 2 && c == 0 || x == 0 && c == 3 {
					want = 1
				}
				if got := dst[x*4+c]; math.Abs(float64(got-want)) > 1e-7 {
					t.Errorf("%s: symbol %d, cell %d: %v, want %v", e, x, c, got, want)
				}
			}
		}
		if dst[12] != 7 {
			t.Error("wrote beyond v*d")
		}
	}
}

func TestEncodingNames(t *testing.T) {
	if Whitened.Validate() != nil || Zero.Validate() != nil {
		t.Error("known encodings refused")
	}
	if Encoding("").Validate() == nil {
		t.Error("no error for an unknown encoding")
	}
	defer func() {
		if recover() == nil {
			t.Error("an unknown encoding is used")
		}
	}()
	Encoding("zeros").Blank(4)
}
