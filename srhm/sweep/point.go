package sweep

import (
	"cmp"
	"slices"

	"srhmbench/srhm/spec"
)

// Point is what a search needs to know about a finished run.
type Point struct {
	P          int          // training-set size actually used
	Error      float64      // test error on unseen examples, in [0, 1]
	FreshError float64      // test error on fresh draws, in [0, 1]
	Outcome    spec.Outcome // how the training ended
	ID         string       // of the run
}

// PointOf returns the point of a finished run.
func PointOf(run spec.Run, r spec.Result) Point {
	return Point{run.TrainingSize(), r.Error, r.FreshError, r.Outcome, run.ID()}
}

// errOf returns the error that a search is on.
func (s Search) errOf(p Point) float64 {
	if s.Fresh {
		return p.FreshError
	}
	return p.Error
}

// failed reports whether the training broke down, which says nothing about whether P examples are enough.
func failed(p Point, err, eps float64) bool {
	return p.Outcome == spec.Diverged || p.Outcome == spec.Collapsed && !(err <= eps)
}

// sample is a point that counts, with its error.
type sample struct {
	Point
	err float64
}

// survey is what the points say together, whatever their order.
type survey struct {
	eps     float64
	samples []sample // that count, by increasing P
	// high is the index of the smallest P that learns, len(samples) if none does. The sample before it, if any, is the
	// largest P below that does not. With noise a larger P may fail again; that does not matter.
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

// above returns the sample with the smallest P that learns.
func (v survey) above() (sample, bool) {
	if v.high == len(v.samples) {
		return sample{}, false
	}
	return v.samples[v.high], true
}

// below returns the sample with the largest P below all that learn.
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
