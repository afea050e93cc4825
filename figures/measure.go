package figures

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"

	"srhmbench/internal/plot"
	"srhmbench/srhm/sweep"
)

// trial is one search and what it found.
type trial struct {
	search sweep.Search
	unseen sweep.PStar // by the error on data that are not in the training set
	fresh  sweep.PStar // by the error on fresh draws, as the authors measure
}

// measured is a cell with all its trials: the grammars of one task, one network, one protocol.
type measured struct {
	cell
	x      float64 // predicted P*
	unit   float64 // n_c m^L
	lr     float64
	trials []trial
	pooled sweep.Pooled
}

// measure replays searches on a source and groups them by cell, in order of first mention.
func measure(src Source, list []sweep.Search) []measured {
	var out []measured
	for _, s := range list {
		if s.Fresh {
			continue // looked at with its twin
		}
		points, _, _ := s.Replay(src.Get)
		t := trial{s, s.Estimate(points, nil), freshEstimate(s, points, list, src)}
		c := cell{s.Task.S, s.Task.V, s.Task.S0, s.Task.L}
		i := slices.IndexFunc(out, func(m measured) bool { return m.cell == c })
		if i < 0 {
			i = len(out)
			out = append(out, measured{
				cell: c, x: prediction(s.Network.Kind, s.Task), lr: s.Protocol.LR,
				unit: float64(s.Task.NC) * math.Pow(float64(s.Task.M), float64(s.Task.L)),
			})
		}
		out[i].trials = append(out[i].trials, t)
	}
	for i := range out {
		var all []sweep.PStar
		for _, t := range out[i].trials {
			all = append(all, t.unseen)
		}
		out[i].pooled = sweep.Combine(all)
	}
	return out
}

// freshEstimate is what the points of a search say by the error of fresh draws, or, if that was searched for
// too, what that search says.
func freshEstimate(s sweep.Search, points []sweep.Point, list []sweep.Search, src Source) sweep.PStar {
	twin := asAuthors(s)
	asked := slices.ContainsFunc(list, func(o sweep.Search) bool { return reflect.DeepEqual(o, twin) })
	if !asked {
		return s.Estimate(points, func(p sweep.Point) float64 { return p.FreshError })
	}
	more, _, _ := twin.Replay(src.Get)
	return twin.Estimate(more, nil)
}

// found says whether the cell has a P*: all searches that are finished found theirs.
func (m measured) found() bool {
	return m.pooled.N > 0 && m.pooled.N+m.pooled.NotFound[sweep.Unfinished] == len(m.trials)
}

// bound says of which kind the cell's y is.
func (m measured) bound() plot.Bound {
	switch {
	case m.found():
		return plot.Value
	case m.pooled.NotFound[sweep.NotReached] > 0:
		return plot.Above
	case m.pooled.NotFound[sweep.BelowSmallest] > 0:
		return plot.Below
	}
	return plot.Value
}

// y is what is drawn: P*, or the limit that the searches give: the geometric mean of the P* and of the
// largest (smallest) P tried. Where trainings broke down it is the largest P tried. 0: nothing to draw.
func (m measured) y() float64 {
	if m.found() {
		return m.pooled.Value
	}
	var logs, largest float64
	n := 0
	for _, t := range m.trials {
		v := 0.0
		switch t.unseen.Status {
		case sweep.Found:
			v = t.unseen.Value
		case sweep.NotReached:
			v = t.unseen.Low
		case sweep.BelowSmallest:
			v = t.unseen.High
		}
		if v > 0 {
			logs, n = logs+math.Log(v), n+1
		}
		if points := t.unseen.Points; len(points) > 0 && t.unseen.Status != sweep.Unfinished {
			largest = max(largest, float64(points[len(points)-1].P))
		}
	}
	if n > 0 && m.bound() != plot.Value {
		return math.Exp(logs / float64(n))
	}
	return largest
}

// broken says that trainings broke down, so that the cell has neither a P* nor a limit.
func (m measured) broken() bool { return !m.found() && m.bound() == plot.Value && m.y() > 0 }

// status lists what became of the searches: "found", or "found 2, not-reached 1".
func (m measured) status() string {
	count := maps.Clone(m.pooled.NotFound)
	if m.pooled.N > 0 {
		count[sweep.Found] = m.pooled.N
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

// authors returns the trial on the paper's own grammar.
func (m measured) authors() (trial, bool) {
	for _, t := range m.trials {
		if t.search.Task.Grammar == authorsGrammar {
			return t, true
		}
	}
	return trial{}, false
}
