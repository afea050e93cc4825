package figures

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"srhmbench/figures/pstar"
	"srhmbench/figures/series"
	"srhmbench/figures/stat"
	"srhmbench/internal/portable"
	"srhmbench/results/paper"
	"srhmbench/srhm/sweep"
)

// Bounds of SPEC section 4, and bounds that follow from the authors' grid.
const (
	slopeTolerance = 0.07
	// The exponents of (s0+1) in question are whole numbers: this is half the way to the midpoint between two of them.
	exponentTolerance = 0.25
	// The authors' P* lie on a grid of training-set sizes with steps of 1.46 and more; at s = 3, of 1.67 below 10
	// (s0+1)^L n_c m^L.
	gridStep   = 1.46
	gridStepS3 = 1.67
	minTasks   = 5 // for a slope or a spread
	minPairs   = 2 // vocabularies with two s0, for an exponent
)

// claims judges what the paper reads from the figure.
func (f pstarScatter) claims(tasks []pstar.Measured) []Claim {
	out := []Claim{f.slopeClaim(tasks), f.spreadClaim(tasks)}
	for _, l := range []int{2, 3} {
		out = append(out, f.exponentClaim(tasks, l))
	}
	out = append(out, f.ratioClaim(tasks))
	out = append(out, f.gridClaims(tasks)...)
	for _, figure := range []layerCurves{figure12, figure15} {
		if figure.family == f.family {
			out = append(out, f.curveClaim(tasks, figure))
		}
	}
	return out
}

func counted(samples []stat.Sample) string { return fmt.Sprintf(" (%d cells)", len(samples)) }

// tooFew says that there are too few tasks for a slope or a spread; "" if there are enough.
func tooFew(samples []stat.Sample) string {
	if len(samples) >= minTasks {
		return ""
	}
	return fmt.Sprintf("Cells with a P*: %d; %d are wanted.", len(samples), minTasks)
}

func (f pstarScatter) slopeClaim(tasks []pstar.Measured) Claim {
	ours := samplesOf(tasks)
	return check{
		figure: f.name, sentence: "P* is proportional to its prediction: log-log slope",
		lo: 1 - slopeTolerance, hi: 1 + slopeTolerance, of: counted(ours), few: tooFew(ours),
		paper: stat.Bootstrap(publishedSamples(f.points()), stat.Slope, true), ours: stat.Bootstrap(ours, stat.Slope, true),
	}.claim()
}

func (f pstarScatter) spreadClaim(tasks []pstar.Measured) Claim {
	ours := samplesOf(tasks)
	return check{
		figure: f.name, sentence: "one prefactor for all tasks: max/min of P*/prediction",
		lo: 1, hi: f.spread, bound: "at most " + stat.Short(f.spread), of: counted(ours), few: tooFew(ours),
		paper: stat.Bootstrap(publishedSamples(f.points()), stat.Spread, false), ours: stat.Bootstrap(ours, stat.Spread, false),
		note: "Over the cells of this scale; more cells can only widen it.",
	}.claim()
}

func (f pstarScatter) exponentClaim(tasks []pstar.Measured, l int) Claim {
	otherL := func(s stat.Sample) bool { return s.L != l }
	ours := slices.DeleteFunc(samplesOf(tasks), otherL)
	theirs := slices.DeleteFunc(publishedSamples(f.points()), otherL)
	want := f.power(l)
	few := ""
	if n := comparable(ours); n < minPairs {
		few = fmt.Sprintf("Vocabularies with P* at two s0 or more: %d; %d are wanted.", n, minPairs)
	}
	e := stat.Bootstrap(ours, stat.Exponent, true)
	return check{
		figure: f.name, sentence: fmt.Sprintf("P* grows as (s0+1)^%d at L=%d: fitted exponent", want, l),
		lo: float64(want) - exponentTolerance, hi: float64(want) + exponentTolerance, few: few, of: counted(ours),
		paper: stat.Bootstrap(theirs, stat.Exponent, true), ours: e,
		note: join(rivals(e, want, l), f.oneRate(tasks, l)),
	}.claim()
}

