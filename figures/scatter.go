package figures

import (
	"slices"
	"strings"

	"srhmbench/results/paper"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// scatter is Figure 4B or 4C: P* of many tasks against its prediction.
type scatter struct {
	name   string // "4B"
	kind   string // of network
	label  string // of the x axis
	guide  float64
	legend string // of the guide
	spread float64
	power  func(l int) int // the exponent of (s0+1) that the paper states
}

// figure4B is the locally connected network: Eq. 3, dashed line y = x.
var figure4B = scatter{
	name: "4B", kind: spec.LCN, label: "prediction of Eq. 3,  $s^{L/2}(s_0+1)^L n_c m^L$",
	guide: 1, legend: "$y=x$", spread: 3, power: func(l int) int { return l },
}

// figure4C is the convolutional network: Eq. 4, dashed line y = 2.5 x.
var figure4C = scatter{
	name: "4C", kind: spec.CNN, label: "prediction of Eq. 4,  $(s_0+1)^2 n_c m^L$",
	guide: 2.5, legend: "$y=2.5x$", spread: 4, power: func(int) int { return 2 },
}

func (f scatter) plan(scale Scale) sweep.Plan {
	return sweep.Plan{Searches: searches(scale, f.kind)}
}

func (f scatter) published() []paper.Point { return paper.Points("4", panelOf[f.kind]) }

func (f scatter) draw(src Source, scale Scale) (Drawing, error) {
	cells := measure(src, searches(scale, f.kind))
	return Drawing{Page: f.page(cells, scale), Data: f.table(cells), Claims: f.claims(cells)}, nil
}

// table lists the published points, then ours.
func (f scatter) table(cells []measured) Table {
	t := Table{Columns: []string{"series", "network", "s", "s0", "L", "v", "prediction", "pstar", "low", "high", "searches", "status", "monotone", "grammars"}}
	for _, p := range f.published() {
		t.add("paper", f.kind, p.S, p.S0, p.L, p.V, p.X, p.Y, "", "", "", "found", "", authorsGrammar)
	}
	for _, m := range cells {
		status, grammars := m.status(), []string{}
		for _, x := range m.trials {
			grammars = append(grammars, x.search.Task.Grammar)
		}
		low, high, y := blank(m.pooled.Low), blank(m.pooled.High), blank(m.y())
		if !m.found() {
			low, high = "", ""
		}
		t.add("ours", f.kind, m.trials[0].search.Task.S, m.s0, m.l, m.v, m.x, y, low, high, len(m.trials), status, m.monotone(), strings.Join(grammars, " "))
	}
	return t
}

// blank leaves out what is unknown.
func blank(x float64) any {
	if x == 0 {
		return ""
	}
	return x
}

// monotone says whether in every search all P above the bracket learn too.
func (m measured) monotone() bool {
	return !slices.ContainsFunc(m.trials, func(t trial) bool { return !t.unseen.Monotone })
}
