package figures

import (
	"slices"
	"strings"

	"srhmbench/internal/plot"
	"srhmbench/srhm/sweep"
)

// scatter is P* of many tasks against its prediction: Figures 4B, 4C, 10 and 13.
type scatter struct {
	name   string // "4B"
	family        // of tasks
	title  string // of the panel
	label  string // of the x axis
	guide  float64
	legend string // of the guide
	spread float64
	power  func(l int) int // the exponent of (s0+1) that the paper states
	step   float64         // of the authors' grid
	mark   marking
	others []int    // vocabularies of other scales and panels: a v has one colour in all
	notes  []string // what to know of the published figure
}

// marking is what the marks of a scatter stand for.
type marking struct {
	name   string // "s_0"
	of     func(cell) int
	shapes map[int]plot.Shape
}

// byS0 is that of the paper's figures of P*.
var byS0 = marking{
	name: "s_0", of: func(c cell) int { return c.s0 },
	shapes: map[int]plot.Shape{0: plot.Diamond, 1: plot.Circle, 2: plot.Cross, 4: plot.Square, 6: plot.Triangle},
}

func (m marking) shape(c cell) plot.Shape { return m.shapes[m.of(c)] }

// labels of the x axes.
const (
	labelLCN = "prediction of Eq. 3,  $s^{L/2}(s_0+1)^L n_c m^L$"
	labelCNN = "prediction of Eq. 4,  $(s_0+1)^2 n_c m^L$"
)

func powerLCN(l int) int { return l }

func powerCNN(int) int { return 2 }

// figure4B is the locally connected network: Eq. 3, dashed line y = x.
var figure4B = scatter{
	name: "4B", family: lcn2, title: "LCN,  $s=2$", label: labelLCN,
	guide: 1, legend: "$y=x$", spread: 3, power: powerLCN, step: authorsStep, mark: byS0,
}

// figure4C is the convolutional network: Eq. 4, dashed line y = 2.5 x.
var figure4C = scatter{
	name: "4C", family: cnn2, title: "CNN,  $s=2$", label: labelCNN,
	guide: 2.5, legend: "$y=2.5x$", spread: 4, power: powerCNN, step: authorsStep, mark: byS0,
}

func (f scatter) plan(scale Scale) sweep.Plan {
	return sweep.Plan{Searches: f.searches(scale)}
}

func (f scatter) draw(src Source, scale Scale) (Drawing, error) {
	cells := measure(src, f.searches(scale))
	return Drawing{Page: f.page(cells, scale), Data: f.table(cells), Claims: f.claims(cells)}, nil
}

// table lists the published points, then ours.
func (f scatter) table(cells []measured) Table {
	t := Table{Columns: []string{"series", "network", "s", "s0", "L", "v", "prediction", "pstar", "low", "high", "searches", "status", "monotone", "grammars"}}
	for _, p := range f.points() {
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
