// Package human writes durations, sizes and rates for people to read: three or four digits and the unit that suits.
package human

import (
	"math"
	"strconv"
)

// Duration writes seconds in the largest of ns, µs, ms and s that leaves at least 1, with three significant digits: 2.08 µs.
func Duration(seconds float64) string {
	return scaled(seconds*1e9, 1000, 3, "ns", "µs", "ms", "s")
}

// Bytes writes a number of bytes in the largest binary unit that leaves at least 1, with four significant digits: 1.5 KiB.
func Bytes(n float64) string {
	return scaled(n, 1024, 4, "B", "KiB", "MiB", "GiB", "TiB", "PiB")
}

// Number writes x with so many significant digits, but never fewer than it has before the point, and no exponent.
func Number(x float64, digits int) string {
	if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', digits, 64), 64)
	if err != nil || math.Abs(x) >= math.Pow10(digits) {
		rounded = math.Round(x)
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// scaled writes x, which is in the first unit, in one that is step, or step squared and so on, times as large.
func scaled(x, step float64, digits int, units ...string) string {
	for len(units) > 1 && math.Abs(x) >= 1 && !math.IsInf(x, 0) {
		if rounded, _ := strconv.ParseFloat(Number(x, digits), 64); math.Abs(rounded) < step {
			break
		}
		x, units = x/step, units[1:]
	}
	return Number(x, digits) + " " + units[0]
}
