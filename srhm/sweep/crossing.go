package sweep

import (
	"math"

	"srhmbench/internal/portable"
)

// smallestError is the floor of errors in an interpolation: on 20000 test samples, smaller ones are a
// handful of cases, and their logarithm is noise.
const smallestError = 1e-3

// logErr is the logarithm of an error where errors are interpolated to the value at. An error that is not a number
// counts as 1.
func logErr(err, at float64) float64 {
	if math.IsNaN(err) {
		err = 1
	}
	return portable.Log(max(err, min(smallestError, at)))
}

// Crossing returns the P in [p0, p1] at which an error that falls from e0 to e1 has the value at: on a straight
// line in log error against log P.
func Crossing(p0, e0, p1, e1, at float64) float64 {
	x0, x1 := portable.Log(p0), portable.Log(p1)
	y0, y1 := logErr(e0, at), logErr(e1, at)
	t := (y0 - portable.Log(at)) / (y0 - y1)
	p := portable.Exp(x0 + float64(t*(x1-x0)))
	return min(max(p, p0), p1) // rounding may leave the bracket
}
