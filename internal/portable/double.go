package portable

import "math"

// double is the unevaluated sum of two float64, of which lo is at most half a unit in the last place of hi.
type double struct{ hi, lo float64 }

// sum returns a + b exactly.
func sum(a, b float64) double {
	s := a + b
	t := s - a
	return double{s, (a - (s - t)) + (b - t)}
}

// ordered returns a + b exactly where |a| >= |b| or a is 0.
func ordered(a, b float64) double {
	s := a + b
	return double{s, b - (s - a)}
}

// product returns a b exactly, unless it overflows or its last bits underflow.
func product(a, b float64) double {
	p := float64(a * b)
	return double{p, math.FMA(a, b, -p)}
}

func (x double) plus(y double) double {
	s := sum(x.hi, y.hi)
	return ordered(s.hi, s.lo+(x.lo+y.lo))
}

func (x double) times(y double) double {
	p := product(x.hi, y.hi)
	return ordered(p.hi, p.lo+(float64(x.hi*y.lo)+float64(x.lo*y.hi)))
}

// over returns x / y.
func (x double) over(y double) double {
	q := x.hi / y.hi
	rest := math.FMA(-q, y.hi, x.hi) + (x.lo - float64(q*y.lo))
	return ordered(q, rest/y.hi)
}

// scaled returns x times a power of two.
func (x double) scaled(by float64) double { return double{float64(x.hi * by), float64(x.lo * by)} }

// inverse returns 1/n for whole n.
func inverse(n int) double { return double{1, 0}.over(double{float64(n), 0}) }

// polynomial returns c[0] + x (c[1] + x (c[2] + ...)) for small x. Only the first few terms need more than a float64.
func polynomial(x double, c []double, few int) double {
	tail := 0.0
	for k := len(c) - 1; k >= few; k-- {
		tail = float64(tail*x.hi) + c[k].hi
	}
	p := double{tail, 0}
	for k := few - 1; k >= 0; k-- {
		p = p.times(x).plus(c[k])
	}
	return p
}
