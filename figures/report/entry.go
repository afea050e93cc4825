package report

import (
	"fmt"

	"srhmbench/figures"
	"srhmbench/srhm/store"
)

// Entry is a figure as drawn, with what it was drawn from.
type Entry struct {
	Figure  figures.Figure
	Drawing figures.Drawing
	Used    []store.Record // in the order in which the figure first asked for them
	Needs   bool           // whether it needs any training
	Lacks   string         // what the records lack of its plan, in words; "" if nothing
}

// Draw draws a figure and keeps the records it asked for.
func Draw(f figures.Figure, from Records, scale figures.Scale) (Entry, error) {
	src := ask(from)
	d, err := f.Draw(src, scale)
	if err != nil {
		return Entry{}, fmt.Errorf("figure %s: %w", f.Name, err)
	}
	plan := f.Plan(scale)
	return Entry{
		Figure: f, Drawing: d, Used: src.given,
		Needs: len(plan.Searches)+len(plan.Runs) > 0, Lacks: figures.Lacks(plan, ask(from)),
	}, nil
}