// comparable counts the vocabularies with more than one s0, at one L.
func comparable(samples []stat.Sample) (n int) {
	count := map[int]int{}
	for _, s := range samples {
		if count[s.V]++; count[s.V] == 2 {
			n++
		}
	}
	return n
}

// rivals says which of the exponents 2 and L is nearer, where Eqs. 3 and 4 differ.
func rivals(e stat.Estimate, want, l int) string {
	if want == l || !e.Known() {
		return ""
	}
	nearer := want
	if math.Abs(e.Value-float64(l)) < math.Abs(e.Value-float64(want)) {
		nearer = l
	}
	return fmt.Sprintf("Of the exponents %d and L=%d the fit is nearer to %d.", want, l, nearer)
}

// oneRate returns the exponent of the tasks with the most common learning rate, if there are several rates. The
// authors lowered it for large s0, and at s = 3 for small v, and P* depends on it.
func (f pstarScatter) oneRate(tasks []pstar.Measured, l int) string {
	rates := map[float64]int{}
	common := 0.0
	for _, m := range tasks {
		if m.L == l {
			rates[m.LR]++
			if n := rates[m.LR]; n > rates[common] || n == rates[common] && m.LR > common {
				common = m.LR
			}
		}
	}
	if len(rates) < 2 {
		return ""
	}
	same := slices.DeleteFunc(slices.Clone(tasks), func(m pstar.Measured) bool { return m.L != l || m.LR != common })
	return fmt.Sprintf("lr differs between cells; at lr %g alone the exponent is %s.", common, stat.Bootstrap(samplesOf(same), stat.Exponent, true))
}

// publishedAt returns the published P* of a task.
func (f pstarScatter) publishedAt(c paper.Task) (paper.Point, bool) {
	points := f.points()
	i := slices.IndexFunc(points, func(p paper.Point) bool { return c == p.Task() })
	if i < 0 {
		return paper.Point{}, false
	}
	return points[i], true
}

// ratios returns our P* over the published one, task by task, on the same grammar and with the authors' error. No
// other claim looks at the absolute value.
func (f pstarScatter) ratios(tasks []pstar.Measured) []stat.Sample {
	var out []stat.Sample
	for _, m := range tasks {
		t, ok := m.Authors()
		p, known := f.publishedAt(m.Task)
		if !ok || !known || t.Fresh.Status != sweep.Found {
			continue
		}
		out = append(out, stat.Sample{Task: m.Task, X: 1, Unit: 1, Values: map[string]float64{paper.Grammar: t.Fresh.Value / p.Y}})
	}
	return out
}

func (f pstarScatter) ratioClaim(tasks []pstar.Measured) Claim {
	ours := f.ratios(tasks)
	note := "On the paper's grammar, with the error of fresh draws."
	if len(ours) > 0 {
		ys := extremes(ours)
		note = join(note, fmt.Sprintf("Cell by cell %s to %s.", stat.Short(ys[0]), stat.Short(ys[1])))
	}
	return comeBack(f.gridStep, check{
		figure: f.name, sentence: "the published P* come back",
		ours: stat.Bootstrap(ours, stat.MeanRatio, true), of: counted(ours), few: tooFew(ours), note: note,
	})
}

func extremes(samples []stat.Sample) (out [2]float64) {
	out = [2]float64{math.Inf(1), 0}
	for _, p := range stat.Pairs(samples) {
		out[0], out[1] = min(out[0], p.Y), max(out[1], p.Y)
	}
	return out
}

