package figures

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"srhmbench/results/paper"
	"srhmbench/srhm/sweep"
)

// Bounds of SPEC section 4, and those that follow from the grid of the authors.
const (
	slopeTolerance = 0.07
	// The rival hypotheses on the exponent of (s0+1) are whole numbers: this is half of the way to
	// the point between two of them.
	exponentTolerance = 0.25
	// The authors' P* are training-set sizes of a grid with steps of 1.46 and more; at s = 3, of 1.67 below
	// 10 (s0+1)^L n_c m^L.
	authorsStep  = 1.46
	authorsStep3 = 1.67
	minCells     = 5 // for a slope or a spread
	minPairs     = 2 // vocabularies with two s0, for an exponent
)

// claims judges what the paper reads from the figure.
func (f scatter) claims(cells []measured) []Claim {
	out := []Claim{f.slopeClaim(cells), f.spreadClaim(cells)}
	for _, l := range []int{2, 3} {
		out = append(out, f.exponentClaim(cells, l))
	}
	out = append(out, f.ratioClaim(cells))
	out = append(out, f.gridClaims(cells)...)
	for _, figure := range []layers{figure12, figure15} {
		if figure.family == f.family {
			out = append(out, f.curveClaim(cells, figure))
		}
	}
	return out
}

func counted(samples []sample) string { return fmt.Sprintf(" (%d cells)", len(samples)) }

// tooFew says so if it is so.
func tooFew(samples []sample) string {
	if len(samples) >= minCells {
		return ""
	}
	return fmt.Sprintf("Cells with a P*: %d; %d are wanted.", len(samples), minCells)
}

func (f scatter) slopeClaim(cells []measured) Claim {
	ours := samplesOf(cells)
	return check{
		figure: f.name, sentence: "P* is proportional to its prediction: log-log slope",
		lo: 1 - slopeTolerance, hi: 1 + slopeTolerance, of: counted(ours), few: tooFew(ours),
		paper: bootstrap(publishedSamples(f.points()), slope, true), ours: bootstrap(ours, slope, true),
	}.claim()
}

func (f scatter) spreadClaim(cells []measured) Claim {
	ours := samplesOf(cells)
	return check{
		figure: f.name, sentence: "one prefactor for all tasks: max/min of P*/prediction",
		lo: 1, hi: f.spread, bound: "at most " + short(f.spread), of: counted(ours), few: tooFew(ours),
		paper: bootstrap(publishedSamples(f.points()), spread, false), ours: bootstrap(ours, spread, false),
		note: "Over the cells of this scale; more cells can only widen it.",
	}.claim()
}

func (f scatter) exponentClaim(cells []measured, l int) Claim {
	otherL := func(s sample) bool { return s.l != l }
	ours := slices.DeleteFunc(samplesOf(cells), otherL)
	theirs := slices.DeleteFunc(publishedSamples(f.points()), otherL)
	want := f.power(l)
	few := ""
	if n := comparable(ours); n < minPairs {
		few = fmt.Sprintf("Vocabularies with P* at two s0 or more: %d; %d are wanted.", n, minPairs)
	}
	e := bootstrap(ours, exponent, true)
	return check{
		figure: f.name, sentence: fmt.Sprintf("P* grows as (s0+1)^%d at L=%d: fitted exponent", want, l),
		lo: float64(want) - exponentTolerance, hi: float64(want) + exponentTolerance, few: few, of: counted(ours),
		paper: bootstrap(theirs, exponent, true), ours: e,
		note: join(rivals(e, want, l), f.oneRate(cells, l)),
	}.claim()
}

// comparable counts the vocabularies with more than one s0, at one L.
func comparable(samples []sample) (n int) {
	count := map[int]int{}
	for _, s := range samples {
		if count[s.v]++; count[s.v] == 2 {
			n++
		}
	}
	return n
}

// rivals says which of the exponents 2 and L is nearer, where Eq. 3 and Eq. 4 differ.
func rivals(e estimate, want, l int) string {
	if want == l || !e.known() {
		return ""
	}
	nearer := want
	if math.Abs(e.value-float64(l)) < math.Abs(e.value-float64(want)) {
		nearer = l
	}
	return fmt.Sprintf("Of the exponents %d and L=%d the fit is nearer to %d.", want, l, nearer)
}

// oneRate gives the exponent from the cells of the most common lr, if there are several: the authors
// lowered it for large s0, and at s = 3 for small v, and P* depends on it.
func (f scatter) oneRate(cells []measured, l int) string {
	rates := map[float64]int{}
	common := 0.0
	for _, m := range cells {
		if m.l == l {
			rates[m.lr]++
			if n := rates[m.lr]; n > rates[common] || n == rates[common] && m.lr > common {
				common = m.lr
			}
		}
	}
	if len(rates) < 2 {
		return ""
	}
	same := slices.DeleteFunc(slices.Clone(cells), func(m measured) bool { return m.l != l || m.lr != common })
	return fmt.Sprintf("lr differs between cells; at lr %g alone the exponent is %s.", common, bootstrap(samplesOf(same), exponent, true))
}

// publishedAt returns the published P* of a cell.
func (f scatter) publishedAt(c cell) (paper.Point, bool) {
	points := f.points()
	i := slices.IndexFunc(points, func(p paper.Point) bool { return c == cellOf(p) })
	if i < 0 {
		return paper.Point{}, false
	}
	return points[i], true
}

// ratios returns our interpolated P* over the published one, cell by cell: the same grammar, and the error
// measured as the authors do. It is what other claims leave out: the absolute value.
func (f scatter) ratios(cells []measured) []sample {
	var out []sample
	for _, m := range cells {
		t, ok := m.authors()
		p, known := f.publishedAt(m.cell)
		if !ok || !known || t.fresh.Status != sweep.Found {
			continue
		}
		out = append(out, sample{cell: m.cell, x: 1, unit: 1, values: map[string]float64{authorsGrammar: t.fresh.Value / p.Y}})
	}
	return out
}

