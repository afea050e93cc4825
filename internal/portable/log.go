package portable

import "math"

// Logarithms, and inverses of logarithms, to twice the digits of a float64.
var (
	ln2     = double{math.Ln2, 2.3190468138462996e-17}
	perLn2  = double{math.Log2E, 2.0355273740931033e-17}
	perLn10 = double{math.Log10E, 1.098319650216765e-17}
)

// Log returns the natural logarithm of x.
func Log(x float64) float64 { return logarithm(x, double{1, 0}) }

// Log2 returns the binary logarithm of x. Log2 of a power of two is exact.
func Log2(x float64) float64 { return logarithm(x, perLn2) }

// Log10 returns the decimal logarithm of x. Log10 of a power of ten is exact.
func Log10(x float64) float64 { return logarithm(x, perLn10) }

// logarithm returns unit times the natural logarithm of x.
func logarithm(x float64, unit double) float64 {
	switch {
	case math.IsNaN(x), math.IsInf(x, 1):
		return x
	case x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(-1)
	}
	return log(x).times(unit).hi
}

// inverseOdds is 1, 1/3, 1/5, ...
var inverseOdds = func() []double {
	list := make([]double, 19)
	for k := range list {
		list[k] = inverse(2*k + 1)
	}
	return list
}()

// log returns the natural logarithm of a finite x > 0. With x = 2^e m and s = (m-1)/(m+1) it is
//
//	e ln 2 + 2 s (1 + s^2/3 + s^4/5 + ...),  |s| <= 0.172.
func log(x float64) double {
	m, e := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, e = 2*m, e-1
	}
	s := double{m - 1, 0}.over(sum(m, 1))
	series := polynomial(s.times(s), inverseOdds, 6)
	return ln2.times(double{float64(e), 0}).plus(s.times(series).scaled(2))
}
