package stat

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"srhmbench/internal/portable"
	"srhmbench/results/paper"
)

// Unit is what is resampled: the tasks of one s, v and L. They have their rules in common, so that they are easy or
// hard together, and their number is not the number of independent measurements.
type Unit struct{ S, V, L int }

// UnitOf returns the unit of a task.
func UnitOf(t paper.Task) Unit { return Unit{t.S, t.V, t.L} }

// Units lists the units of samples in order, each once.
func Units(samples []Sample) []Unit {
	seen := map[Unit]bool{}
	for _, s := range samples {
		seen[UnitOf(s.Task)] = true
	}
	return slices.SortedFunc(maps.Keys(seen), func(a, b Unit) int {
		return cmp.Or(cmp.Compare(a.L, b.L), cmp.Compare(a.V, b.V), cmp.Compare(a.S, b.S))
	})
}

// MinUnits is the least number of units with an interval: fewer do not tell how far apart units are.
const MinUnits = 4

// Jackknife returns a statistic of samples with a 95 % interval from leaving out one unit at a time: Student's t on
// the pseudo-values. Below MinUnits, or where the statistic needs a unit that is left out, there is no interval.
func Jackknife(samples []Sample, statistic func([]Sample) float64) Estimate {
	e := Exact(statistic(samples))
	if !e.Known() {
		return Unknown
	}
	units := Units(samples)
	n := float64(len(units))
	if len(units) < MinUnits {
		return e
	}
	var pseudo []float64
	for _, u := range units {
		rest := slices.DeleteFunc(slices.Clone(samples), func(s Sample) bool { return UnitOf(s.Task) == u })
		without := statistic(rest)
		if math.IsNaN(without) || math.IsInf(without, 0) {
			return e
		}
		pseudo = append(pseudo, float64(n*e.Value)-float64((n-1)*without))
	}
	d := float64(TQuantile(len(pseudo)-1) * standardError(pseudo))
	e.Low, e.High = e.Value-d, e.Value+d
	return e
}

// MeanOf returns the mean of values, one from each unit, with Student's 95 % interval; without it below MinUnits.
func MeanOf(values []float64) Estimate {
	if len(values) == 0 {
		return Unknown
	}
	e := Exact(Mean(slices.Clone(values)))
	if len(values) >= MinUnits {
		d := float64(TQuantile(len(values)-1) * standardError(values))
		e.Low, e.High = e.Value-d, e.Value+d
	}
	return e
}

// UnitMean returns the geometric mean of P*/prediction over units, each with the mean over its tasks.
func UnitMean(samples []Sample) Estimate {
	logs := map[Unit][]float64{}
	for _, p := range Pairs(Matched(samples)) {
		logs[UnitOf(p.Task)] = append(logs[UnitOf(p.Task)], portable.Log(p.Y/p.X))
	}
	var means []float64
	for _, u := range Units(samples) {
		means = append(means, Mean(logs[u]))
	}
	return MeanOf(means).exp()
}

// exp turns the estimate of a logarithm into one of the number.
func (e Estimate) exp() Estimate {
	return Estimate{portable.Exp(e.Value), portable.Exp(e.Low), portable.Exp(e.High)}
}

// standardError returns that of the mean of values.
func standardError(values []float64) float64 {
	n := float64(len(values))
	mean, sum := Mean(slices.Clone(values)), 0.0
	for _, v := range values {
		sum += float64((v - mean) * (v - mean))
	}
	return math.Sqrt(sum / (n - 1) / n)
}

// tQuantiles are the 97.5 % quantiles of Student's t with 1, 2, … degrees of freedom.
var tQuantiles = []float64{
	12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281,
	2.2010, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860,
	2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
}

// TQuantile returns the 97.5 % quantile of Student's t. Above 30 degrees of freedom it is that of 30, a little too
// large.
func TQuantile(degrees int) float64 { return tQuantiles[min(degrees, len(tQuantiles))-1] }

// Share returns k of n with the 95 % interval of Clopper and Pearson; unknown for n = 0.
func Share(k, n int) Estimate {
	if n == 0 {
		return Unknown
	}
	e := Estimate{float64(k) / float64(n), 0, 1}
	if k > 0 { // where k or more have a chance of 2.5 %
		e.Low = bisect(func(p float64) bool { return atLeast(k, n, p) < 0.025 })
	}
	if k < n { // where k or fewer have
		e.High = bisect(func(p float64) bool { return atLeast(k+1, n, p) < 0.975 })
	}
	return e
}

// bisect returns the p in [0, 1] up to which a condition holds.
func bisect(holds func(p float64) bool) float64 {
	low, high := 0.0, 1.0
	for range 60 {
		if p := float64((low + high) / 2); holds(p) {
			low = p
		} else {
			high = p
		}
	}
	return float64((low + high) / 2)
}

// atLeast returns the chance of k or more successes in n trials, each with chance p.
func atLeast(k, n int, p float64) float64 {
	chances := make([]float64, n+1) // of j successes in the trials so far
	chances[0] = 1
	for trial := range n {
		for j := trial + 1; j > 0; j-- {
			chances[j] = float64(chances[j]*(1-p)) + float64(chances[j-1]*p)
		}
		chances[0] *= 1 - p
	}
	sum := 0.0
	for _, c := range chances[k:] {
		sum += c
	}
	return sum
}
