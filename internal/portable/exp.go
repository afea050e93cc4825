package portable

import "math"

// Exp returns e^x.
func Exp(x float64) float64 {
	if math.IsNaN(x) {
		return x
	}
	return exp(double{x, 0})
}

// Beyond these e^x overflows, or is nearer to 0 than to any other float64.
const (
	largest  = 709.782712893384
	smallest = -745.1332191019412
)

// inverseFactorials is 1/1!, 1/2!, 1/3!, ...
var inverseFactorials = func() []double {
	list := []double{{1, 0}}
	for n := 2; n <= 12; n++ {
		list = append(list, list[n-2].over(double{float64(n), 0}))
	}
	return list
}()

// exp returns e^x. With x = k ln 2 + 16 r it is 2^k times the 16th power of
//
//	e^r = 1 + r (1 + r/2! + r^2/3! + ...),  |r| <= 0.022.
func exp(x double) float64 {
	switch {
	case x.hi > largest:
		return math.Inf(1)
	case x.hi < smallest:
		return 0
	}
	k := math.Round(float64(x.hi * perLn2.hi))
	r := x.plus(ln2.times(double{-k, 0})).scaled(1.0 / 16)
	less1 := r.times(polynomial(r, inverseFactorials, 4)) // squared without the 1, it keeps its digits
	for range 4 {
		less1 = less1.scaled(2).plus(less1.times(less1))
	}
	return math.Ldexp(double{1, 0}.plus(less1).hi, int(k))
}
