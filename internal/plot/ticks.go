package plot

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot/vg"

	"srhmbench/internal/portable"
)

// tick is a mark on an axis; a minor one has no label.
type tick struct {
	value float64
	label string
}

// inset is how much shorter a minor tick is.
func (t tick) inset() vg.Length {
	if t.label == "" {
		return tickLength / 2
	}
	return 0
}

// slack makes a range include the tick at its end, in spite of rounding.
const slack = 1e-9

// logTicks labels powers of ten. Over less than two decades it labels 2 and 5 times them too; if that still leaves fewer
// than two labels, it labels evenly spaced round numbers instead.
func logTicks(lo, hi float64) []tick {
	decades := portable.Log10(hi / lo)
	step := max(1, int(math.Ceil(decades/8)))
	if decades >= 2 {
		return decadeTicks(lo, hi, func(digit, exp int) bool { return digit == 1 && exp%step == 0 })
	}
	ticks := decadeTicks(lo, hi, func(digit, _ int) bool { return digit == 1 || digit == 2 || digit == 5 })
	if labels(ticks) >= 2 {
		return ticks
	}
	return linearTicks(lo, hi)
}

// decadeTicks returns a tick at every digit of every decade in [lo, hi].
func decadeTicks(lo, hi float64, labelled func(digit, exp int) bool) []tick {
	var ticks []tick
	for exp := int(math.Floor(portable.Log10(lo))); exp <= int(math.Ceil(portable.Log10(hi))); exp++ {
		for digit := 1; digit <= 9; digit++ {
			v := float64(digit) * math.Pow10(exp)
			if v < lo*(1-slack) || v > hi*(1+slack) {
				continue
			}
			t := tick{value: min(max(v, lo), hi)}
			if labelled(digit, exp) {
				t.label = power(digit, exp)
			}
			ticks = append(ticks, t)
		}
	}
	return ticks
}

// power writes digit·10^exp, as in 0.5, 1, 10, 10² and 2·10⁴.
func power(digit, exp int) string {
	v := float64(digit) * math.Pow10(exp)
	switch {
	case exp >= -2 && exp <= 1, digit != 1 && exp >= -2 && exp <= 3:
		return strconv.FormatFloat(v, 'f', max(0, -exp), 64)
	case digit == 1:
		return fmt.Sprintf("$10^{%s}$", minus(exp))
	default:
		return fmt.Sprintf("$%d·10^{%s}$", digit, minus(exp))
	}
}

// minus writes an integer with a real minus sign.
func minus(n int) string {
	if n < 0 {
		return "−" + strconv.Itoa(-n)
	}
	return strconv.Itoa(n)
}

func labels(ticks []tick) (n int) {
	for _, t := range ticks {
		if t.label != "" {
			n++
		}
	}
	return n
}

// linearTicks labels about five multiples of a round step, with four minor ticks between them.
func linearTicks(lo, hi float64) []tick {
	step := roundStep((hi - lo) / 5)
	decimals := max(0, -int(math.Floor(portable.Log10(step)+slack)))
	minor := step / 5
	var ticks []tick
	for i := math.Ceil(lo/minor-slack) + 0; ; i++ { // +0: no -0, which would be written so
		v := float64(i * minor)
		if v > hi+float64(minor*slack) {
			return ticks
		}
		t := tick{value: min(max(v, lo), hi)}
		if math.Mod(i, 5) == 0 {
			t.label = strings.ReplaceAll(strconv.FormatFloat(i/5*step, 'f', decimals, 64), "-", "−")
		}
		ticks = append(ticks, t)
	}
}

// roundStep returns the smallest of 1, 2 and 5 times a power of ten that is not below x.
func roundStep(x float64) float64 {
	unit := math.Pow10(int(math.Floor(portable.Log10(x))))
	for _, m := range []float64{1, 2, 5} {
		if x <= m*unit*(1+slack) {
			return m * unit
		}
	}
	return 10 * unit
}

// fixedTicks labels given values.
func fixedTicks(values []float64) []tick {
	ticks := make([]tick, len(values))
	for i, v := range values {
		ticks[i] = tick{v, strconv.FormatFloat(v, 'f', -1, 64)}
	}
	return ticks
}
