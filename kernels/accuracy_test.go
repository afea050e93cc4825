package kernels

import (
	"math"
	"os"
	"strconv"
	"testing"
)

// SRHM_ULP_STRIDE=1 tries all float32 (make ulp-exhaustive), which gives the largest errors that the entry points
// state; by default every 1009th is tried. The widest tier computes them; the others must give the same bits on one
// block in 16.
func TestAccuracy(t *testing.T) {
	stride := ulpStride(t)
	for _, c := range []struct {
		name string
		from uint32 // bits of the first float32: those with the sign come after those without
		of   func(s *set) func(dst, src []float32)
		true func(float64) float64
		ulps float64
	}{
		{"exp", 1 << 31, func(*set) func(dst, src []float32) { return mapGeneric(exp32) }, trueExp, 1},
		{"Log", 0, func(s *set) func(dst, src []float32) { return s.Log }, math.Log, 1},
		{"Rsqrt", 0, func(s *set) func(dst, src []float32) { return s.Rsqrt }, trueRsqrt, 1.5},
		{"Sigmoid", 0, func(s *set) func(dst, src []float32) { return s.Sigmoid }, trueSigmoid, 2.5},
		{"SiLU", 0, func(s *set) func(dst, src []float32) { return s.SiLU }, trueSiLU, 3.3},
		{"Tanh", 0, func(s *set) func(dst, src []float32) { return s.Tanh }, math.Tanh, 1.6},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			worst, at := 0.0, float32(0)
			tiers := Available()
			widest := tiers[len(tiers)-1]
			var src, dst, again [4096]float32
			block := 0
			for next := uint64(c.from); next < 1<<32; block++ {
				n := 0
				for ; n < len(src) && next < 1<<32; n, next = n+1, next+stride {
					src[n] = math.Float32frombits(uint32(next))
				}
				c.of(sets[widest])(dst[:n], src[:n])
				for _, tier := range tiers {
					if tier == widest || block%16 != 0 {
						continue
					}
					c.of(sets[tier])(again[:n], src[:n])
					for i, x := range src[:n] {
						if !sameBits(again[i], dst[i]) {
							t.Fatalf("%s(%v) is %v on %v, %v on %v", c.name, x, again[i], tier, dst[i], widest)
						}
					}
				}
				for i, x := range src[:n] {
					if e := ulps(dst[i], c.true(float64(x))); e > worst {
						worst, at = e, x
					}
				}
			}
			t.Logf("at most %.3f ulp, at %v", worst, at)
			if worst > c.ulps {
				t.Errorf("%s(%v) is off by %v ulp", c.name, at, worst)
			}
		})
	}
}

func ulpStride(t *testing.T) uint64 {
	text := os.Getenv("SRHM_ULP_STRIDE")
	if text == "" {
		return 1009
	}
	n, err := strconv.ParseUint(text, 10, 32)
	if err != nil || n == 0 {
		t.Fatalf("SRHM_ULP_STRIDE is %q, want a positive number", text)
	}
	return n
}

func trueExp(x float64) float64 { return math.Exp(math.Max(x, -87)) }

func trueRsqrt(x float64) float64 { return 1 / math.Sqrt(x) }

func trueSigmoid(x float64) float64 {
	if x < -87 {
		return 0
	}
	return 1 / (1 + math.Exp(-x))
}

func trueSiLU(x float64) float64 {
	if x < -87 {
		return 0
	}
	return x * trueSigmoid(x)
}

// ulps returns the distance of x from y in units in the last place of the float32 nearest to y. It is infinite if one
// of them is NaN or infinite and the other is not the same.
func ulps(x float32, y float64) float64 {
	if float64(x) == y || x != x && y != y {
		return 0
	}
	near := float32(math.Abs(y))
	unit := math.Float32frombits(math.Float32bits(near)+1) - near
	if e := math.Abs(float64(x)-y) / float64(unit); e < math.Inf(1) {
		return e
	}
	return math.Inf(1)
}

func sameBits(x, y float32) bool {
	return math.Float32bits(x) == math.Float32bits(y) || x != x && y != y
}

func TestULPs(t *testing.T) {
	for _, c := range []struct {
		x    float32
		y    float64
		want float64
	}{
		{1, 1, 0}, {1, 1 + 0x1p-24, 0.5}, {-1, -1 - 0x1p-24, 0.5}, {-1 + 0x1p-24, -1, 0.5}, {3 + 0x1p-22, 3, 1},
		{0, 0x1p-150, 0.5}, {0x1p-149, -0x1p-149, 2}, {float32(math.NaN()), math.NaN(), 0}, {float32(math.Inf(1)), math.Inf(1), 0},
	} {
		if got := ulps(c.x, c.y); got != c.want {
			t.Errorf("%v is %v ulp from %v, want %v", c.x, got, c.y, c.want)
		}
	}
	inf := math.Inf(1)
	for _, c := range []struct{ x, y float64 }{{1, math.NaN()}, {math.NaN(), 1}, {inf, -inf}, {1, inf}, {inf, 1}} {
		if got := ulps(float32(c.x), c.y); got != inf {
			t.Errorf("%v is %v ulp from %v", c.x, got, c.y)
		}
	}
}
