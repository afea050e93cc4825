package figures

import (
	"fmt"
	"math"
	"slices"
	"srhmbench/figures/series"
	"srhmbench/figures/stat"
	"srhmbench/results/paper"
	"strings"
)

// half is the error in the middle of the drop.
const half = 0.5

// claims judges the collapse, the exponents and the published values.
func (f errorCurves) claims(ours []measuredCurve) []Claim {
	out := []Claim{f.collapseClaim(ours, half), f.collapseClaim(ours, epsilon), f.rivalClaim(ours)}
	for _, l := range []int{2, 3} {
		out = append(out, f.exponentClaim(ours, l))
	}
	return append(out, f.returnClaim(ours))
}

// measured returns the P at which our curves pass an error, by grammar.
func (f errorCurves) measured(ours []measuredCurve, err float64) []stat.Sample {
	var out []stat.Sample
	for _, c := range ours {
		values := map[string]float64{}
		for g, points := range c.points {
			if p := series.CurveOf(points).DrawnCrossing(err); !math.IsNaN(p) {
				values[g] = p
			}
		}
		if len(values) > 0 {
			out = append(out, f.sample(c.Task, values))
		}
	}
	return out
}

// known returns the P at which the published curves do.
func (f errorCurves) known(err float64) []stat.Sample {
	var out []stat.Sample
	for _, c := range f.published() {
		if p := c.DrawnCrossing(err); !math.IsNaN(p) {
			out = append(out, f.sample(c.Task, map[string]float64{paper.Grammar: p}))
		}
	}
	return out
}

func (f errorCurves) sample(c paper.Task, values map[string]float64) stat.Sample {
	return stat.Sample{Task: c, X: f.scaleOf(c, f.power), Unit: f.scaleOf(c, func(int) int { return 0 }), Values: values}
}

func countedCurves(samples []stat.Sample) string { return fmt.Sprintf(" (%d curves)", len(samples)) }

// minCurves is the least number of curves that can collapse.
const minCurves = 3

func (f errorCurves) collapseClaim(ours []measuredCurve, err float64) Claim {
	mine, known := f.measured(ours, err), f.known(err)
	few := ""
	if len(mine) < minCurves {
		few = fmt.Sprintf("Curves that fall to this error: %d; %d are wanted.", len(mine), minCurves)
	}
	return check{
		figure: f.name, sentence: fmt.Sprintf("the curves are one in P/[(s0+1)^%s n_c m^L]: max/min of it at error %s", f.wants[0], stat.Short(err)),
		lo: 1, hi: f.spread, bound: "at most " + stat.Short(f.spread), few: few, of: countedCurves(mine),
		paper: stat.Bootstrap(known, stat.Spread, false), ours: stat.Bootstrap(mine, stat.Spread, false),
		note: join(f.rescaledRange(mine), fmt.Sprintf("Published %d of %d curves fall so far. Between points the error is linear in log P.", len(known), len(f.published()))),
	}.claim()
}

// rescaledRange says where the curves lie on the rescaled axis.
func (f errorCurves) rescaledRange(samples []stat.Sample) string {
	if len(samples) == 0 {
		return ""
	}
	lo, hi := math.Inf(1), 0.0
	for _, p := range stat.Pairs(samples) {
		lo, hi = min(lo, p.Y/p.X), max(hi, p.Y/p.X)
	}
	return fmt.Sprintf("Ours from %s to %s.", stat.Short(lo), stat.Short(hi))
}

