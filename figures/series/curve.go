package series

import (
	"math"

	"srhmbench/internal/portable"
	"srhmbench/srhm/sweep"
)

// Curve is a test error against P.
type Curve struct{ P, Error []float64 }

// CurveOf leaves out trainings that broke down: they have no error that counts.
func CurveOf(points []sweep.Point) (c Curve) {
	for _, p := range points {
		if Counts(p.Outcome) {
			c.P, c.Error = append(c.P, float64(p.P)), append(c.Error, p.Error)
		}
	}
	return c
}

// Over returns the curve with P divided by a unit.
func (c Curve) Over(unit float64) Curve {
	out := Curve{Error: c.Error}
	for _, p := range c.P {
		out.P = append(out.P, p/unit)
	}
	return out
}

// Crossing returns the P where the error first falls to a value, interpolated as P* is; NaN if it does not.
func (c Curve) Crossing(err float64) float64 {
	i := c.fall(err)
	if i == 0 {
		return math.NaN()
	}
	return sweep.Crossing(c.P[i-1], c.Error[i-1], c.P[i], c.Error[i], err)
}

// DrawnCrossing is the same on straight lines in the error against log P, as a curve is drawn.
func (c Curve) DrawnCrossing(err float64) float64 {
	i := c.fall(err)
	if i == 0 {
		return math.NaN()
	}
	a, b := c.Error[i-1], c.Error[i]
	return c.P[i-1] * portable.Pow(c.P[i]/c.P[i-1], (a-err)/(a-b))
}

// fall returns the first place where the error is at most a value and was more before; 0 if there is none.
func (c Curve) fall(err float64) int {
	for i := 1; i < len(c.P); i++ {
		if c.Error[i-1] > err && c.Error[i] <= err {
			return i
		}
	}
	return 0
}
