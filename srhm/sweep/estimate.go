package sweep

import (
	"cmp"
	"math"
	"slices"

	"srhmbench/srhm/spec"
)

// Status is how a search stands.
type Status string

// All statuses. Only Found has a value that counts; the others are results too, and drawn as such.
const (
	Found         Status = "found"
	NotReached    Status = "not-reached"    // no P up to the bounds of the search learns; Low is the largest tried
	BelowSmallest Status = "below-smallest" // every P tried learns; High is the smallest tried
	Collapsed     Status = "collapsed"      // collapsed trainings stand between the search and a bracket
	Diverged      Status = "diverged"       // diverged trainings do
	Unfinished    Status = "unfinished"     // runs are missing
)

// PStar is what a search knows about P*.
type PStar struct {
	Status Status
	Value  float64 // log-log interpolation at Epsilon; 0 without a bracket
	Low    float64 // lower end of the bracket: the largest P tried, below High, that does not learn; 0 if none
	High   float64 // upper end: the smallest P tried that learns; 0 if none
	Points []Point // all runs by increasing P, broken-down ones included
	// AuthorsP is P* by the authors' rule: among the points on Grid with an error of at most 20 %, the P whose error is
	// nearest to 10 %, as the grid has it; 0 if there is none. The error of a training that was stopped early is an
	// upper bound: with a stop error of 2 % the choice is certain unless the other error is above 18 %.
	AuthorsP int
	Monotone bool // no P tried above High fails to learn
}

// Estimate returns what the points say about P*. errOf picks the error that counts; nil stands for the error that the
// search is on. If the training at High was stopped early because its verdict was certain, its error is an upper bound,
// and so is Value, inside the bracket. The bracket is wider than Ratio if trainings inside it broke down, if the runs ran
// out, or if the search was on another error.
func (s Search) Estimate(points []Point, errOf func(Point) float64) PStar {
	s = s.withDefaults()
	if errOf == nil {
		errOf = s.errOf
	}
	v := look(points, s.Epsilon, errOf)
	low, hasLow := v.below()
	high, hasHigh := v.above()
	e := PStar{
		Points: slices.Clone(points), AuthorsP: s.authorsP(v), Monotone: v.monotone(),
		Low: float64(low.P), High: float64(high.P),
	}
	slices.SortStableFunc(e.Points, func(a, b Point) int { return cmp.Compare(a.P, b.P) })
	if hasLow && hasHigh {
		e.Value = v.interpolate(low, high)
	}
	e.Status = s.status(points, hasLow, hasHigh)
	return e
}

func (s Search) status(points []Point, hasLow, hasHigh bool) Status {
	_, why := s.next(points)
	switch {
	case why == goOn:
		return Unfinished
	case hasLow && hasHigh:
		return Found
	case why == blocked || !hasLow && !hasHigh:
		return breakdown(points)
	case hasLow:
		return NotReached
	default:
		return BelowSmallest
	}
}

// breakdown returns how the trainings broke down.
func breakdown(points []Point) Status {
	if slices.ContainsFunc(points, func(p Point) bool { return p.Outcome == spec.Collapsed }) {
		return Collapsed
	}
	return Diverged
}

func (v survey) monotone() bool {
	return !slices.ContainsFunc(v.samples[v.high:], func(x sample) bool { return !(x.err <= v.eps) })
}

// authorsP applies SPEC fact 6.
func (s Search) authorsP(v survey) int {
	best, distance := 0, math.Inf(1)
	for _, g := range slices.Sorted(slices.Values(s.Grid)) {
		size := s.RunAt(g).P
		for _, x := range v.samples {
			if d := math.Abs(x.err - 0.1); x.P == size && x.err <= 0.2 && d < distance {
				best, distance = g, d
			}
		}
	}
	return best
}

// Replay follows the search through known results: it asks get for each run in turn until get lacks one, whose P is
// next, or the search is done.
func (s Search) Replay(get func(id string) (spec.Result, bool)) (points []Point, next int, done bool) {
	for {
		p, done := s.Next(points)
		if done {
			return points, 0, true
		}
		run := s.RunAt(p)
		r, ok := get(run.ID())
		if !ok {
			return points, p, false
		}
		points = append(points, PointOf(run, r))
	}
}
