package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

var sizes = []int{1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 16, 17, 25}

// onEveryTier runs f under each tier this machine has and compares what it returns with the generic
// tier's bit for bit. A tier that cannot run here is a visible skip.
func onEveryTier(t *testing.T, f func() []float32) {
	t.Helper()
	undo, err := Force(Generic)
	if err != nil {
		t.Fatal(err)
	}
	want := f()
	undo()
	for _, tier := range Tiers() {
		undo, err := Force(tier)
		if err != nil {
			t.Logf("skip %v: %v", tier, err)
			continue
		}
		got := f()
		undo()
		for i := range want {
			if math.Float32bits(got[i]) != math.Float32bits(want[i]) && !(got[i] != got[i] && want[i] != want[i]) {
				t.Fatalf("%v: element %d is %v (%#x), generic %v (%#x)", tier, i, got[i], math.Float32bits(got[i]), want[i], math.Float32bits(want[i]))
			}
		}
	}
}

func random(r *rand.Rand, n int) []float32 {
	s := make([]float32, n)
	for i := range s {
		s[i] = float32(r.NormFloat64())
	}
	if n > 20 {
		s[3], s[7], s[11] = 1e-40, float32(math.Copysign(0, -1)), 3e38
		if r.IntN(8) == 0 {
			s[5], s[6] = float32(math.NaN()), float32(math.Inf(1))
		}
	}
	return s
}

func clone(s []float32) []float32 { return append([]float32(nil), s...) }

func TestConformanceGEMM(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, m := range append(sizes, 0, 31, 40) {
		for _, n := range []int{16, 32, 48, 80, 112} {
			for _, k := range []int{0, 1, 3, 4, 5, 16, 37} {
				a, b, c := random(r, m*(k+3)), random(r, n*k), random(r, m*(n+5))
				for _, acc := range []bool{false, true} {
					onEveryTier(t, func() []float32 {
						out := clone(c)
						GEMM(out, n+5, a, k+3, b, m, n, k, acc)
						return out
					})
				}
			}
		}
	}
}

func TestConformanceGEMMT(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, rows := range append(sizes, 0, 30) {
		for _, n := range []int{0, 16, 48} {
			for _, width := range []int{8, 16, 24, 32, 40, 56} {
				w, zt, ct := random(r, n*(rows+2)), random(r, n*(width+8)), random(r, rows*(width+8))
				onEveryTier(t, func() []float32 {
					out := clone(ct)
					GEMMT(out, width+8, w, 16*(rows+2), zt, width+8, rows, n, width)
					return out
				})
			}
		}
	}
}

func TestConformanceMomentumGEMM(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, k := range append(sizes, 0, 30) {
		for _, n := range []int{16, 48} {
			for _, samples := range []int{0, 1, 2, 7, 16} {
				w, m := random(r, k*n), random(r, k*n)
				a, z := random(r, samples*(k+1)), random(r, samples*(n+3))
				onEveryTier(t, func() []float32 {
					wo, mo := clone(w), clone(m)
					MomentumGEMM(wo, mo, a, k+1, z, n+3, k, n, samples, 0.9, 0.37)
					return append(wo, mo...)
				})
			}
		}
	}
}

func TestConformanceRows(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for width := 1; width < 150; width++ {
		const rows = 5
		src, base, dst := random(r, 9*(width+1)), random(r, 3*width), random(r, rows*(width+2))
		offsets := []int32{1, 1, 3, 4, 9, 11}
		idx := make([]int32, 11)
		for i := range idx {
			idx[i] = int32(r.IntN(9))
		}
		onEveryTier(t, func() []float32 {
			out := clone(dst)
			GatherRows(out, width+2, []int32{4, 0, 2, 1, 3}, base, width, []int32{0, -1, 2, 1, -1}, src, width+1, offsets, idx, width, 0.71)
			return out
		})
	}
}

func TestConformanceElementwise(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for n := 0; n < 150; n++ {
		x, y, z := random(r, n), random(r, n), random(r, n)
		ops := map[string]func(a, b, c []float32){
			"relu":     func(a, b, c []float32) { ReLU(a, b) },
			"reluGrad": func(a, b, c []float32) { ReLUGrad(a, b, c) },
			"momentum": func(a, b, c []float32) { Momentum(a, b, c, 0.3, 0.9, 0.01) },
			"catchUp":  func(a, b, c []float32) { CatchUp(a, b, 0.81, 0.017) },
		}
		for name, op := range ops {
			t.Run(fmt.Sprint(name, n), func(t *testing.T) {
				onEveryTier(t, func() []float32 {
					a, b, c := clone(x), clone(y), clone(z)
					op(a, b, c)
					return append(append(a, b...), c...)
				})
			})
		}
	}
}

func TestConformanceSoftmax(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for n := 1; n < 70; n++ {
		src := random(r, n)
		onEveryTier(t, func() []float32 {
			dst := make([]float32, n)
			peak, sum := Softmax(dst, src, 1.7)
			return append(dst, peak, sum)
		})
	}
}

func TestConformanceTranspose(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for _, rows := range sizes {
		for _, cols := range sizes {
			src := random(r, rows*(cols+1))
			onEveryTier(t, func() []float32 {
				dst := make([]float32, cols*(rows+3))
				Transpose(dst, rows+3, src, cols+1, rows, cols)
				return dst
			})
		}
	}
}
