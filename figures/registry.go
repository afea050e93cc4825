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

// Source looks finished trainings up.
type Source interface {
	Get(id string) (spec.Result, bool)
}

// FromStore returns the records of a store as a Source.
func FromStore(s *store.Store) Source { return stored{s} }

type stored struct{ *store.Store }

// Get implements Source.
func (s stored) Get(id string) (spec.Result, bool) {
	r, ok := s.Store.Get(id)
	return r.Result, ok
}

// Drawing is a figure as drawn from a source.
type Drawing struct {
	Page   plot.Page
	Data   Table // exactly what is drawn
	Claims []Claim
}

// All returns the figures in the order of the paper.
func All() []Figure {
	list := []Figure{
		figure2, figure3, figure4A, figure4B.figure(), figure4C.figure(), figure5, figure6, figure7.figure(), figure8.figure(),
		figure10, figure11.figure(), figure12.figure(), figure13.figure(), figure14.figure(), figure15.figure(), figure16.figure(),
	}
	for i := range list {
		list[i].Draw = withVerdicts(list[i].Draw)
	}
	return list
}

// withVerdicts writes the verdicts below a figure, so that a picture that looks like agreement says what is decided.
func withVerdicts(draw func(Source, Scale) (Drawing, error)) func(Source, Scale) (Drawing, error) {
	return func(src Source, scale Scale) (Drawing, error) {
		d, err := draw(src, scale)
		if err != nil || len(d.Claims) == 0 {
			return d, err
		}
		d.Page.Notes = append(d.Page.Notes, verdictNote(d.Claims))
		if len(d.Page.Rows) > 0 {
			d.Page = d.Page.Stacked(d.Page.Rows...) // room for the line
		}
		return d, nil
	}
}

// verdictNote counts the verdicts of a figure.
func verdictNote(claims []Claim) string {
	count := map[Verdict]int{}
	for _, c := range claims {
		count[c.Verdict]++
	}
	return fmt.Sprintf("Claims of the paper at this scale: %d hold, %d fail, %d undecided.", count[Holds], count[Fails], count[Undecided])
}

// Names lists the names that Select accepts.
func Names() []string {
	var names []string
	for _, f := range All() {
		names = append(names, f.Name)
	}
	return names
}

// number is a figure's number without the letter of its panel: "4".
func (f Figure) number() string { return strings.TrimRight(f.Name, "abcdefghijklmnopqrstuvwxyz") }

// Select returns the figures of a list such as "4b,5", each once, in the order of the paper. A number selects all panels
// of a figure; an empty list, or "all", selects every figure.
func Select(list string) ([]Figure, error) {
	if s := strings.TrimSpace(list); s == "" || s == "all" {
		return All(), nil
	}
	wanted := map[string]bool{}
	for _, name := range strings.Split(list, ",") {
		name = strings.ToLower(strings.TrimSpace(name))
		found := false
		for _, f := range All() {
			if f.Name == name || f.number() == name {
				wanted[f.Name], found = true, true
			}
		}
		if !found {
			return nil, fmt.Errorf("figure %q: want a list of %s, or all; a number means all its panels", name, strings.Join(Names(), ", "))
		}
	}
	return slices.DeleteFunc(All(), func(f Figure) bool { return !wanted[f.Name] }), nil
}

// Plan returns the trainings that several figures need together; shared ones occur once.
func Plan(figures []Figure, scale Scale) sweep.Plan {
	var all sweep.Plan
	for _, f := range figures {
		all = all.Merge(f.Plan(scale))
	}
	return all
}
