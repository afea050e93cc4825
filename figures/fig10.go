package figures

import (
	"fmt"
	"math"
	"slices"

	"srhmbench/figures/pstar"
	"srhmbench/figures/stat"
	"srhmbench/figures/style"
	"srhmbench/internal/plot"
	"srhmbench/internal/portable"
	"srhmbench/results/paper"
	"srhmbench/srhm/net"
	"srhmbench/srhm/sweep"
)

// figure10Left is P* of the locally connected network at s = 3 against Eq. 3; dashed line y = 2.5 x.
var figure10Left = pstarScatter{
	name: "10", family: lcn3, panelTitle: "LCN,  $s=3$", label: style.Prediction(net.LocalLaw),
	guide: 2.5, legend: "$y=2.5x$", spread: 3, power: powerLCN, gridStep: gridStepS3, mark: style.ByS0, others: []int{3},
	notes: []string{
		"Half of the published $P^*$ at $s=3$ are $10(s_0+1)^L n_c m^L$, where the authors' two grids join: a slope through them says little.",
		"The right axis is the whole of Eq. 3; the published label has $s^{L/2}$ only. The caption's $n_c=m=4$ holds at $s=2$; at $s=3$, $m=16$.",
	},
}

// figure10Right compares s = 2 and s = 3 at v = 4, s0 = 1: does s enter as s^(L/2)? Dashed line y = 2 x.
var figure10Right = pstarScatter{
	name: "10", family: sizeOfPatch, panelTitle: "LCN,  $v=4$,  $s_0=1$", label: style.Prediction(net.LocalLaw),
	guide: 2, legend: "$y=2x$", gridStep: gridStepS3, others: []int{3, 6},
	mark: style.Marking{
		Name: "s", Of: func(c paper.Task) int { return c.S },
		Shapes: map[int]plot.Shape{2: plot.Up, 3: plot.Star},
	},
}

// figure10 puts both panels side by side.
var figure10 = Figure{Name: "10", Title: "P* against its prediction, LCN at s = 3", Plan: plan10, Draw: draw10}

func plan10(scale Scale) sweep.Plan {
	return figure10Left.plan(scale).Merge(figure10Right.plan(scale))
}

func draw10(src Source, scale Scale) (Drawing, error) {
	left := pstar.Measure(src.Get, figure10Left.searches(scale))
	right := pstar.Measure(src.Get, figure10Right.searches(scale))
	both := slices.Concat(left, slices.DeleteFunc(slices.Clone(right), func(m pstar.Measured) bool {
		return slices.ContainsFunc(left, func(l pstar.Measured) bool { return l.Task == m.Task })
	}))
	page := figure10Left.page(both, scale)
	page.Width *= 2
	page.Panels = []plot.Panel{figure10Left.panel(left), figure10Right.panel(right)}
	explained := page.Panels[1].Legends
	explained[1] = explained[1][1:] // the title says which v
	return Drawing{
		Page:   page,
		Data:   inPanels(figure10Left.table(left), figure10Right.table(right)),
		Claims: append(figure10Left.claims(left), patchClaims(right)...),
	}, nil
}

// inPanels joins two tables of equal columns, with a first column that names the panel.
func inPanels(left, right Table) Table {
	out := Table{Columns: append([]string{"panel"}, left.Columns...)}
	for i, t := range []Table{left, right} {
		for _, row := range t.Rows {
			out.Rows = append(out.Rows, append([]string{[]string{"left", "right"}[i]}, row...))
		}
	}
	return out
}

// patchClaims judges the factor s^(L/2).
func patchClaims(tasks []pstar.Measured) []Claim {
	ours, theirs := samplesOf(tasks), publishedSamples(figure10Right.points())
	few := ""
	if n := len(ours); n < len(theirs) {
		few = fmt.Sprintf("Cells with a P*: %d of the %d at s = 2, 3 and L = 2, 3.", n, len(theirs))
	}
	return []Claim{
		check{
			figure: "10", sentence: "P* grows as s^(L/2): fitted power of s^(L/2) at v=4, s0=1", lo: 0.75, hi: 1.25, few: few, of: counted(ours),
			paper: stat.Bootstrap(theirs, patchPower, false), ours: stat.Bootstrap(ours, patchPower, false),
			note: "Of P*/[(s0+1)^L n_c m^L]. A step of the authors' grid moves it by 0.5.",
		}.claim(),
		check{
			figure: "10", sentence: "nothing else depends on s: P*/prediction at s=3 over that at s=2, L=2", few: tooFewPatches(ours),
			lo: 1 / gridStepS3, hi: gridStepS3, bound: "within a step of their grid: 0.60 to 1.67",
			paper: stat.Bootstrap(theirs, residual, false), ours: stat.Bootstrap(ours, residual, false),
			note: "The published guide lines have prefactors of 1 at s = 2 (Figure 4B) and 2.5 at s = 3, which Eq. 3 does not know.",
		}.claim(),
	}
}

func tooFewPatches(samples []stat.Sample) string {
	if math.IsNaN(residual(stat.Pairs(samples))) {
		return "It takes a P* at s = 2 and at s = 3."
	}
	return ""
}

// patchPower returns the slope of log P*/[(s0+1)^L n_c m^L] over log s^(L/2): 1 if Eq. 3 is right.
func patchPower(data []stat.Pair) float64 {
	points := make([]stat.Pair, len(data))
	for i, p := range data {
		x := portable.Pow(float64(p.S), float64(p.L)/2)
		points[i] = stat.Pair{X: x, Y: p.Y * x / p.X}
	}
	return stat.Slope(points)
}

// residual returns P*/prediction at s = 3 over that at s = 2, both at L = 2.
func residual(data []stat.Pair) float64 {
	at := map[int]float64{}
	for _, p := range data {
		if p.L == 2 {
			at[p.S] = p.Y / p.X
		}
	}
	if at[2] == 0 || at[3] == 0 {
		return math.NaN()
	}
	return at[3] / at[2]
}
