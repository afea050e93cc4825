package sweep

import (
	"math"
	"math/big"
)

// logspace returns n numbers from lo to hi in equal ratios, each step rounded as in
// numpy.logspace(log10(lo), log10(hi), n). The authors cut such numbers to integers,
// and some lie within a rounding error of one: math.Pow and math.Log10, which differ
// between architectures, could turn their 10239 into 10240. Logarithms and powers are
// correctly rounded here, those of the C library nearly always.
func logspace(lo, hi float64, n int) []float64 {
	start, stop := log10(lo), log10(hi)
	step := (stop - start) / float64(n-1)
	list := make([]float64, n)
	for i := range list {
		y := float64(float64(i)*step) + start // not fused
		if i == n-1 {
			y = stop
		}
		list[i], _ = pow10(y).Float64()
	}
	return list
}

// prec is the precision in bits, far beyond what a float64 holds.
const prec = 160

// ln10 is the natural logarithm of ten.
var ln10, _, _ = big.ParseFloat("2.302585092994045684017991454684364207601101488628772976033327900967572609677", 10, prec, big.ToNearestEven)

func float(x float64) *big.Float { return new(big.Float).SetPrec(prec).SetFloat64(x) }

// pow10 returns 10^y for y of at least 0: a power of ten times a Taylor series.
func pow10(y float64) *big.Float {
	whole, part := math.Modf(y)
	x := new(big.Float).Mul(float(part), ln10)
	sum, term := float(1), float(1)
	for k := 1; k < 80; k++ { // 2.31^80/80! < 2^-270
		term.Mul(term, x)
		term.Quo(term, float(float64(k)))
		sum.Add(sum, term)
	}
	tens := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(whole)), nil)
	return sum.Mul(sum, new(big.Float).SetPrec(prec).SetInt(tens))
}

// log10 returns the correctly rounded decimal logarithm: one Newton step from the
// library's.
func log10(x float64) float64 {
	y := math.Log10(x)
	rest := new(big.Float).Quo(float(x), pow10(y))
	rest.Sub(rest, float(1))
	rest.Quo(rest, ln10)
	z, _ := rest.Add(rest, float(y)).Float64()
	return z
}
