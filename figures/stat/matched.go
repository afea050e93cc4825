package stat

import (
	"maps"
	"slices"

	"srhmbench/internal/portable"
)

// Matched leaves in every unit the grammars that all of its tasks have: what a grammar does to P* must not look like
// what s0 does. A unit without such a grammar keeps all.
func Matched(samples []Sample) []Sample {
	count := map[Unit]map[string]int{}
	tasks := map[Unit]int{}
	for _, s := range samples {
		u := UnitOf(s.Task)
		if count[u] == nil {
			count[u] = map[string]int{}
		}
		tasks[u]++
		for g := range s.Values {
			count[u][g]++
		}
	}
	out := slices.Clone(samples)
	for i, s := range out {
		u := UnitOf(s.Task)
		values := maps.Clone(s.Values)
		maps.DeleteFunc(values, func(g string, _ float64) bool { return count[u][g] < tasks[u] })
		if len(values) > 0 {
			out[i].Values = values
		}
	}
	return out
}

// OnMatched turns a statistic of pairs into one of samples with matched grammars.
func OnMatched(statistic func([]Pair) float64) func([]Sample) float64 {
	return func(samples []Sample) float64 { return statistic(Pairs(Matched(samples))) }
}

// S0Exponent returns the exponent of (s0+1): the slope of log P*/(n_c m^L) over log(s0+1), with an intercept for every
// grammar of every unit, so that it compares only tasks that differ in s0 alone. NaN where there are none.
func S0Exponent(samples []Sample) float64 {
	type line struct {
		Unit
		grammar string
	}
	lines := map[line][]Pair{}
	var order []line // sums depend on it
	for _, s := range samples {
		for _, g := range slices.Sorted(maps.Keys(s.Values)) {
			k := line{UnitOf(s.Task), g}
			if lines[k] == nil {
				order = append(order, k)
			}
			lines[k] = append(lines[k], s.pair(s.Values[g]))
		}
	}
	var sxx, sxy float64
	for _, k := range order {
		var mx, my float64
		n := float64(len(lines[k]))
		for _, p := range lines[k] {
			mx, my = mx+portable.Log(float64(p.S0+1))/n, my+portable.Log(p.Y/p.Unit)/n
		}
		for _, p := range lines[k] {
			dx := portable.Log(float64(p.S0+1)) - mx
			sxx, sxy = sxx+float64(dx*dx), sxy+float64(dx*(portable.Log(p.Y/p.Unit)-my))
		}
	}
	return ratio(sxy, sxx)
}