// rivalClaim compares the two exponents of (s0+1), which differ at L = 3.
func (f errorCurves) rivalClaim(ours []measuredCurve) Claim {
	deep := func(samples []stat.Sample) []stat.Sample {
		return slices.DeleteFunc(samples, func(s stat.Sample) bool { return s.L == 2 })
	}
	mine, known := deep(f.measured(ours, half)), deep(f.known(half))
	few := ""
	if len(mine) < 2 {
		few = fmt.Sprintf("Curves at L = 3 that fall to half: %d; 2 are wanted. At L = 2 the two exponents are the same.", len(mine))
	}
	better := func(data []stat.Pair) float64 {
		if len(data) < 2 {
			return math.NaN()
		}
		return stat.Spread(data) / f.rivalSpread(data)
	}
	note := fmt.Sprintf("At error 0.50. Published: %s with %s, %s with %s.", stat.Short(stat.Spread(stat.Pairs(known))), f.wants[0], stat.Short(f.rivalSpread(stat.Pairs(known))), f.wants[1])
	if len(mine) > 1 {
		note = join(note, fmt.Sprintf("Ours: %s and %s.", stat.Short(stat.Spread(stat.Pairs(mine))), stat.Short(f.rivalSpread(stat.Pairs(mine)))))
	}
	return check{
		figure: f.name, sentence: fmt.Sprintf("the exponent is %s and not %s: max/min with %s over max/min with %s, L=3", f.wants[0], f.wants[1], f.wants[0], f.wants[1]),
		lo: 0, hi: 1, bound: "at most 1", few: few, of: countedCurves(mine),
		paper: stat.Bootstrap(known, better, false), ours: stat.Bootstrap(mine, better, false), note: note,
	}.claim()
}

// rivalSpread returns the spread with the other exponent.
func (f errorCurves) rivalSpread(data []stat.Pair) float64 {
	other := slices.Clone(data)
	for i, p := range other {
		other[i].X = f.scaleOf(p.Task, f.rival)
	}
	return stat.Spread(other)
}

func (f errorCurves) exponentClaim(ours []measuredCurve, l int) Claim {
	otherL := func(s stat.Sample) bool { return s.L != l }
	mine, known := slices.DeleteFunc(f.measured(ours, half), otherL), slices.DeleteFunc(f.known(half), otherL)
	want := float64(f.power(l))
	few := ""
	if len(mine) < 2 {
		few = fmt.Sprintf("Curves that fall to half: %d; 2 with different s0 are wanted.", len(mine))
	}
	e := stat.Bootstrap(mine, stat.Exponent, len(mine) >= minCurves)
	return check{
		figure: f.name, sentence: fmt.Sprintf("P at error 0.50 grows as (s0+1)^%d at L=%d: fitted exponent", f.power(l), l),
		lo: want - exponentTolerance, hi: want + exponentTolerance, few: few, of: countedCurves(mine),
		paper: stat.Bootstrap(known, stat.Exponent, len(known) >= minCurves), ours: e, note: rivals(e, f.power(l), l),
	}.claim()
}

// returnClaim compares our P* with that of the published curves, interpolated the same way.
func (f errorCurves) returnClaim(ours []measuredCurve) Claim {
	var ratios []stat.Sample
	var list []string
	for _, k := range f.known(epsilon) {
		for _, m := range f.measured(ours, epsilon) {
			p, ok := m.Values[paper.Grammar]
			if m.Task != k.Task || !ok {
				continue
			}
			theirs := k.Values[paper.Grammar]
			ratios = append(ratios, stat.Sample{Task: m.Task, X: 1, Unit: 1, Values: map[string]float64{paper.Grammar: p / theirs}})
			list = append(list, fmt.Sprintf("%v: %s published, %s ours", m.Task, stat.Short(theirs), stat.Short(p)))
		}
	}
	few, note := "", ""
	if len(ratios) < 2 {
		few = fmt.Sprintf("Curves to compare: %d; 2 are wanted.", len(ratios))
	}
	if len(list) > 0 {
		note = "P* of the curves, interpolated. " + strings.Join(list, "; ") + "."
	}
	return comeBack(f.gridStep, check{
		figure: f.name, sentence: "the P* of the published curves come back",
		ours: stat.Bootstrap(ratios, stat.MeanRatio, len(ratios) >= minCurves), of: countedCurves(ratios), few: few, note: note,
	})
}
