package sweep

import (
	"cmp"
	"slices"

	"srhmbench/srhm/spec"
)

// Point is what a search needs to know of a finished run.
type Point struct {
	P          int          // training-set size actually used
	Error      float64      // test error on unseen data, in [0, 1]
	FreshError float64      // test error on fresh draws, in [0, 1]
	Outcome    spec.Outcome // how the training ended
	ID         string       // of the run
}

// PointOf returns the point of a finished run.
func PointOf(run spec.Run, r spec.Result) Point {
	return Point{run.TrainingSize(), r.Error, r.FreshError, r.Outcome, run.ID()}
}

// errOf is the error a search is about.
func (s Search) errOf(p Point) float64 {
	if s.Fresh {
		return p.FreshError
	}
	return p.Error
}

// failed says whether the training broke down: then it says nothing on whether P data
// are enough.
func failed(p Point, err, eps float64) bool {
	return p.Outcome == spec.Diverged || p.Outcome == spec.Collapsed && !(err <= eps)
}

// sample is a point that counts, with the error looked at.
type sample struct {
	Point
	err float64
}

// survey is what the points say, whatever their order.
type survey struct {
	eps     float64
	samples []sample // that count, by increasing P
	// high is the place in samples of the smallest P that learns; len(samples) if
	// none does. The point before it, if any, is the largest below that does not.
	// Noise may let larger P fail again: they do not matter.
	high int
}

func look(points []Point, eps float64, errOf func(Point) float64) survey {
	v := survey{eps: eps}
	for _, p := range points {
		if e := errOf(p); !failed(p, e, eps) {
			v.samples = append(v.samples, sample{p, e})
		}
	}
	slices.SortStableFunc(v.samples, func(a, b sample) int { return cmp.Compare(a.P, b.P) })
	v.high = slices.IndexFunc(v.samples, func(x sample) bool { return x.err <= eps })
	if v.high < 0 {
		v.high = len(v.samples)
	}
	return v
}

// above returns the smallest P that learns.
func (v survey) above() (sample, bool) {
	if v.high == len(v.samples) {
		return sample{}, false
	}
	return v.samples[v.high], true
}

// below returns the largest P, below all that learn, that does not learn.
func (v survey) below() (sample, bool) {
	if v.high == 0 {
		return sample{}, false
	}
	return v.samples[v.high-1], true
}

// interpolate returns where the error crosses eps between the ends of a bracket.
func (v survey) interpolate(low, high sample) float64 {
	return Crossing(float64(low.P), low.err, float64(high.P), high.err, v.eps)
}

// logErr is the logarithm of an error, fit for interpolation.
func (v survey) logErr(err float64) float64 { return logErr(err, v.eps) }
