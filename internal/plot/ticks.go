package plot

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	gonum "gonum.org/v1/plot"
)

// logTicks labels powers of ten; over less than two decades also 2 and 5 times them; and where even
// that leaves fewer than two labels, evenly spaced round numbers.
type logTicks struct{}

// Ticks implements gonum's Ticker.
func (logTicks) Ticks(lo, hi float64) []gonum.Tick {
	decades := math.Log10(hi / lo)
	step := max(1, int(math.Ceil(decades/8)))
	if decades >= 2 {
		return decadeTicks(lo, hi, func(digit, exp int) bool { return digit == 1 && exp%step == 0 })
	}
	ticks := decadeTicks(lo, hi, func(digit, _ int) bool { return digit == 1 || digit == 2 || digit == 5 })
	if labels(ticks) >= 2 {
		return ticks
	}
	return linearTicks{}.Ticks(lo, hi)
}

// decadeTicks returns a tick at every digit of every decade in [lo, hi].
func decadeTicks(lo, hi float64, labelled func(digit, exp int) bool) []gonum.Tick {
	const slack = 1e-9 // so that a range ending on a tick includes it
	var ticks []gonum.Tick
	for exp := int(math.Floor(math.Log10(lo))); exp <= int(math.Ceil(math.Log10(hi))); exp++ {
		for digit := 1; digit <= 9; digit++ {
			v := float64(digit) * math.Pow10(exp)
			if v < lo*(1-slack) || v > hi*(1+slack) {
				continue
			}
			t := gonum.Tick{Value: min(max(v, lo), hi)}
			if labelled(digit, exp) {
				t.Label = power(digit, exp)
			}
			ticks = append(ticks, t)
		}
	}
	return ticks
}

// power writes digit·10^exp: 1, 10, 10², 2·10⁴, and 0.5 as it is.
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

func labels(ticks []gonum.Tick) (n int) {
	for _, t := range ticks {
		if t.Label != "" {
			n++
		}
	}
	return n
}

// linearTicks labels multiples of a round step, five or so, with four unlabelled ones between.
type linearTicks struct{}

// Ticks implements gonum's Ticker.
func (linearTicks) Ticks(lo, hi float64) []gonum.Tick {
	step := roundStep((hi - lo) / 5)
	prec := max(0, -int(math.Floor(math.Log10(step)+1e-9)))
	minor := step / 5
	var ticks []gonum.Tick
	first := math.Ceil(lo/minor-1e-9) + 0 // not -0, which would be written so
	for i := first; i*minor <= hi+minor*1e-9; i++ {
		t := gonum.Tick{Value: min(max(i*minor, lo), hi)}
		if math.Mod(i, 5) == 0 {
			t.Label = strings.ReplaceAll(strconv.FormatFloat(i/5*step, 'f', prec, 64), "-", "−")
		}
		ticks = append(ticks, t)
	}
	return ticks
}

// roundStep is the nearest of 1, 2, 5 times a power of ten from above.
func roundStep(x float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(x)))
	for _, m := range []float64{1, 2, 5} {
		if x <= m*unit*(1+1e-9) {
			return m * unit
		}
	}
	return 10 * unit
}

// fixedTicks labels given values.
type fixedTicks []float64

// Ticks implements gonum's Ticker.
func (f fixedTicks) Ticks(_, _ float64) []gonum.Tick {
	ticks := make([]gonum.Tick, len(f))
	for i, v := range f {
		ticks[i] = gonum.Tick{Value: v, Label: strconv.FormatFloat(v, 'f', -1, 64)}
	}
	return ticks
}
