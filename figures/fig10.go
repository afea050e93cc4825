package figures

import (
	"fmt"
	"math"
	"slices"

	"srhmbench/internal/plot"
	"srhmbench/srhm/sweep"
)

// figure10Left is the locally connected network at s = 3: Eq. 3, dashed line y = 2.5 x.
var figure10Left = scatter{
	name: "10", family: lcn3, title: "LCN,  $s=3$", label: labelLCN,
	guide: 2.5, legend: "$y=2.5x$", spread: 3, power: powerLCN, step: authorsStep3, mark: byS0, others: []int{3},
	notes: []string{
		"Half of the published $P^*$ at $s=3$ are $10(s_0+1)^L n_c m^L$, where the authors' two grids join: a slope through them says little.",
		"The right axis is the whole of Eq. 3; the published label has $s^{L/2}$ only. The caption's $n_c=m=4$ holds at $s=2$; at $s=3$, $m=16$.",
	},
}

// figure10Right compares s = 2 and s = 3 at v = 4, s0 = 1: does s enter as s^(L/2)? Dashed line y = 2 x.
var figure10Right = scatter{
	name: "10", family: sizeOfPatch, title: "LCN,  $v=4$,  $s_0=1$", label: labelLCN,
	guide: 2, legend: "$y=2x$", step: authorsStep3, others: []int{3, 6},
	mark: marking{
		name: "s", of: func(c cell) int { return c.s },
		shapes: map[int]plot.Shape{2: plot.Diamond, 3: plot.Circle},
	},
}

func plan10(scale Scale) sweep.Plan {
	return figure10Left.plan(scale).Merge(figure10Right.plan(scale))
}

func draw10(src Source, scale Scale) (Drawing, error) {
	left := measure(src, figure10Left.searches(scale))
	right := measure(src, figure10Right.searches(scale))
	both := slices.Concat(left, slices.DeleteFunc(slices.Clone(right), func(m measured) bool {
		return slices.ContainsFunc(left, func(l measured) bool { return l.cell == m.cell })
	}))
	page := figure10Left.page(both, scale)
	page.Width *= 2
	page.Panels = []plot.Panel{figure10Left.panel(left), figure10Right.panel(right)}
	return Drawing{
		Page:   page,
		Data:   inPanels(figure10Left.table(left), figure10Right.table(right)),
		Claims: append(figure10Left.claims(left), patchClaims(right)...),
	}, nil
}

// inPanels joins two tables of equal columns, with a first column that tells them apart.
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
func patchClaims(cells []measured) []Claim {
	ours, theirs := samplesOf(cells), publishedSamples(figure10Right.points())
	few := ""
	if n := len(ours); n < len(theirs) {
		few = fmt.Sprintf("Cells with a P*: %d of the %d at s = 2, 3 and L = 2, 3.", n, len(theirs))
	}
	return []Claim{
		check{
			figure: "10", sentence: "P* grows as s^(L/2): fitted power of s^(L/2) at v=4, s0=1", lo: 0.75, hi: 1.25, few: few, of: counted(ours),
			paper: bootstrap(theirs, patchPower, false), ours: bootstrap(ours, patchPower, false),
			note: "Of P*/[(s0+1)^L n_c m^L]. A step of the authors' grid moves it by 0.5.",
		}.claim(),
		check{
			figure: "10", sentence: "nothing else depends on s: P*/prediction at s=3 over that at s=2, L=2", few: tooFewPatches(ours),
			lo: 1 / authorsStep3, hi: authorsStep3, bound: "within a step of their grid: 0.60 to 1.67",
			paper: bootstrap(theirs, residual, false), ours: bootstrap(ours, residual, false),
			note: "The published guide lines have prefactors of 1 at s = 2 (Figure 4B) and 2.5 at s = 3, which Eq. 3 does not know.",
		}.claim(),
	}
}

func tooFewPatches(samples []sample) string {
	if math.IsNaN(residual(pairs(samples))) {
		return "It takes a P* at s = 2 and at s = 3."
	}
	return ""
}

// patchPower is the slope of log P*/[(s0+1)^L n_c m^L] over log s^(L/2): 1 if Eq. 3 is right.
func patchPower(data []pair) float64 {
	points := make([]pair, len(data))
	for i, p := range data {
		x := math.Pow(float64(p.s), float64(p.l)/2)
		points[i] = pair{x: x, y: p.y * x / p.x}
	}
	return slope(points)
}

// residual is P*/prediction at s = 3 over that at s = 2, both at L = 2.
func residual(data []pair) float64 {
	at := map[int]float64{}
	for _, p := range data {
		if p.l == 2 {
			at[p.s] = p.y / p.x
		}
	}
	if at[2] == 0 || at[3] == 0 {
		return math.NaN()
	}
	return at[3] / at[2]
}
