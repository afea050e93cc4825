package sweep

import (
	"time"

	"srhmbench/srhm/spec"
	"srhmbench/srhm/store"
	"srhmbench/srhm/train"
)

// Outlook predicts what a plan takes.
type Outlook struct {
	Searches, Singles int           // asked for
	Stored            int           // runs that the store has
	Runs              int           // still to be trained; a guess for searches
	Core              time.Duration // of one core, by Predict
	Memory            float64       // bytes, at the peak
}

// Outlook predicts what is left of a plan, given a store, with workers trainings at a time.
func (p Plan) Outlook(st *store.Store, workers int) Outlook {
	o := Outlook{Searches: len(p.Searches), Singles: len(p.Runs)}
	get := func(id string) (spec.Result, bool) {
		r, ok := st.Get(id)
		return r.Result, ok
	}
	stored := map[string]bool{}
	waiting := map[string]bool{} // as in Execute, a run that several wait for is trained once
	var runs []spec.Run
	wait := func(run spec.Run, expected int) {
		id := run.ID()
		if waiting[id] {
			return
		}
		waiting[id] = true
		o.Runs += expected
		o.Core += time.Duration(expected) * Predict(run)
		runs = append(runs, run)
	}
	for _, s := range p.Searches {
		points, next, done := s.Replay(get)
		for _, x := range points {
			stored[x.ID] = true
		}
		if !done {
			wait(s.RunAt(next), s.left(points))
		}
	}
	for _, r := range p.Runs {
		if _, known := get(r.ID()); known {
			stored[r.ID()] = true
			continue
		}
		wait(r, 1)
	}
	o.Stored = len(stored)
	o.Memory = train.Memory(workers, runs...)
	return o
}
