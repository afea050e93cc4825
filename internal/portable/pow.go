package portable

import "math"

// Pow returns x^y. It is exact where x^y is a float64.
func Pow(x, y float64) float64 {
	switch {
	case y == 0 || x == 1:
		return 1
	case x == 0, math.IsInf(x, 0), math.IsInf(y, 0), math.IsNaN(x), math.IsNaN(y):
		return math.Pow(x, y) // 0, 1, an infinity or NaN: nothing to round
	case x > 0:
		return power(x, y)
	case y != math.Floor(y):
		return math.NaN()
	case math.Mod(y, 2) == 0:
		return power(-x, y)
	}
	return -power(-x, y)
}

// power returns x^y for finite x > 0 and y.
func power(x, y float64) float64 {
	l := log(x)
	if z := l.hi * y; z > 2*largest || z < 2*smallest { // the exact product may not be finite
		return exp(double{z, 0})
	}
	return exp(l.times(double{y, 0}))
}

// Hypot returns the square root of x^2 + y^2, where neither overflows nor underflows on the way.
func Hypot(x, y float64) float64 {
	x, y = math.Abs(x), math.Abs(y)
	_, e := math.Frexp(max(x, y))
	if math.IsInf(x, 0) || math.IsInf(y, 0) {
		return math.Inf(1)
	}
	x, y = math.Ldexp(x, -e), math.Ldexp(y, -e)
	squares := product(x, x).plus(product(y, y))
	return math.Ldexp(math.Sqrt(squares.hi), e)
}