// gridClaims compares task by task what was searched for on the authors' grid.
func (f pstarScatter) gridClaims(tasks []pstar.Measured) []Claim {
	same, total := 0, 0
	for _, m := range tasks {
		t, ok := m.Authors()
		p, known := f.publishedAt(m.Task)
		if !ok || !known || len(t.Search.Grid) == 0 || t.Unseen.Status == sweep.Unfinished {
			continue
		}
		total++
		if d := gridDistance(t.Search.Grid, float64(t.Fresh.AuthorsP), p.Y); d <= 1 {
			same++
		}
	}
	close := 0
	ratios := f.ratios(tasks)
	for _, p := range stat.Pairs(ratios) {
		if math.Abs(p.Y-1) <= 0.15 {
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

// curveClaim compares the P* at which our and the published error curves pass 10 %, both interpolated over log P. The
// paper's P* is only the nearest point of such a curve.
func (f pstarScatter) curveClaim(tasks []pstar.Measured, figure layerCurves) Claim {
	var ratios []stat.Sample
	var list []string
	for _, r := range figure.published() {
		var curve series.Curve
		for _, x := range r.readings[series.Error] {
			curve.P, curve.Error = append(curve.P, x.P), append(curve.Error, x.Value.Value)
		}
		theirs, ours := curve.DrawnCrossing(epsilon), math.NaN()
		for _, m := range tasks {
			if t, ok := m.Authors(); ok && m.Task == r.Task {
				ours = series.CurveOf(t.Unseen.Points).DrawnCrossing(epsilon)
			}
		}
		if !math.IsNaN(ours) {
			ratios = append(ratios, stat.Sample{Task: r.Task, X: 1, Unit: 1, Values: map[string]float64{paper.Grammar: ours / theirs}})
			list = append(list, fmt.Sprintf("s0 %d: %s published, %s ours", r.S0, stat.Short(theirs), stat.Short(ours)))
		}
	}
	few, note := "", ""
	if len(ratios) < 2 {
		few = fmt.Sprintf("Curves to compare: %d; 2 are wanted.", len(ratios))
	}
	if len(list) > 0 {
		note = strings.Join(list, "; ") + "."
	}
	return comeBack(f.gridStep, check{
		figure: f.name, sentence: fmt.Sprintf("the P* of the curves of Figure %s, v=%d, come back interpolated", figure.name, layersV),
		ours: stat.Bootstrap(ratios, stat.MeanRatio, len(ratios) >= minCurves), of: countedCurves(ratios), few: few, note: note,
	})
}

// comeBack claims that our values are the published ones, within half a step of the authors' grid.
func comeBack(step float64, k check) Claim {
	k.sentence += ": geometric mean of ours/published"
	k.lo, k.hi = 1/math.Sqrt(step), math.Sqrt(step)
	k.bound = fmt.Sprintf("within half a step of their grid: %.2f to %.2f", k.lo, k.hi)
	k.paper = stat.Exact(1)
	return k.claim()
}

// gridDistance counts the steps of a grid between two sizes, after moving each to the nearest size of the grid.
func gridDistance(grid []int, a, b float64) int {
	if a <= 0 {
		return len(grid)
	}
	place := func(x float64) int {
		best := 0
		for i, g := range grid {
			if math.Abs(portable.Log(float64(g)/x)) < math.Abs(portable.Log(float64(grid[best])/x)) {
				best = i
			}
		}
		return best
	}
	d := place(a) - place(b)
	return max(d, -d)
}

// enough returns the least number of tasks that show a share if all of them are as they should be.
func enough(share float64) int {
	n := 1
	for stat.Share(n, n).Low < share {
		n++
	}
	return n
}

// share claims that at least a fraction of the tasks is as it should be.
func share(figure, sentence string, part, total int, least float64, note string) Claim {
	k := check{
		figure: figure, sentence: sentence, lo: least, hi: 1, note: note, paper: stat.Unknown, ours: stat.Unknown,
		bound: fmt.Sprintf("at least %.0f %% of the cells", 100*least),
	}
	if total > 0 {
		k.ours = stat.Share(part, total)
		k.of = fmt.Sprintf(" (%d of %d cells)", part, total)
		if k.ours.Low < least && k.ours.High >= least {
			k.note = join(k.note, fmt.Sprintf("%d of %[1]d would show it.", enough(least)))
		}
	}
	if total < minTasks {
		k.few = fmt.Sprintf("Cells to compare: %d; %d are wanted.", total, minTasks)
	}
	return k.claim()
}
