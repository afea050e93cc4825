package figures

import (
	"strings"

	"srhmbench/figures/pstar"
	"srhmbench/figures/style"
	"srhmbench/results/paper"
	"srhmbench/srhm/sweep"
)

// pstarScatter is a panel of P* against its prediction: Figures 4B, 4C, 10 and 13.
type pstarScatter struct {
	name string // "4B"
	family
	title      string // of the figure
	panelTitle string
	label      string // of the x axis
	guide      float64
	legend     string // of the guide
	spread     float64
	power      func(l int) int // the exponent of (s0+1) that the paper states
	gridStep   float64         // between the authors' sizes
	mark       style.Marking
	others     []int    // vocabularies of other scales and panels, so that a v has one colour in all of them
	notes      []string // what a reader should know of the published figure
}

func powerLCN(l int) int { return l }

func powerCNN(int) int { return 2 }

// figure returns a figure that consists of this panel.
func (f pstarScatter) figure() Figure {
	return Figure{Name: strings.ToLower(f.name), Title: f.title, Plan: f.plan, Draw: f.draw}
}

func (f pstarScatter) plan(scale Scale) sweep.Plan {
	return sweep.Plan{Searches: f.searches(scale)}
}

func (f pstarScatter) draw(src Source, scale Scale) (Drawing, error) {
	tasks := pstar.Measure(src.Get, f.searches(scale))
	return Drawing{Page: f.page(tasks, scale), Data: f.table(tasks), Claims: f.claims(tasks)}, nil
}

// table lists the published points, then ours.
func (f pstarScatter) table(tasks []pstar.Measured) Table {
	t := Table{Columns: []string{"series", "network", "s", "s0", "L", "v", "prediction", "pstar", "low", "high", "searches", "status", "monotone", "grammars"}}
	for _, p := range f.points() {
		t.Add("paper", f.kind, p.S, p.S0, p.L, p.V, p.X, p.Y, "", "", "", "found", "", paper.Grammar)
	}
	for _, m := range tasks {
		status, grammars := m.Status(), []string{}
		for _, x := range m.Trials {
			grammars = append(grammars, x.Search.Task.Grammar)
		}
		low, high := m.Range()
		t.Add("ours", f.kind, m.Trials[0].Search.Task.S, m.S0, m.L, m.V, m.X, Blank(m.Y()), Blank(low), Blank(high), len(m.Trials), status, m.Monotone(), strings.Join(grammars, " "))
	}
	return t
}

// Blank writes nothing for a number that is not known.
func Blank(x float64) any {
	if x == 0 {
		return ""
	}
	return x
}
