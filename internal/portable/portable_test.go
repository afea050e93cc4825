package portable_test

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"srhmbench/internal/portable"
	_ "srhmbench/internal/testseed"
)

// prec is the precision in bits of what the functions are compared with.
const prec = 240

func number(x float64) *big.Float { return new(big.Float).SetPrec(prec).SetFloat64(x) }

// bigExp returns e^x: a Taylor series of x/2^n, squared n times.
func bigExp(x *big.Float) *big.Float {
	const halvings = 24
	r := new(big.Float).SetPrec(prec+64).SetMantExp(x, -halvings)
	sum, term := new(big.Float).SetPrec(prec+64).SetInt64(1), new(big.Float).SetPrec(prec+64).SetInt64(1)
	for k := int64(1); k < 30; k++ {
		term.Mul(term, r)
		term.Quo(term, new(big.Float).SetInt64(k))
		sum.Add(sum, term)
	}
	for range halvings {
		sum.Mul(sum, sum)
	}
	return sum
}

// bigLog returns the natural logarithm of x by Newton's method.
func bigLog(x *big.Float) *big.Float {
	mantissa := new(big.Float)
	e := x.MantExp(mantissa)
	start, _ := mantissa.Float64()
	y := number(math.Log(start) + float64(e)*math.Ln2)
	for range 3 {
		power := bigExp(y)
		step := new(big.Float).SetPrec(prec).Quo(new(big.Float).SetPrec(prec).Sub(x, power), power)
		half := new(big.Float).SetPrec(prec).Mul(step, step) // log(1+s) = s - s^2/2
		y.Add(y, step.Sub(step, half.Mul(half, number(0.5))))
	}
	return y
}

var ln2, ln10 = bigLog(number(2)), bigLog(number(10))

// off returns how far got lies from the true value, in units of its last place.
func off(got float64, want *big.Float) float64 {
	ulp := math.Nextafter(math.Abs(got), math.Inf(1)) - math.Abs(got)
	d, _ := new(big.Float).SetPrec(prec).Sub(number(got), want).Float64()
	return math.Abs(d) / ulp
}

// nearest is half a unit, and what is lost before the only rounding.
const nearest = 0.5 + 1e-6

func check(t interface {
	Helper()
	Errorf(string, ...any)
}, what string, got float64, want *big.Float) {
	t.Helper()
	if d := off(got, want); !(d <= nearest) {
		w, _ := want.Float64()
		t.Errorf("%s is %v, off by %.4f units in the last place from %v", what, got, d, w)
	}
}

func TestLogIsNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := math.Float64frombits(rapid.Uint64Range(1, math.Float64bits(math.MaxFloat64)).Draw(t, "x"))
		if rapid.Bool().Draw(t, "near 1") {
			x = 1 + rapid.Float64Range(-0.5, 1).Draw(t, "d")
		}
		if x == 1 {
			t.Skip("0 is exact")
		}
		want := bigLog(number(x))
		check(t, fmt.Sprintf("Log(%v)", x), portable.Log(x), want)
		check(t, fmt.Sprintf("Log2(%v)", x), portable.Log2(x), new(big.Float).Quo(want, ln2))
		check(t, fmt.Sprintf("Log10(%v)", x), portable.Log10(x), new(big.Float).Quo(want, ln10))
	})
}

func TestExpIsNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-708, 709.78).Draw(t, "x")
		check(t, fmt.Sprintf("Exp(%v)", x), portable.Exp(x), bigExp(number(x)))
	})
}

func TestPowIsNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := math.Float64frombits(rapid.Uint64Range(math.Float64bits(1e-300), math.Float64bits(1e300)).Draw(t, "x"))
		limit := 700 / math.Abs(math.Log(x))
		y := rapid.Float64Range(-min(limit, 1e9), min(limit, 1e9)).Draw(t, "y")
		if x == 1 {
			t.Skip("1 is exact")
		}
		want := bigExp(new(big.Float).Mul(number(y), bigLog(number(x))))
		check(t, fmt.Sprintf("Pow(%v, %v)", x, y), portable.Pow(x, y), want)
	})
}

func TestHypotIsNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := rapid.Float64Range(-1e308, 1e308).Draw(t, "x"), rapid.Float64().Draw(t, "y")
		want := number(x)
		want.Add(want.Mul(want, want), new(big.Float).SetPrec(4*prec).Mul(number(y), number(y)))
		want.Sqrt(want)
		if w, _ := want.Float64(); w == 0 || math.IsInf(w, 0) {
			return
		}
		if got := portable.Hypot(x, y); off(got, want) > 0.76 {
			t.Errorf("Hypot(%v, %v) is %v, off by %v", x, y, got, off(got, want))
		}
	})
}

