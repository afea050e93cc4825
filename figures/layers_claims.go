package figures

import (
	"fmt"
	"math"

	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// Bounds of SPEC section 4, Figure 12, and of the collapse: with an exponent wrong by 0.4 the drops of s0 = 0 and 4
// were a factor of 2 apart.
const (
	plateauTolerance = 0.1
	layersSpread     = 2.0
	early            = 0.25 // of P*: a curve that begins later does not show what it falls from
)

// claims judges which sensitivities fall, where they end, and whether their drops are one.
func (f layers) claims(ours []climb) []Claim {
	out := []Claim{
		f.fallClaim(ours, "S", "S_{k,l} falls for k > l", true, func(q quantity) bool { return q.layer > q.level }),
		f.fallClaim(ours, "S", "S_{k,l} stays for k ≤ l", false, func(q quantity) bool { return q.layer <= q.level }),
		f.fallClaim(ours, "D", "D_{k,l} falls for k ≥ l", true, func(q quantity) bool { return q.layer >= q.level }),
		f.fallClaim(ours, "D", "D_{k,l} stays for k < l", false, func(q quantity) bool { return q.layer < q.level }),
	}
	for _, q := range f.plateaus {
		out = append(out, f.plateauClaim(ours, q))
	}
	out = append(out, f.allPlateausClaim(ours))
	return append(out, f.collapseClaim(ours, second("S")), f.collapseClaim(ours, second("D")))
}

func (q quantity) String() string {
	if q.layer == output {
		return fmt.Sprintf("%s_{out,%d}", q.of, q.level)
	}
	return fmt.Sprintf("%s_{%d,%d}", q.of, q.layer, q.level)
}

// finished returns our curves that are trained to the end, and did not break down at either.
func finished(ours []climb) []responses {
	var out []responses
	for _, c := range ours {
		first, last := c.rungs[0], c.rungs[len(c.rungs)-1]
		if !c.whole() || !counts(first.result.Outcome) || !counts(last.result.Outcome) {
			continue
		}
		r := responses{c.cell, map[quantity][]spot{}}
		for _, q := range quantities() {
			r.spots[q] = c.spots(q)
		}
		out = append(out, r)
	}
	return out
}

// minLayers is the number of s0 that a claim takes.
const minLayers = 2

func fewCurves(n int) string {
	if n >= minLayers {
		return ""
	}
	return fmt.Sprintf("Curves from before the drop to behind it: %d; %d are wanted.", n, minLayers)
}

// fallClaim compares the ends of curves with their beginnings: by the least fall of those that should, or the largest
// of those that should not.
func (f layers) fallClaim(ours []climb, of, sentence string, falls bool, which func(quantity) bool) Claim {
	mine, worst, n := leftOver(finished(ours), of, falls, which)
	known, _, _ := leftOver(f.published(), of, falls, which)
	k := check{
		figure: f.name, sentence: sentence + ": smallest share left at large P", lo: keeps, hi: math.Inf(1), bound: "more than two thirds",
		paper: known, ours: mine, of: fmt.Sprintf(" (%d curves)", n), few: fewCurves(n), note: worst,
	}
	if falls {
		k.sentence, k.lo, k.hi, k.bound = sentence+": largest share left at large P", 0, keeps, "at most two thirds"
	}
	return k.claim()
}

// leftOver returns the last value over the first of the curve that is furthest from what is said of it, which one that
// is, and among how many tasks.
func leftOver(all []responses, of string, falls bool, which func(quantity) bool) (worst estimate, name string, tasks int) {
	worst = nothing
	for _, r := range all {
		pstar := firstFall(r.spots[testError], epsilon)
		counted := false
		for _, q := range quantities() {
			s := r.spots[q]
			if q.of != of || !which(q) || len(s) < 2 || pstar.status != sweep.Found || s[0].p > early*pstar.p {
				continue
			}
			counted = true
			if e := remainder(s[0].value, s[len(s)-1].value); !worst.known() || falls == (e.value > worst.value) {
				worst, name = e, fmt.Sprintf("The extreme is %v at s0=%d.", q, r.s0)
			}
		}
		tasks += b2i(counted)
	}
	return worst, name, tasks
}

// remainder is b/a with its 95 % interval; without one if the errors are not known.
func remainder(a, b spec.Estimate) estimate {
	e := exactly(b.Value / a.Value)
	if a.Error > 0 {
		d := 1.96 * e.value * math.Hypot(a.Error/a.Value, b.Error/b.Value)
		e.low, e.high = e.value-d, e.value+d
	}
	return e
}

// ends returns the mean over s0 of the last value of curves, from the least to the largest.
func ends(all []responses, q quantity) (estimate, int) {
	e, n := estimate{0, math.Inf(1), 0}, 0.0
	for _, r := range all {
		if s := r.spots[q]; len(s) > 0 {
			last := s[len(s)-1].value
			e.value, n = e.value+last.Value, n+1
			e.low, e.high = min(e.low, last.Value-1.96*last.Error), max(e.high, last.Value+1.96*last.Error)
		}
	}
	if n == 0 {
		return nothing, 0
	}
	e.value /= n
	return e, int(n)
}

func (f layers) plateauClaim(ours []climb, q quantity) Claim {
	mine, n := ends(finished(ours), q)
	known, _ := ends(f.published(), q)
	few := fewCurves(n)
	if f.v(ours) != layersV {
		few = "Another task than the published one at this scale."
	}
	return check{
		figure: f.name, sentence: fmt.Sprintf("%v at large P", q), lo: known.value - plateauTolerance, hi: known.value + plateauTolerance, bound: "within 0.1 of the published",
		paper: known, ours: mine, of: fmt.Sprintf(" (%d curves)", n), few: few,
		note: "Mean over s0 at the largest P, and from the least to the largest.",
	}.claim()
}

// allPlateausClaim compares every curve with the published one, by the one that is furthest.
func (f layers) allPlateausClaim(ours []climb) Claim {
	worst, n, name := nothing, 0, ""
	for _, mine := range finished(ours) {
		for _, known := range f.published() {
			if mine.cell != known.cell {
				continue
			}
			for _, q := range quantities() {
				a, b := mine.spots[q], known.spots[q]
				if q == testError || len(a) == 0 || len(b) == 0 {
					continue
				}
				x, y := a[len(a)-1].value, b[len(b)-1].value
				d := math.Abs(x.Value - y.Value)
				if n++; !worst.known() || d > worst.value {
					worst = estimate{d, max(d-1.96*x.Error, 0), d + 1.96*x.Error}
					name = fmt.Sprintf("Furthest is %v at s0=%d: %s published, %s ours.", q, mine.s0, short(y.Value), short(x.Value))
				}
			}
		}
	}
	few := ""
	if n == 0 {
		few = "No finished curve of the published task."
	}
	return check{
		figure: f.name, sentence: "all S_{k,l} and D_{k,l} at large P are the published ones: largest difference", lo: 0, hi: plateauTolerance, bound: "at most 0.1",
		paper: exactly(0), ours: worst, of: fmt.Sprintf(" (%d curves)", n), few: few, note: join(name, "Each at its largest P, the published one further on."),
	}.claim()
}

// collapseClaim compares the P half-way of the drops.
func (f layers) collapseClaim(ours []climb, q quantity) Claim {
	mine, known := f.drops(finished(ours), q), f.drops(f.published(), q)
	return check{
		figure: f.name, sentence: fmt.Sprintf("the drops of %v are one in P/(s0+1)^%s: max/min of it half-way", q, f.exponent), lo: 1, hi: layersSpread, bound: "at most " + short(layersSpread),
		paper: bootstrap(known, spread, false), ours: bootstrap(mine, spread, false), of: countedCurves(mine), few: fewCurves(len(mine)),
		note: join(f.unscaled(mine), "Half-way from the first value to the last."),
	}.claim()
}

// unscaled says how far apart the drops are as they are.
func (f layers) unscaled(samples []sample) string {
	if len(samples) < minLayers {
		return ""
	}
	plain := pairs(samples)
	for i := range plain {
		plain[i].x = 1
	}
	return fmt.Sprintf("Max/min of P itself: %s.", short(spread(plain)))
}

func (f layers) drops(all []responses, q quantity) []sample {
	var out []sample
	for _, r := range all {
		if h := halfway(r.spots[q]); h.status == sweep.Found {
			out = append(out, sample{cell: r.cell, x: f.unit(r.cell), unit: 1, values: map[string]float64{authorsGrammar: h.p}})
		}
	}
	return out
}
