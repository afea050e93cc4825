package series

import (
	"slices"

	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// Crossing is where a quantity first falls to a value.
type Crossing struct {
	Status    sweep.Status
	P         float64 // interpolated; 0 unless found
	Low, High float64 // the sizes before and behind; at a limit, the one there is
}

// Place returns where a crossing is drawn: at its size, or at the limit of it; 0 if there is neither.
func (c Crossing) Place() float64 {
	switch c.Status {
	case sweep.Found:
		return c.P
	case sweep.NotReached:
		return c.Low
	case sweep.BelowSmallest:
		return c.High
	}
	return 0
}

// Crossing returns where a quantity first falls to a value. A size that is not trained yet leaves open what comes
// behind it; one whose training broke down is passed over.
func (m Measured) Crossing(q Quantity, to float64) Crossing {
	var readings []Reading
	for _, p := range m.Points {
		e, ok := q.Value(p.Run, p.Result)
		switch {
		case !p.Known:
			if c := FirstCrossing(readings, to); c.High > 0 {
				return c
			}
			return Crossing{Status: sweep.Unfinished}
		case ok:
			readings = append(readings, p.reading(e))
		}
	}
	if len(readings) == 0 {
		return Crossing{Status: m.breakdown()}
	}
	return FirstCrossing(readings, to)
}

// FirstCrossing interpolates between the first reading of at most the value and the one before, as P* is found.
func FirstCrossing(r []Reading, to float64) Crossing {
	i := slices.IndexFunc(r, func(x Reading) bool { return x.Value.Value <= to })
	switch {
	case len(r) == 0:
		return Crossing{Status: sweep.Unfinished}
	case i < 0:
		return Crossing{Status: sweep.NotReached, Low: r[len(r)-1].P}
	case i == 0:
		return Crossing{Status: sweep.BelowSmallest, High: r[0].P}
	}
	a, b := r[i-1], r[i]
	return Crossing{sweep.Found, sweep.Crossing(a.P, a.Value.Value, b.P, b.Value.Value, to), a.P, b.P}
}

// breakdown names what left a series without any value.
func (m Measured) breakdown() sweep.Status {
	if slices.ContainsFunc(m.Points, func(p Point) bool { return p.Result.Outcome == spec.Diverged }) {
		return sweep.Diverged
	}
	return sweep.Collapsed
}

// Keeps is the share of its first value that a quantity has at the end if it does not fall.
const Keeps = 2.0 / 3

// Halfway returns where a quantity is half-way between its values at the smallest and at the largest size: a crossing
// without a threshold of anybody's choice.
func (m Measured) Halfway(q Quantity) Crossing {
	if !m.Complete() {
		return Crossing{Status: sweep.Unfinished}
	}
	return Halfway(m.Readings(q))
}

// Halfway is the same of readings. What keeps two thirds of its first value does not fall, and is never half-way.
func Halfway(r []Reading) Crossing {
	if len(r) < 2 {
		return Crossing{Status: sweep.Unfinished}
	}
	start, end := r[0].Value.Value, r[len(r)-1].Value.Value
	if end > Keeps*start {
		return Crossing{Status: sweep.NotReached, Low: r[len(r)-1].P}
	}
	return FirstCrossing(r, (start+end)/2)
}
