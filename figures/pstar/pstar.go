// Package pstar collects what searches found of P*, task by task.
package pstar

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"srhmbench/internal/plot"
	"srhmbench/internal/portable"
	"srhmbench/results/paper"
	"srhmbench/srhm"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// Trial is one search and what it found.
type Trial struct {
	Search sweep.Search
	Unseen sweep.PStar // by the error on unseen samples
	Fresh  sweep.PStar // by the authors' error, on fresh draws
}

// Measured is a task with all its trials: several grammars, one network, one protocol.
type Measured struct {
	paper.Task
	X      float64 // predicted P*
	Unit   float64 // n_c m^L
	LR     float64
	Trials []Trial
	Pooled sweep.Pooled
}

// Measure replays searches on finished trainings, and groups them by task in order of first mention.
func Measure(get func(id string) (spec.Result, bool), list []sweep.Search) []Measured {
	var out []Measured
	for _, s := range list {
		if s.Fresh {
			continue // counted with its twin
		}
		points, _, _ := s.Replay(get)
		t := Trial{s, s.Estimate(points, nil), freshEstimate(s, points, list, get)}
		c := paper.Task{S: s.Task.S, V: s.Task.V, S0: s.Task.S0, L: s.Task.L}
		i := slices.IndexFunc(out, func(m Measured) bool { return m.Task == c })
		if i < 0 {
			i = len(out)
			out = append(out, Measured{
				Task: c, X: Prediction(s.Network.Kind, s.Task), LR: s.Protocol.LR,
				Unit: float64(s.Task.NC) * portable.Pow(float64(s.Task.M), float64(s.Task.L)),
			})
		}
		out[i].Trials = append(out[i].Trials, t)
	}
	for i := range out {
		var all []sweep.PStar
		for _, t := range out[i].Trials {
			all = append(all, t.Unseen)
		}
		out[i].Pooled = sweep.Combine(all)
	}
	return out
}

// freshEstimate returns P* by the error of fresh draws: from a search of its own if the list has one, else from the
// points of the search on unseen samples.
func freshEstimate(s sweep.Search, points []sweep.Point, list []sweep.Search, get func(id string) (spec.Result, bool)) sweep.PStar {
	twin := AsAuthors(s)
	asked := slices.ContainsFunc(list, func(o sweep.Search) bool { return reflect.DeepEqual(o, twin) })
	if !asked {
		return s.Estimate(points, func(p sweep.Point) float64 { return p.FreshError })
	}
	more, _, _ := twin.Replay(get)
	return twin.Estimate(more, nil)
}

// Found reports whether the task has a P*: every search that is finished found one.
func (m Measured) Found() bool {
	return m.Pooled.N > 0 && m.Pooled.N+m.Pooled.NotFound[sweep.Unfinished] == len(m.Trials)
}

// Range returns the smallest and the largest P* over grammars; of a single grammar, the bracket of its search. It is
// 0, 0 if the task has no P*.
func (m Measured) Range() (low, high float64) {
	switch {
	case !m.Found():
		return 0, 0
	case m.Pooled.N == 1:
		return m.Pooled.Low, m.Pooled.High
	}
	for _, t := range m.Trials {
		if v := t.Unseen.Value; t.Unseen.Status == sweep.Found {
			if low == 0 || v < low {
				low = v
			}
			high = max(high, v)
		}
	}
	return low, high
}

// Bound returns the kind of Y: a value or a limit.
func (m Measured) Bound() plot.Bound {
	switch {
	case m.Found():
		return plot.Value
	case m.Pooled.NotFound[sweep.NotReached] > 0:
		return plot.Above
	case m.Pooled.NotFound[sweep.BelowSmallest] > 0:
		return plot.Below
	}
	return plot.Value
}

// Y returns what to draw: P*, or the limit that the searches give, which is the geometric mean of the P* found and of
// the largest (smallest) P tried. Where trainings broke down it is the largest P tried. 0 means there is nothing to
// draw.
func (m Measured) Y() float64 {
	if m.Found() {
		return m.Pooled.Value
	}
	var logs, largest float64
	n := 0
	for _, t := range m.Trials {
		v := 0.0
		switch t.Unseen.Status {
		case sweep.Found:
			v = t.Unseen.Value
		case sweep.NotReached:
			v = t.Unseen.Low
		case sweep.BelowSmallest:
			v = t.Unseen.High
		}
		if v > 0 {
			logs, n = logs+portable.Log(v), n+1
		}
		if points := t.Unseen.Points; len(points) > 0 && t.Unseen.Status != sweep.Unfinished {
			largest = max(largest, float64(points[len(points)-1].P))
		}
	}
	if n > 0 && m.Bound() != plot.Value {
		return portable.Exp(logs / float64(n))
	}
	return largest
}

// Broken reports whether trainings broke down, so that the task has neither a P* nor a limit.
func (m Measured) Broken() bool { return !m.Found() && m.Bound() == plot.Value && m.Y() > 0 }

// Status lists what became of the searches: "found", or "found 2, not-reached 1".
func (m Measured) Status() string {
	count := maps.Clone(m.Pooled.NotFound)
	if m.Pooled.N > 0 {
		count[sweep.Found] = m.Pooled.N
	}
	if len(count) == 1 {
		for s := range count {
			return string(s)
		}
	}
	var parts []string
	for _, s := range slices.Sorted(maps.Keys(count)) {
		parts = append(parts, fmt.Sprintf("%s %d", s, count[s]))
	}
	return strings.Join(parts, ", ")
}

// Authors returns the trial on the paper's own grammar.
func (m Measured) Authors() (Trial, bool) {
	for _, t := range m.Trials {
		if t.Search.Task.Grammar == paper.Grammar {
			return t, true
		}
	}
	return Trial{}, false
}

// Monotone reports whether in every search all P above the bracket learn too.
func (m Measured) Monotone() bool {
	return !slices.ContainsFunc(m.Trials, func(t Trial) bool { return !t.Unseen.Monotone })
}

// AsAuthors returns the same search on the authors' error, that of fresh draws. The trainings are mostly the same;
// some differ at s0 = 0, where the training set holds a good part of all samples there are.
func AsAuthors(s sweep.Search) sweep.Search {
	s.Fresh = true
	return s
}

// Prediction returns P* by the law of a kind of network: the x axis of Figure 4B (Eq. 3) or 4C (Eq. 4). The kind must
// be one that package zoo lists.
func Prediction(kind string, t srhm.Task) float64 { return zoo.Must(kind).Law().PStar(t) }
