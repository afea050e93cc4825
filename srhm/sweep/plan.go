package sweep

import (
	"encoding/json"

	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
)

// Plan is what a figure needs: searches, and single runs.
type Plan struct {
	Searches []Search   `json:"searches"`
	Runs     []spec.Run `json:"runs"`
}

// Merge returns what p and q need together: equal searches and equal runs once, in
// order of first mention. A run that a single run and a search share is also trained once,
// by [Execute].
func (p Plan) Merge(q Plan) Plan {
	var out Plan
	seen := map[string]bool{}
	for _, plan := range []Plan{p, q} {
		for _, s := range plan.Searches {
			if k := s.key(); !seen[k] {
				seen[k] = true
				out.Searches = append(out.Searches, s)
			}
		}
		for _, r := range plan.Runs {
			if k := r.ID(); !seen[k] {
				seen[k] = true
				out.Runs = append(out.Runs, r)
			}
		}
	}
	return out
}

// key is equal for searches that ask the same.
func (s Search) key() string {
	b, err := json.Marshal(s.withDefaults())
	if err != nil {
		panic("sweep: a valid search is always encodable: " + err.Error())
	}
	return "search " + string(b)
}

// Validate says in one line what is wrong with the first thing that is wrong.
func (p Plan) Validate() error {
	for _, s := range p.Searches {
		if err := s.Validate(); err != nil {
			return err
		}
	}
	for _, r := range p.Runs {
		if err := zoo.Validate(r); err != nil {
			return err
		}
	}
	return nil
}
