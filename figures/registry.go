package figures

import (
	"fmt"
	"slices"
	"strings"

	"srhmbench/internal/plot"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/store"
	"srhmbench/srhm/sweep"
)

// Figure is one picture of the paper.
type Figure struct {
	Name  string // as on the command line: "4b"
	Title string
	Plan  func(Scale) sweep.Plan // the trainings it needs
	Draw  func(Source, Scale) (Drawing, error)
}

// Source is where a figure asks for finished trainings.
type Source interface {
	Get(id string) (spec.Result, bool)
}

// FromStore makes a store a source.
func FromStore(s *store.Store) Source { return stored{s} }

type stored struct{ *store.Store }

// Get implements Source.
func (s stored) Get(id string) (spec.Result, bool) {
	r, ok := s.Store.Get(id)
	return r.Result, ok
}

// Drawing is what a figure made of a source.
type Drawing struct {
	Page   plot.Page
	Data   Table // exactly what is drawn
	Claims []Claim
}

// All returns the figures in the order of the paper.
func All() []Figure {
	return []Figure{
		{Name: "2", Title: "the model: rules, blanks, data", Plan: noPlan, Draw: draw2},
		{Name: "3", Title: "the networks: LCN, CNN and FCN on patches", Plan: noPlan, Draw: draw3},
		{Name: "4a", Title: "test error against training-set size, LCN", Plan: plan4A, Draw: draw4A},
		{Name: "4b", Title: "P* against its prediction, LCN", Plan: figure4B.plan, Draw: figure4B.draw},
		{Name: "4c", Title: "P* against its prediction, CNN", Plan: figure4C.plan, Draw: figure4C.draw},
		{Name: "5", Title: "P* against relevant fraction and dimension", Plan: noPlan, Draw: draw5},
		{Name: "6", Title: "P* against the sizes where sensitivities fall, LCN", Plan: figure6.plan, Draw: draw6},
		{Name: "7", Title: "test error against training-set size, LCN at sparsity B", Plan: figure7.plan, Draw: figure7.draw},
		{Name: "8", Title: "test error against training-set size, CNN at sparsity B", Plan: figure8.plan, Draw: figure8.draw},
		{Name: "10", Title: "P* against its prediction, LCN at s = 3", Plan: plan10, Draw: draw10},
		{Name: "11", Title: "P* against the sizes where sensitivities fall, LCN at s = 3", Plan: figure11.plan, Draw: figure11.draw},
		{Name: "12", Title: "sensitivities of the layers, LCN", Plan: figure12.plan, Draw: figure12.draw},
		{Name: "13", Title: "P* against its prediction, CNN at s = 3", Plan: figure13.plan, Draw: figure13.draw},
		{Name: "14", Title: "P* against the sizes where sensitivities fall, CNN", Plan: figure14.plan, Draw: figure14.draw},
		{Name: "15", Title: "sensitivities of the layers, CNN", Plan: figure15.plan, Draw: figure15.draw},
		{Name: "16", Title: "P* against the sizes where sensitivities fall, FCN", Plan: figure16.plan, Draw: figure16.draw},
	}
}

// Names lists what Select accepts.
func Names() []string {
	var names []string
	for _, f := range All() {
		names = append(names, f.Name)
	}
	return names
}

// Select returns the figures of a list such as "4b,5", each once, in the order of the paper; all of
// them for "" or "all".
func Select(list string) ([]Figure, error) {
	if s := strings.TrimSpace(list); s == "" || s == "all" {
		return All(), nil
	}
	wanted := map[string]bool{}
	for _, name := range strings.Split(list, ",") {
		name = strings.ToLower(strings.TrimSpace(name))
		if !slices.Contains(Names(), name) {
			return nil, fmt.Errorf("figure %q: want a list of %s, or all", name, strings.Join(Names(), ", "))
		}
		wanted[name] = true
	}
	return slices.DeleteFunc(All(), func(f Figure) bool { return !wanted[f.Name] }), nil
}

// Plan is what several figures need together, what they share once.
func Plan(figures []Figure, scale Scale) sweep.Plan {
	var all sweep.Plan
	for _, f := range figures {
		all = all.Merge(f.Plan(scale))
	}
	return all
}
