package sweep

import (
	"math"
	"time"

	"srhmbench/internal/portable"
	"srhmbench/srhm/spec"
)

// chain is a sequence of runs, each known only when those before it are done.
type chain struct {
	next func(getter) (run spec.Run, points []Point, more bool)
	left func([]Point) int

	runs int           // expected to be left, the current one included
	cost time.Duration // predicted for those
}

// getter looks up a result.
type getter func(id string) (spec.Result, bool)

// run is the next run a search needs, with the points so far.
func (s Search) run(get getter) (spec.Run, []Point, bool) {
	points, p, done := s.Replay(get)
	return s.RunAt(p), points, !done
}

// left is a guess at how many runs a search needs after these points, one at least.
func (s Search) left(points []Point) int {
	s = s.withDefaults()
	v := look(points, s.Epsilon, s.errOf)
	low, hasLow := v.below()
	high, hasHigh := v.above()
	if hasLow && hasHigh {
		return s.refinements(float64(high.P) / float64(low.P))
	}
	return 2 + s.refinements(step)
}

// refinements is a guess at the runs it takes to narrow a bracket: two close to the
// interpolated value for most, halving its logarithm otherwise.
func (s Search) refinements(ratio float64) int {
	n := math.Ceil(portable.Log2(portable.Log(ratio) / portable.Log(s.Ratio)))
	return int(max(1, min(n, 3)))
}

// single is a chain of one run.
func single(r spec.Run) func(getter) (spec.Run, []Point, bool) {
	return func(get getter) (spec.Run, []Point, bool) {
		_, known := get(r.ID())
		return r, nil, !known
	}
}
