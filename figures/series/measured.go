package series

import (
	"slices"

	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// Point is a size of a series and what became of its training.
type Point struct {
	Run    spec.Run
	Result spec.Result
	Known  bool // the training is finished
}

// Measured is a series with what a source has of it: a point for each size.
type Measured struct {
	Series
	Points []Point
}

// Measure looks a series up.
func Measure(get func(id string) (spec.Result, bool), s Series) Measured {
	m := Measured{Series: s}
	for _, size := range s.Sizes {
		run := s.Run(size)
		r, ok := get(run.ID())
		m.Points = append(m.Points, Point{run, r, ok})
	}
	return m
}

// MeasureAll looks up several.
func MeasureAll(get func(id string) (spec.Result, bool), list []Series) []Measured {
	var out []Measured
	for _, s := range list {
		out = append(out, Measure(get, s))
	}
	return out
}

// Complete reports whether every size is trained.
func (m Measured) Complete() bool {
	return !slices.ContainsFunc(m.Points, func(p Point) bool { return !p.Known })
}

// Trained returns the finished trainings as a search sees them, by increasing size.
func (m Measured) Trained() []sweep.Point {
	var out []sweep.Point
	for _, p := range m.Points {
		if p.Known {
			out = append(out, sweep.PointOf(p.Run, p.Result))
		}
	}
	return out
}

// Reading is the value of a quantity at a size.
type Reading struct {
	P     float64
	Value spec.Estimate
	Run   string // the id of the training; empty: a published value
}

// Readings returns what the finished trainings say of a quantity.
func (m Measured) Readings(q Quantity) []Reading {
	var out []Reading
	for _, p := range m.Points {
		if e, ok := q.Value(p.Run, p.Result); p.Known && ok {
			out = append(out, p.reading(e))
		}
	}
	return out
}

func (p Point) reading(e spec.Estimate) Reading {
	return Reading{float64(p.Run.TrainingSize()), e, p.Run.ID()}
}

// Counts reports whether a training that ended so has an error that counts: it did not break down.
func Counts(o spec.Outcome) bool { return o != spec.Diverged && o != spec.Collapsed }