// meanRatio is the geometric mean of y.
func meanRatio(data []pair) float64 {
	if len(data) == 0 {
		return math.NaN()
	}
	var ys []float64
	for _, p := range data {
		ys = append(ys, p.y)
	}
	return geometricMean(ys)
}

func (f scatter) ratioClaim(cells []measured) Claim {
	ours := f.ratios(cells)
	note := "On the paper's grammar, with the error of fresh draws."
	if len(ours) > 0 {
		ys := extremes(ours)
		note = join(note, fmt.Sprintf("Cell by cell %s to %s.", short(ys[0]), short(ys[1])))
	}
	return comeBack(f.step, check{
		figure: f.name, sentence: "the published P* come back",
		ours: bootstrap(ours, meanRatio, true), of: counted(ours), few: tooFew(ours), note: note,
	})
}

func extremes(samples []sample) (out [2]float64) {
	out = [2]float64{math.Inf(1), 0}
	for _, p := range pairs(samples) {
		out[0], out[1] = min(out[0], p.y), max(out[1], p.y)
	}
	return out
}

// gridClaims compares cell by cell, where the search was on the authors' grid.
func (f scatter) gridClaims(cells []measured) []Claim {
	same, total := 0, 0
	for _, m := range cells {
		t, ok := m.authors()
		p, known := f.publishedAt(m.cell)
		if !ok || !known || len(t.search.Grid) == 0 || t.unseen.Status == sweep.Unfinished {
			continue
		}
		total++
		if d := gridDistance(t.search.Grid, float64(t.fresh.AuthorsP), p.Y); d <= 1 {
			same++
		}
	}
	close := 0
	ratios := f.ratios(cells)
	for _, p := range pairs(ratios) {
		if math.Abs(p.y-1) <= 0.15 {
			close++
		}
	}
	return []Claim{
		share(f.name, "the authors' rule gives their grid point or its neighbour", same, total, 0.9,
			"The rule: of the sizes of their grid, the one with the error nearest to 10 %, and at most 20 %. It needs their grid: scale paper."),
		share(f.name, "interpolated P* within 15 % of the published one", close, len(ratios), 0.5,
			"Steps of their grid are 40 % and more, so that half of the cells is as much as one can ask."),
	}
}

// curveClaim compares P* with where the published curves of the test error pass 10 %, straight lines over log P drawn
// through both. The published P* is but the nearest point of such a curve.
func (f scatter) curveClaim(cells []measured, figure layers) Claim {
	var ratios []sample
	var list []string
	for _, r := range figure.published() {
		var curve perClass
		for _, s := range r.spots[testError] {
			curve.p, curve.err = append(curve.p, s.p), append(curve.err, s.value.Value)
		}
		theirs, ours := curve.passing(epsilon), math.NaN()
		for _, m := range cells {
			if t, ok := m.authors(); ok && m.cell == r.cell {
				ours = curveOf(t.unseen.Points, 1).passing(epsilon)
			}
		}
		if !math.IsNaN(ours) {
			ratios = append(ratios, sample{cell: r.cell, x: 1, unit: 1, values: map[string]float64{authorsGrammar: ours / theirs}})
			list = append(list, fmt.Sprintf("s0 %d: %s published, %s ours", r.s0, short(theirs), short(ours)))
		}
	}
	few, note := "", ""
	if len(ratios) < 2 {
		few = fmt.Sprintf("Curves to compare: %d; 2 are wanted.", len(ratios))
	}
	if len(list) > 0 {
		note = strings.Join(list, "; ") + "."
	}
	return comeBack(f.step, check{
		figure: f.name, sentence: fmt.Sprintf("the P* of the curves of Figure %s, v=%d, come back interpolated", figure.name, layersV),
		ours: bootstrap(ratios, meanRatio, len(ratios) >= minCurves), of: countedCurves(ratios), few: few, note: note,
	})
}

// comeBack claims that ours are the published ones, to half a step of their grid.
func comeBack(step float64, k check) Claim {
	k.sentence += ": geometric mean of ours/published"
	k.lo, k.hi = 1/math.Sqrt(step), math.Sqrt(step)
	k.bound = fmt.Sprintf("within half a step of their grid: %.2f to %.2f", k.lo, k.hi)
	k.paper = exactly(1)
	return k.claim()
}

// gridDistance counts the steps of a grid between two sizes, each taken to the nearest of the grid.
func gridDistance(grid []int, a, b float64) int {
	if a <= 0 {
		return len(grid)
	}
	place := func(x float64) int {
		best := 0
		for i, g := range grid {
			if math.Abs(math.Log(float64(g)/x)) < math.Abs(math.Log(float64(grid[best])/x)) {
				best = i
			}
		}
		return best
	}
	d := place(a) - place(b)
	return max(d, -d)
}

// share claims that a fraction of the cells, at least, is as it should be.
func share(figure, sentence string, part, total int, least float64, note string) Claim {
	k := check{
		figure: figure, sentence: sentence, lo: least, hi: 1, note: note, paper: nothing, ours: nothing,
		bound: fmt.Sprintf("at least %.0f %% of the cells", 100*least),
	}
	if total > 0 {
		k.ours = exactly(float64(part) / float64(total))
		k.of = fmt.Sprintf(" (%d of %d cells)", part, total)
	}
	if total < minCells {
		k.few = fmt.Sprintf("Cells to compare: %d; %d are wanted.", total, minCells)
	}
	return k.claim()
}
