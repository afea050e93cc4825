package kernels

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// exactFMA rounds a·b + c once. 1024 bits hold every such sum exactly: its bits lie between 2^-298 and 2^257.
func exactFMA(a, b, c float32) float32 {
	for _, x := range []float32{a, b, c} {
		if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
			return float32(float64(a)*float64(b) + float64(c))
		}
	}
	exact := func(x float32) *big.Float { return new(big.Float).SetPrec(1024).SetFloat64(float64(x)) }
	product := exact(a)
	product.Mul(product, exact(b))
	sum := product.Add(product, exact(c))
	if sum.Sign() == 0 {
		return float32(float64(a)*float64(b) + float64(c)) // the sign of the zero
	}
	x, _ := sum.Float32()
	return x
}

func checkFMA(t *testing.T, a, b, c float32) {
	t.Helper()
	got, want := fma32(a, b, c), exactFMA(a, b, c)
	if math.Float32bits(got) != math.Float32bits(want) && (got == got || want == want) {
		t.Fatalf("fma32(%x, %x, %x) is %x, want %x", a, b, c, got, want)
	}
}

func bits32(b uint32) float32 { return math.Float32frombits(b) }

func TestFMAOfSpecialValues(t *testing.T) {
	values := []float32{
		0, bits32(1), bits32(2), bits32(3), bits32(0x7fffff), bits32(0x800000), bits32(0x800001), bits32(0xffffff),
		0x1p-75, 0x1p-24, 0x1p-25, 0.5, 1, bits32(0x3f800001), bits32(0x3f7fffff), 1.5, 3, 0x1p24, 0x1.000002p24,
		0x1p63, 0x1.fffffep63, 0x1p64, 0x1p103, 0x1p104, math.MaxFloat32, bits32(0x7f7ffffe),
		float32(math.Inf(1)), float32(math.NaN()),
	}
	for _, x := range values {
		values = append(values, -x)
	}
	for _, a := range values {
		for _, b := range values {
			for _, c := range values {
				checkFMA(t, a, b, c)
			}
		}
	}
}

func TestFMAOfRandomBits(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 200_000 {
		checkFMA(t, bits32(r.Uint32()), bits32(r.Uint32()), bits32(r.Uint32()))
	}
}

// The addend decides a product that lies half-way between two float32, or just beside, however small the addend is:
// float64 loses it and rounds the tie to even instead.
func TestFMAOfTies(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	lost := 0
	for range 200_000 {
		// An odd product of 25 bits is a tie of two neighbours of 24 bits.
		a := 1 + 2*r.IntN(1<<12)
		b := (1<<24 + a - 1) / a
		b += 1 - b&1
		fa, fb := scaled(r, a), scaled(r, b)
		tiny := float32(math.Ldexp(float64(fa)*float64(fb), -26-r.IntN(60)))
		if r.IntN(2) == 0 {
			tiny = -tiny
		}
		checkFMA(t, fa, fb, tiny)
		if float32(float64(fa)*float64(fb)+float64(tiny)) != exactFMA(fa, fb, tiny) {
			lost++
		}
		// Half a unit in the last place of c, a little more or less.
		c := bits32(r.Uint32()&0x3fffff | uint32(100+r.IntN(100))<<23)
		half := math.Ldexp(1, math.Ilogb(float64(c))-24)
		checkFMA(t, float32(half)*beside1(r), beside1(r), c)
		checkFMA(t, -float32(half)*beside1(r), beside1(r), c)
	}
	if lost == 0 {
		t.Error("rounding twice was right every time: these are no ties")
	}
}

// scaled returns n times a random power of two that keeps products in range.
func scaled(r *rand.Rand, n int) float32 { return float32(math.Ldexp(float64(n), r.IntN(40)-20)) }

// beside1 returns 1 or a neighbour of it. (1 + ε)(1 - ε) is 1 - ε², whose last bit lies beyond the end of a float64
// that holds more.
func beside1(r *rand.Rand) float32 { return bits32(0x3f800000 + uint32(r.IntN(5)) - 2) }

// Denormal results are rounded to fewer bits than 24, at another place of the float64.
func TestFMAOfDenormals(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 200_000 {
		a := bits32(r.Uint32()&0x807fffff | uint32(1+r.IntN(120))<<23)
		shift := -127 - 24 + r.IntN(28) - math.Ilogb(float64(a))
		b := float32(math.Ldexp(1+r.Float64(), shift))
		c := bits32(r.Uint32() & 0x80ffffff >> r.IntN(24))
		checkFMA(t, a, b, c)
		// Half of the smallest denormal, a multiple of it, and slightly more or less.
		n := float32(1 + 2*r.IntN(1<<10))
		checkFMA(t, n*0x1p-75, 0x1p-75, c)
		checkFMA(t, n*0x1p-75*beside1(r), 0x1p-75*beside1(r), bits32(r.Uint32()&0x807fffff))
	}
}

// The largest float32 plus half a unit is the first sum that overflows.
func TestFMAAroundOverflow(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for range 100_000 {
		a := bits32(r.Uint32()&0x7fffff | 190<<23)
		b := float32(0x1p103 / float64(a))
		c := bits32(0x7f7fffff - uint32(r.IntN(3)))
		for _, x := range []float32{b, bits32(math.Float32bits(b) + 1), bits32(math.Float32bits(b) - 1)} {
			checkFMA(t, a, x, c)
			checkFMA(t, -a, x, -c)
			checkFMA(t, a, x*0x1p25, -c)
		}
	}
}

func TestFMAOfCancellation(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for range 100_000 {
		a := bits32(r.Uint32()&0x807fffff | uint32(64+r.IntN(126))<<23)
		b := bits32(r.Uint32()&0x807fffff | uint32(64+r.IntN(126))<<23)
		c := -float32(float64(a) * float64(b))
		checkFMA(t, a, b, c)
		checkFMA(t, a, b, bits32(math.Float32bits(c)^1))
	}
}
