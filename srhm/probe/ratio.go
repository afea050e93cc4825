package probe

import (
	"math"

	"srhmbench/srhm/spec"
)

// ratio estimates ⟨a⟩/⟨b⟩ from paired values, with the standard error by the delta method. It returns nil if that is not
// finite.
func ratio(a, b []float64) *spec.Estimate {
	n := float64(len(a))
	below := sum(b)
	value := sum(a) / below
	square := 0.0
	for i := range a {
		d := a[i] - float64(value*b[i])
		square += float64(d * d)
	}
	e := &spec.Estimate{Value: value, Error: math.Sqrt(square*n/(n-1)) / below}
	if math.IsNaN(e.Error) || math.IsInf(e.Error, 0) { // so is the error wherever the value is
		return nil
	}
	return e
}

func sum(x []float64) float64 {
	s := 0.0
	for _, v := range x {
		s += v
	}
	return s
}
