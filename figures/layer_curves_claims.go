package figures

import (
	"fmt"
	"math"

	"srhmbench/figures/series"
	"srhmbench/figures/stat"
	"srhmbench/internal/portable"
	"srhmbench/results/paper"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// Bounds of SPEC section 4, Figure 12, and of the collapse: an exponent wrong by 0.4 would separate the drops of s0 =
// 0 and 4 by a factor of 2.
const (
	plateauTolerance = 0.1
	layersSpread     = 2.0
	early            = 0.25 // of P*: a curve that begins later does not show its start
)

// claims judges which sensitivities fall, where they end, and whether their drops collapse.
func (f layerCurves) claims(ours []series.Measured) []Claim {
	out := []Claim{
		f.fallClaim(ours, "S", "S_{k,l} falls for k > l", true, func(q series.Quantity) bool { return q.Layer > q.Level }),
		f.fallClaim(ours, "S", "S_{k,l} stays for k ≤ l", false, func(q series.Quantity) bool { return q.Layer <= q.Level }),
		f.fallClaim(ours, "D", "D_{k,l} falls for k ≥ l", true, func(q series.Quantity) bool { return q.Layer >= q.Level }),
		f.fallClaim(ours, "D", "D_{k,l} stays for k < l", false, func(q series.Quantity) bool { return q.Layer < q.Level }),
	}
	for _, q := range f.plateaus {
		out = append(out, f.plateauClaim(ours, q))
	}
	out = append(out, f.allPlateausClaim(ours))
	return append(out, f.collapseClaim(ours, series.Second("S")), f.collapseClaim(ours, series.Second("D")))
}

// symbol returns the paper's name of a sensitivity.
func symbol(q series.Quantity) string {
	if q.Layer == output {
		return fmt.Sprintf("%s_{out,%d}", q.Of, q.Level)
	}
	return fmt.Sprintf("%s_{%d,%d}", q.Of, q.Layer, q.Level)
}

// finished returns our curves that are trained completely and did not break down at either end.
func finished(ours []series.Measured) []responses {
	var out []responses
	for _, m := range ours {
		first, last := m.Points[0], m.Points[len(m.Points)-1]
		if !m.Complete() || !series.Counts(first.Result.Outcome) || !series.Counts(last.Result.Outcome) {
			continue
		}
		r := responses{taskOf(m.Task), map[series.Quantity][]series.Reading{}}
		for _, q := range quantities() {
			r.readings[q] = m.Readings(q)
		}
		out = append(out, r)
	}
	return out
}

// minLayers is the least number of s0 for a claim.
const minLayers = 2

func fewCurves(n int) string {
	if n >= minLayers {
		return ""
	}
	return fmt.Sprintf("Curves from before the drop to behind it: %d; %d are wanted.", n, minLayers)
}

// fallClaim compares the ends of curves with their starts: the least fall of those that should fall, or the largest of
// those that should not.
func (f layerCurves) fallClaim(ours []series.Measured, of, sentence string, falls bool, which func(series.Quantity) bool) Claim {
	mine, worst, n := leftOver(finished(ours), of, falls, which)
	known, _, _ := leftOver(f.published(), of, falls, which)
	k := check{
		figure: f.name, sentence: sentence + ": smallest share left at large P", lo: series.Keeps, hi: math.Inf(1), bound: "more than two thirds",
		paper: known, ours: mine, of: fmt.Sprintf(" (%d curves)", n), few: fewCurves(n), note: worst,
	}
	if falls {
		k.sentence, k.lo, k.hi, k.bound = sentence+": largest share left at large P", 0, series.Keeps, "at most two thirds"
	}
	return k.claim()
}

// leftOver returns the last value over the first, for the curve that deviates most from what is claimed; that curve in
// words; and the number of tasks.
func leftOver(all []responses, of string, falls bool, which func(series.Quantity) bool) (worst stat.Estimate, name string, tasks int) {
	worst = stat.Unknown
	for _, r := range all {
		pstar := series.FirstCrossing(r.readings[series.Error], epsilon)
		counted := false
		for _, q := range quantities() {
			s := r.readings[q]
			if q.Of != of || !which(q) || len(s) < 2 || pstar.Status != sweep.Found || s[0].P > early*pstar.P {
				continue
			}
			counted = true
			if e := remainder(s[0].Value, s[len(s)-1].Value); !worst.Known() || falls == (e.Value > worst.Value) {
				worst, name = e, fmt.Sprintf("The extreme is %s at s0=%d.", symbol(q), r.S0)
			}
		}
		if counted {
			tasks++
		}
	}
	return worst, name, tasks
}

// remainder returns b/a with its 95 % interval; without one if the errors are not known.
func remainder(a, b spec.Estimate) stat.Estimate {
	e := stat.Exact(b.Value / a.Value)
	if a.Error > 0 {
		d := float64(1.96 * e.Value * portable.Hypot(a.Error/a.Value, b.Error/b.Value))
		e.Low, e.High = e.Value-d, e.Value+d
	}
	return e
}

// ends returns the last value of the curves: its mean over s0, its minimum and its maximum.
func ends(all []responses, q series.Quantity) (stat.Estimate, int) {
	e, n := stat.Estimate{Value: 0, Low: math.Inf(1), High: 0}, 0.0
	for _, r := range all {
		if s := r.readings[q]; len(s) > 0 {
			last := s[len(s)-1].Value
			e.Value, n = e.Value+last.Value, n+1
			d := float64(1.96 * last.Error)
			e.Low, e.High = min(e.Low, last.Value-d), max(e.High, last.Value+d)
		}
	}
	if n == 0 {
		return stat.Unknown, 0
	}
	e.Value /= n
	return e, int(n)
}

func (f layerCurves) plateauClaim(ours []series.Measured, q series.Quantity) Claim {
	mine, n := ends(finished(ours), q)
	known, _ := ends(f.published(), q)
	few := fewCurves(n)
	if f.v(ours) != layersV {
		few = "Another task than the published one at this scale."
	}
	return check{
		figure: f.name, sentence: symbol(q) + " at large P", lo: known.Value - plateauTolerance, hi: known.Value + plateauTolerance, bound: "within 0.1 of the published",
		paper: known, ours: mine, of: fmt.Sprintf(" (%d curves)", n), few: few,
		note: "Mean over s0 at the largest P, and from the least to the largest.",
	}.claim()
}

// allPlateausClaim compares every curve with the published one, and reports the largest difference.
func (f layerCurves) allPlateausClaim(ours []series.Measured) Claim {
	worst, n, name := stat.Unknown, 0, ""
	for _, mine := range finished(ours) {
		for _, known := range f.published() {
			if mine.Task != known.Task {
				continue
			}
			for _, q := range quantities() {
				a, b := mine.readings[q], known.readings[q]
				if q == series.Error || len(a) == 0 || len(b) == 0 {
					continue
				}
				x, y := a[len(a)-1].Value, b[len(b)-1].Value
				d := math.Abs(x.Value - y.Value)
				if n++; !worst.Known() || d > worst.Value {
					worst = stat.Estimate{Value: d, Low: max(d-float64(1.96*x.Error), 0), High: d + float64(1.96*x.Error)}
					name = fmt.Sprintf("Furthest is %s at s0=%d: %s published, %s ours.", symbol(q), mine.S0, stat.Short(y.Value), stat.Short(x.Value))
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
		paper: stat.Exact(0), ours: worst, of: fmt.Sprintf(" (%d curves)", n), few: few, note: join(name, "Each at its largest P, the published one further on."),
	}.claim()
}

// collapseClaim compares the P at which the drops are half-way.
func (f layerCurves) collapseClaim(ours []series.Measured, q series.Quantity) Claim {
	mine, known := f.drops(finished(ours), q), f.drops(f.published(), q)
	return check{
		figure: f.name, sentence: fmt.Sprintf("the drops of %s are one in P/(s0+1)^%s: max/min of it half-way", symbol(q), f.exponent), lo: 1, hi: layersSpread, bound: "at most " + stat.Short(layersSpread),
		paper: stat.Bootstrap(known, stat.Spread, false), ours: stat.Bootstrap(mine, stat.Spread, false), of: countedCurves(mine), few: fewCurves(len(mine)),
		note: join(f.unscaled(mine), "Half-way from the first value to the last."),
	}.claim()
}

// unscaled says how far apart the drops are before rescaling.
func (f layerCurves) unscaled(samples []stat.Sample) string {
	if len(samples) < minLayers {
		return ""
	}
	plain := stat.Pairs(samples)
	for i := range plain {
		plain[i].X = 1
	}
	return fmt.Sprintf("Max/min of P itself: %s.", stat.Short(stat.Spread(plain)))
}

func (f layerCurves) drops(all []responses, q series.Quantity) []stat.Sample {
	var out []stat.Sample
	for _, r := range all {
		if h := series.Halfway(r.readings[q]); h.Status == sweep.Found {
			out = append(out, stat.Sample{Task: r.Task, X: f.unit(r.Task), Unit: 1, Values: map[string]float64{paper.Grammar: h.P}})
		}
	}
	return out
}
