package report

import (
	"srhmbench/srhm/spec"
	"srhmbench/srhm/store"
)

// Records looks finished trainings up; a store.Store does.
type Records interface {
	Get(id string) (store.Record, bool)
}

// asked is a figures.Source that remembers what it gave: the evidence of a drawing is what the drawing asked for, not
// what its plan says it would ask for.
type asked struct {
	from  Records
	given []store.Record // each once, in the order of the first question
	known map[string]bool
}

func ask(from Records) *asked { return &asked{from: from, known: map[string]bool{}} }

// Get implements figures.Source.
func (a *asked) Get(id string) (spec.Result, bool) {
	r, ok := a.from.Get(id)
	if ok && !a.known[id] {
		a.known[id] = true
		a.given = append(a.given, r)
	}
	return r.Result, ok
}
