// Package human writes durations, sizes and rates for people to read: three or four digits and the unit that suits.
package human

import (
	"math"
	"strconv"
)

// unit is one that values are written in, in terms of what they are given in.
type unit struct {
	name string
	size float64
}

var (
	times = []unit{{"s", 1}, {"ms", 1e-3}, {"µs", 1e-6}, {"ns", 1e-9}}
	sizes = []unit{{"PiB", 1 << 50}, {"TiB", 1 << 40}, {"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"B", 1}}
)

// Duration writes seconds in the largest of s, ms, µs and ns that leaves at least 1, with three significant digits: 2.08 µs.
func Duration(seconds float64) string { return scaled(seconds, 3, times) }

// Bytes writes a number of bytes in the largest binary unit that leaves at least 1, with four significant digits: 1.5 KiB.
func Bytes(n float64) string { return scaled(n, 4, sizes) }

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

// scaled writes x in the first unit that leaves at least 1 once it is rounded, or else in the last.
func scaled(x float64, digits int, units []unit) string {
	for _, u := range units {
		text := Number(x/u.size, digits)
		if rounded, err := strconv.ParseFloat(text, 64); err == nil && math.Abs(rounded) >= 1 || u == units[len(units)-1] {
			return text + " " + u.name
		}
	}
	panic("no unit")
}
