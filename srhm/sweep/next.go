package sweep

import (
	"math"
	"slices"

	"srhmbench/internal/portable"
	"srhmbench/srhm/spec"
)

// Steps in P while there is no bracket. The authors' grid has steps of 1.46.
const (
	step     = 1.46
	longStep = 2.0 // where the error is near chance, or tiny
	// Near 10 % the error falls as P^-6 to P^-11; the smaller exponent gives the
	// longer step, and so the better chance of a bracket.
	slope = 6.0
	// strideAfter is the number of runs after which looking for a bracket stops
	// trusting the shape of the curve, and bisectAfter that after which refining does.
	strideAfter = 6
	bisectAfter = 10
)

// verdict says why a search asks for no further run.
type verdict int

const (
	goOn    verdict = iota // it does ask
	settled                // the bracket is narrow enough
	limit                  // a bound on P or on the number of runs
	blocked                // trainings broke down at every P it wants to try
)

// Next returns the P to train next, or done. It depends on the points only, not on
// their order. Every p is new, a whole multiple of a fixed batch, and the number of
// runs of a search is bounded.
func (s Search) Next(points []Point) (p int, done bool) {
	p, why := s.next(points)
	return p, why != goOn
}

func (s Search) next(points []Point) (int, verdict) {
	s = s.withDefaults()
	v := look(points, s.Epsilon, s.errOf)
	low, hasLow := v.below()
	high, hasHigh := v.above()
	n, unit := len(points), s.unit()
	switch {
	case hasLow && hasHigh:
		return s.narrow(v, low, high, points)
	case !hasLow && !hasHigh:
		lo, hi := s.lowest(), s.highest()
		return s.try(s.onGrid(s.start(), lo, hi), lo, hi, points)
	case n >= maxBracketRuns:
		return 0, limit
	case hasLow:
		lo, hi := low.P+unit, s.highest()
		if lo > hi {
			return 0, limit
		}
		return s.try(s.onGrid(float64(low.P)*s.stepUp(v, low, n), lo, hi), lo, hi, points)
	default:
		lo, hi := s.lowest(), high.P-unit
		if lo > hi {
			return 0, limit
		}
		return s.try(s.onGrid(float64(high.P)/s.stepDown(v, high, n), lo, hi), lo, hi, points)
	}
}

// stepUp is the factor from a P that does not learn to one that might.
func (s Search) stepUp(v survey, low sample, runs int) float64 {
	chance := 1 - 1/float64(s.Task.NC)
	switch {
	case low.err > 0.9*chance || runs >= strideAfter:
		return longStep
	case low.err > 3*s.Epsilon:
		return step
	}
	f := portable.Exp((v.logErr(low.err)-portable.Log(s.Epsilon))/slope) * math.Sqrt(s.Ratio)
	return max(min(f, step), min(s.Ratio, step))
}

// stepDown is the factor from a P that learns to one that might not.
func (s Search) stepDown(v survey, high sample, runs int) float64 {
	switch {
	case runs >= strideAfter:
		return longStep
	case high.Outcome == spec.Decided: // its error is only an upper bound
		return step
	}
	f := portable.Exp((portable.Log(s.Epsilon)-v.logErr(high.err))/slope) * math.Sqrt(s.Ratio)
	return max(min(f, longStep), min(s.Ratio, step))
}

// onGrid returns the training size from lo to hi nearest to want: of those of the
// grid if there are any, else of all.
func (s Search) onGrid(want float64, lo, hi int) int {
	if sizes := s.gridSizes(lo, hi); len(sizes) > 0 {
		return nearest(sizes, want)
	}
	return s.round(want, lo, hi)
}

// nearest returns the size whose ratio to want is nearest to one.
func nearest(sizes []int, want float64) int {
	distance := func(p int) float64 { return max(float64(p)/want, want/float64(p)) }
	return slices.MinFunc(sizes, func(a, b int) int {
		if distance(a) < distance(b) {
			return -1
		}
		return 1
	})
}

// try returns a P from lo to hi, none of which has a point that counts: want, or if
// trainings broke down there, one of two neighbours.
func (s Search) try(want, lo, hi int, points []Point) (int, verdict) {
	if len(points) >= maxRuns {
		return 0, limit
	}
	b := s.batch()
	tries := 3
	for _, p := range []int{want, want + b, want + 2*b, want - b, want - 2*b} {
		if p < lo || p > hi || tries == 0 {
			continue
		}
		tries--
		if !slices.ContainsFunc(points, func(x Point) bool { return x.P == p }) {
			return p, goOn
		}
	}
	return 0, blocked
}

// narrow returns the next P inside a bracket.
func (s Search) narrow(v survey, low, high sample, points []Point) (int, verdict) {
	unit := s.unit()
	lo, hi := low.P+unit, high.P-unit
	var untried []int
	for _, g := range s.gridSizes(lo, hi) {
		if !slices.ContainsFunc(points, func(x Point) bool { return x.P == g }) {
			untried = append(untried, g)
		}
	}
	switch {
	case len(points) >= maxRuns:
		return 0, limit
	case len(untried) > 0: // the neighbours of P* on the grid come first
		return nearest(untried, s.guess(v, low, high)), goOn
	case lo > hi || float64(high.P) <= s.Ratio*float64(low.P)*(1+1e-9):
		return 0, settled
	}
	return s.try(s.round(s.aim(v, low, high, len(points)), lo, hi), lo, hi, points)
}

// guess is the P* that the ends of a bracket suggest.
func (s Search) guess(v survey, low, high sample) float64 {
	if high.Outcome != spec.Decided {
		return v.interpolate(low, high)
	}
	// The error at high is only an upper bound: go by the usual slope from below.
	g := float64(low.P) * portable.Exp((v.logErr(low.err)-portable.Log(s.Epsilon))/slope)
	return min(g, float64(high.P))
}

// aim returns the P inside a bracket that promises most. Two points around the
// guess, somewhat less than Ratio apart, would end the search, so it aims at the one that
// is missing, in the inner part of the bracket lest a wrong guess gain nothing.
func (s Search) aim(v survey, low, high sample, runs int) float64 {
	x0, x1 := portable.Log(float64(low.P)), portable.Log(float64(high.P))
	if runs >= bisectAfter {
		return portable.Exp((x0 + x1) / 2)
	}
	width := float64(0.95 * portable.Log(s.Ratio))
	half := float64(width / 2)
	guess := portable.Log(s.guess(v, low, high))
	x := guess + half // a P that learns is trained fastest
	switch {
	case x0 >= guess-half:
		x = x0 + width
	case x1 <= guess+half:
		x = x1 - width
	}
	margin := (x1 - x0) / 5
	return portable.Exp(min(max(x, x0+margin), x1-margin))
}
