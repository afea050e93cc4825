package figures

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// half is the error where curves are compared in the middle of their drop.
const half = 0.5

// claims judges the collapse, the exponents, and the published values.
func (f curves) claims(ours []course) []Claim {
	out := []Claim{f.collapseClaim(ours, half), f.collapseClaim(ours, epsilon), f.rivalClaim(ours)}
	for _, l := range []int{2, 3} {
		out = append(out, f.exponentClaim(ours, l))
	}
	return append(out, f.returnClaim(ours))
}

// measured returns the P at which our curves have an error, by grammar.
func (f curves) measured(ours []course, err float64) []sample {
	var out []sample
	for _, c := range ours {
		values := map[string]float64{}
		for g, points := range c.points {
			if p := curveOf(points, 1).passing(err); !math.IsNaN(p) {
				values[g] = p
			}
		}
		if len(values) > 0 {
			out = append(out, f.sample(c.cell, values))
		}
	}
	return out
}

// known is the same of the published curves.
func (f curves) known(err float64) []sample {
	var out []sample
	for _, c := range f.published() {
		if p := c.passing(err); !math.IsNaN(p) {
			out = append(out, f.sample(c.cell, map[string]float64{authorsGrammar: p}))
		}
	}
	return out
}

// passing is the P where the error first falls to a value, on straight lines over log P, which is how the curves are
// drawn; NaN if it does not.
func (c perClass) passing(err float64) float64 {
	for i := 1; i < len(c.p); i++ {
		if a, b := c.err[i-1], c.err[i]; a > err && b <= err {
			return c.p[i-1] * math.Pow(c.p[i]/c.p[i-1], (a-err)/(a-b))
		}
	}
	return math.NaN()
}

func (f curves) sample(c cell, values map[string]float64) sample {
	return sample{cell: c, x: f.scaleOf(c, f.power), unit: f.scaleOf(c, func(int) int { return 0 }), values: values}
}

func countedCurves(samples []sample) string { return fmt.Sprintf(" (%d curves)", len(samples)) }

// minCurves is how many make a collapse.
const minCurves = 3

func (f curves) collapseClaim(ours []course, err float64) Claim {
	mine, known := f.measured(ours, err), f.known(err)
	few := ""
	if len(mine) < minCurves {
		few = fmt.Sprintf("Curves that fall to this error: %d; %d are wanted.", len(mine), minCurves)
	}
	return check{
		figure: f.name, sentence: fmt.Sprintf("the curves are one in P/[(s0+1)^%s n_c m^L]: max/min of it at error %s", f.wants[0], short(err)),
		lo: 1, hi: f.spread, bound: "at most " + short(f.spread), few: few, of: countedCurves(mine),
		paper: bootstrap(known, spread, false), ours: bootstrap(mine, spread, false),
		note: join(f.range0(mine), fmt.Sprintf("Published %d of %d curves fall so far. Between points the error is linear in log P.", len(known), len(f.published()))),
	}.claim()
}

// range0 says where on the rescaled axis the curves are.
func (f curves) range0(samples []sample) string {
	if len(samples) == 0 {
		return ""
	}
	lo, hi := math.Inf(1), 0.0
	for _, p := range pairs(samples) {
		lo, hi = min(lo, p.y/p.x), max(hi, p.y/p.x)
	}
	return fmt.Sprintf("Ours from %s to %s.", short(lo), short(hi))
}

// rivalClaim compares the exponents of (s0+1) that differ at L = 3.
func (f curves) rivalClaim(ours []course) Claim {
	deep := func(samples []sample) []sample {
		return slices.DeleteFunc(samples, func(s sample) bool { return s.l == 2 })
	}
	mine, known := deep(f.measured(ours, half)), deep(f.known(half))
	few := ""
	if len(mine) < 2 {
		few = fmt.Sprintf("Curves at L = 3 that fall to half: %d; 2 are wanted. At L = 2 the two exponents are the same.", len(mine))
	}
	better := func(data []pair) float64 {
		if len(data) < 2 {
			return math.NaN()
		}
		return spread(data) / f.rivalSpread(data)
	}
	note := fmt.Sprintf("At error 0.50. Published: %s with %s, %s with %s.", short(spread(pairs(known))), f.wants[0], short(f.rivalSpread(pairs(known))), f.wants[1])
	if len(mine) > 1 {
		note = join(note, fmt.Sprintf("Ours: %s and %s.", short(spread(pairs(mine))), short(f.rivalSpread(pairs(mine)))))
	}
	return check{
		figure: f.name, sentence: fmt.Sprintf("the exponent is %s and not %s: max/min with %s over max/min with %s, L=3", f.wants[0], f.wants[1], f.wants[0], f.wants[1]),
		lo: 0, hi: 1, bound: "at most 1", few: few, of: countedCurves(mine),
		paper: bootstrap(known, better, false), ours: bootstrap(mine, better, false), note: note,
	}.claim()
}

// rivalSpread is the spread with the other exponent.
func (f curves) rivalSpread(data []pair) float64 {
	other := slices.Clone(data)
	for i, p := range other {
		other[i].x = f.scaleOf(p.cell, f.rival)
	}
	return spread(other)
}

func (f curves) exponentClaim(ours []course, l int) Claim {
	otherL := func(s sample) bool { return s.l != l }
	mine, known := slices.DeleteFunc(f.measured(ours, half), otherL), slices.DeleteFunc(f.known(half), otherL)
	want := float64(f.power(l))
	few := ""
	if len(mine) < 2 {
		few = fmt.Sprintf("Curves that fall to half: %d; 2 with different s0 are wanted.", len(mine))
	}
	e := bootstrap(mine, exponent, len(mine) >= minCurves)
	return check{
		figure: f.name, sentence: fmt.Sprintf("P at error 0.50 grows as (s0+1)^%d at L=%d: fitted exponent", f.power(l), l),
		lo: want - exponentTolerance, hi: want + exponentTolerance, few: few, of: countedCurves(mine),
		paper: bootstrap(known, exponent, len(known) >= minCurves), ours: e, note: rivals(e, f.power(l), l),
	}.claim()
}

// returnClaim compares P* with that of the published curves, interpolated alike.
func (f curves) returnClaim(ours []course) Claim {
	var ratios []sample
	var list []string
	for _, k := range f.known(epsilon) {
		for _, m := range f.measured(ours, epsilon) {
			p, ok := m.values[authorsGrammar]
			if m.cell != k.cell || !ok {
				continue
			}
			theirs := k.values[authorsGrammar]
			ratios = append(ratios, sample{cell: m.cell, x: 1, unit: 1, values: map[string]float64{authorsGrammar: p / theirs}})
			list = append(list, fmt.Sprintf("%v: %s published, %s ours", m.cell, short(theirs), short(p)))
		}
	}
	few, note := "", ""
	if len(ratios) < 2 {
		few = fmt.Sprintf("Curves to compare: %d; 2 are wanted.", len(ratios))
	}
	if len(list) > 0 {
		note = "P* of the curves, interpolated. " + strings.Join(list, "; ") + "."
	}
	return comeBack(f.step, check{
		figure: f.name, sentence: "the P* of the published curves come back",
		ours: bootstrap(ratios, meanRatio, len(ratios) >= minCurves), of: countedCurves(ratios), few: few, note: note,
	})
}
