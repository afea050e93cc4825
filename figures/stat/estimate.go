// Package stat fits laws to P* over tasks, and says how sure the fits are.
package stat

import (
	"fmt"
	"math"
)

// Estimate is a number with its 95 % interval. NaN means unknown: without a value nothing was measured, without ends
// the value is exact or its error is not known.
type Estimate struct{ Value, Low, High float64 }

// Unknown is an estimate without a value.
var Unknown = Estimate{math.NaN(), math.NaN(), math.NaN()}

// Exact returns an estimate without an interval.
func Exact(x float64) Estimate { return Estimate{x, math.NaN(), math.NaN()} }

// Known reports whether there is a value.
func (e Estimate) Known() bool { return !math.IsNaN(e.Value) }

// HasInterval reports whether the interval is known.
func (e Estimate) HasInterval() bool { return !math.IsNaN(e.Low) && !math.IsNaN(e.High) }

// String writes the estimate, three digits of each number.
func (e Estimate) String() string {
	switch {
	case !e.Known():
		return "–"
	case !e.HasInterval():
		return Short(e.Value)
	}
	return fmt.Sprintf("%s [%s, %s]", Short(e.Value), Short(e.Low), Short(e.High))
}

// Short writes two decimals, or two digits of what is below 0.1; large numbers are whole.
func Short(x float64) string {
	switch a := math.Abs(x); {
	case a >= 100:
		return fmt.Sprintf("%.0f", x)
	case a >= 0.1 || a == 0:
		return fmt.Sprintf("%.2f", x)
	}
	return fmt.Sprintf("%.2g", x)
}