// Where the true value is a float64, that is what comes out.
func TestExact(t *testing.T) {
	for k := -1074; k < 1024; k++ {
		if got := portable.Log2(math.Ldexp(1, k)); got != float64(k) {
			t.Errorf("Log2(2^%d) is %v", k, got)
		}
		if got := portable.Pow(2, float64(k)); got != math.Ldexp(1, k) {
			t.Errorf("Pow(2, %d) is %v", k, got)
		}
	}
	ten := big.NewInt(1)
	for k := 0; k <= 308; k++ {
		power, _ := new(big.Float).SetInt(ten).Float64()
		if got := portable.Pow(10, float64(k)); got != power && k != 23 { // 10^23 lies half-way between two float64
			t.Errorf("Pow(10, %d) is %v", k, got)
		}
		if got := portable.Log10(power); got != float64(k) {
			t.Errorf("Log10(10^%d) is %v", k, got)
		}
		ten.Mul(ten, big.NewInt(10))
	}
	for base := 2.0; base <= 64; base++ {
		for want, k := base, 1.0; want < 1<<53; want, k = want*base, k+1 {
			if got := portable.Pow(base, k); got != want {
				t.Errorf("Pow(%v, %v) is %v, want %v", base, k, got, want)
			}
			if got := portable.Pow(-base, k); math.Abs(got) != want || (got < 0) != (math.Mod(k, 2) == 1) {
				t.Errorf("Pow(%v, %v) is %v", -base, k, got)
			}
			if got := portable.Pow(want, 1/k); k == 2 && got != base {
				t.Errorf("Pow(%v, 1/%v) is %v, want %v", want, k, got, base)
			}
		}
	}
	for _, c := range []struct{ got, want float64 }{
		{portable.Exp(0), 1}, {portable.Log(1), 0}, {portable.Exp(1), math.E}, {portable.Log(2), math.Ln2},
		{portable.Log(10), math.Ln10}, {portable.Log(5e-324), -744.4400719213812}, {portable.Hypot(3, 4), 5}, {portable.Hypot(3e300, -4e300), 5e300},
		{portable.Hypot(0, 0), 0}, {portable.Hypot(3e-320, 4e-320), 5e-320},
	} {
		if c.got != c.want {
			t.Errorf("%v, want %v", c.got, c.want)
		}
	}
}

// What is special to package math is special here, and goes to where it does there.
func TestSpecialValues(t *testing.T) {
	same := func(a, b float64) bool {
		return math.Float64bits(a) == math.Float64bits(b) || math.IsNaN(a) && math.IsNaN(b)
	}
	values := []float64{0, math.Copysign(0, -1), 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1e300, -1e300, 1e-300, math.MaxFloat64, math.Inf(1), math.Inf(-1), math.NaN()}
	for _, x := range values {
		for _, f := range []struct {
			name        string
			ours, maths func(float64) float64
		}{{"Exp", portable.Exp, math.Exp}, {"Log", portable.Log, math.Log}, {"Log2", portable.Log2, math.Log2}, {"Log10", portable.Log10, math.Log10}} {
			if got, want := f.ours(x), f.maths(x); !same(got, want) && !(math.Abs(got-want) <= 1e-15*math.Abs(want)) {
				t.Errorf("%s(%v) is %v, want %v", f.name, x, got, want)
			}
		}
		for _, y := range values {
			if got, want := portable.Pow(x, y), math.Pow(x, y); !same(got, want) && !(math.Abs(got-want) <= 1e-15*math.Abs(want)) {
				t.Errorf("Pow(%v, %v) is %v, want %v", x, y, got, want)
			}
			if got, want := portable.Hypot(x, y), math.Hypot(x, y); !same(got, want) && !(math.Abs(got-want) <= 1e-15*want) {
				t.Errorf("Hypot(%v, %v) is %v, want %v", x, y, got, want)
			}
		}
	}
	for _, x := range []float64{709.78, 709.79, 1e9, -708.5, -745, -745.2, -1e9} {
		if got, want := portable.Exp(x), math.Exp(x); !same(got, want) && !(math.Abs(got-want) <= 2e-15*want+5e-324) {
			t.Errorf("Exp(%v) is %v, want %v", x, got, want)
		}
	}
}

// The bits are these, whatever runs the test.
func TestKnownBits(t *testing.T) {
	h := fnv.New64a()
	add := func(x float64) { h.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(x))) }
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		x, y := r.Float64(), r.Float64()
		add(portable.Exp(1/x - 1/y))
		add(portable.Log(x))
		add(portable.Log2(1 / y))
		add(portable.Log10(x / y))
		add(portable.Pow(1/x, 1/y-10))
		add(portable.Hypot(x, y))
	}
	const want = 0x1843dcaa78c971f5
	if got := h.Sum64(); got != want {
		t.Errorf("%#x, want %#x", got, uint64(want))
	}
}

func BenchmarkExp(b *testing.B) {
	for b.Loop() {
		sink += portable.Exp(1.234)
	}
}

func BenchmarkLog(b *testing.B) {
	for b.Loop() {
		sink += portable.Log(1.234)
	}
}

func BenchmarkPow(b *testing.B) {
	for b.Loop() {
		sink += portable.Pow(1.234, 5.678)
	}
}

var sink float64
