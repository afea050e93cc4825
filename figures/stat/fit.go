package stat

import (
	"cmp"
	"maps"
	"math"
	"math/rand/v2"
	"slices"

	"srhmbench/internal/portable"
	"srhmbench/results/paper"
	"srhmbench/srhm"
)

// Sample is what fits need of a task.
type Sample struct {
	paper.Task
	X, Unit float64            // predicted P*, and n_c m^L
	Values  map[string]float64 // P* by grammar
}

// Pair is a task with one value of P*.
type Pair struct {
	paper.Task
	X, Unit, Y float64
}

// Pairs returns every task with the geometric mean of its P*.
func Pairs(samples []Sample) []Pair {
	out := make([]Pair, len(samples))
	for i, s := range samples {
		out[i] = s.pair(GeometricMean(slices.Sorted(maps.Values(s.Values))))
	}
	return out
}

func (s Sample) pair(y float64) Pair { return Pair{s.Task, s.X, s.Unit, y} }

// Slope returns the slope of the straight line through log P* over log prediction.
func Slope(data []Pair) float64 {
	var n, sx, sy, sxx, sxy float64
	for _, p := range data {
		x, y := portable.Log(p.X), portable.Log(p.Y)
		n, sx, sy, sxx, sxy = n+1, sx+x, sy+y, sxx+float64(x*x), sxy+float64(x*y)
	}
	return ratio(float64(n*sxy)-float64(sx*sy), float64(n*sxx)-float64(sx*sx))
}

// ratio returns a/b; NaN where the data do not vary.
func ratio(a, b float64) float64 {
	if math.Abs(b) < 1e-12 {
		return math.NaN()
	}
	return a / b
}

// Spread returns the largest P*/prediction over the smallest.
func Spread(data []Pair) float64 {
	if len(data) == 0 {
		return math.NaN()
	}
	byRatio := func(a, b Pair) int { return cmp.Compare(a.Y/a.X, b.Y/b.X) }
	lo, hi := slices.MinFunc(data, byRatio), slices.MaxFunc(data, byRatio)
	return (hi.Y / hi.X) / (lo.Y / lo.X)
}

// Exponent returns the exponent of (s0+1): the slope of log P*/(n_c m^L) over log(s0+1), with an intercept for each
// s, v and L, so that only tasks that differ in s0 alone are compared.
func Exponent(data []Pair) float64 {
	groups := map[group][]Pair{}
	for _, p := range data {
		k := group{p.S, p.V, p.L}
		groups[k] = append(groups[k], p)
	}
	var sxx, sxy float64
	inOrder := func(a, b group) int {
		return cmp.Or(cmp.Compare(a.l, b.l), cmp.Compare(a.v, b.v), cmp.Compare(a.s, b.s))
	}
	for _, k := range slices.SortedFunc(maps.Keys(groups), inOrder) { // sums depend on it
		var mx, my float64
		n := float64(len(groups[k]))
		for _, p := range groups[k] {
			mx, my = mx+portable.Log(float64(p.S0+1))/n, my+portable.Log(p.Y/p.Unit)/n
		}
		for _, p := range groups[k] {
			dx := portable.Log(float64(p.S0+1)) - mx
			sxx, sxy = sxx+float64(dx*dx), sxy+float64(dx*(portable.Log(p.Y/p.Unit)-my))
		}
	}
	return ratio(sxy, sxx)
}

// resamples is the number of bootstrap samples.
const resamples = 2000

// Bootstrap adds a 95 % percentile interval to a statistic. Each resample draws grammars, the same for
// all s0 of a v and L, since rules that are easy at one s0 are easy at all; then, if wanted, tasks. What a
// single grammar does to a task shows only in the scatter of the tasks. There is no interval if nothing
// can be drawn. The random stream is fixed.
func Bootstrap(samples []Sample, stat func([]Pair) float64, drawTasks bool) Estimate {
	e := Exact(stat(Pairs(samples)))
	if !e.Known() {
		return Unknown
	}
	r := newResampler(samples)
	var values []float64
	for range resamples {
		if v := stat(r.draw(drawTasks)); !math.IsNaN(v) && !math.IsInf(v, 0) {
			values = append(values, v)
		}
	}
	if len(values) < resamples/2 || !r.varies && !drawTasks {
		return e // too few resamples say anything
	}
	slices.Sort(values)
	tail := len(values) / 40
	e.Low, e.High = values[tail], values[len(values)-1-tail]
	return e
}

// group is the tasks of one s, v and L, which share their grammars.
type group struct{ s, v, l int }

type resampler struct {
	samples []Sample
	names   map[group][]string // grammars
	random  *rand.Rand
	varies  bool // some task has several grammars
}

func newResampler(samples []Sample) *resampler {
	r := &resampler{samples: samples, names: map[group][]string{}, random: srhm.Stream("claims-bootstrap", uint64(len(samples)))}
	for _, s := range samples {
		k := group{s.S, s.V, s.L}
		r.names[k] = append(r.names[k], slices.Sorted(maps.Keys(s.Values))...)
		r.varies = r.varies || len(s.Values) > 1
	}
	for k, names := range r.names {
		slices.Sort(names)
		r.names[k] = slices.Compact(names)
	}
	return r
}

func (r *resampler) draw(drawTasks bool) []Pair {
	grammars := map[group][]string{}
	all := make([]Pair, len(r.samples))
	for i, s := range r.samples {
		k := group{s.S, s.V, s.L}
		if grammars[k] == nil {
			grammars[k] = r.grammars(k)
		}
		all[i] = s.pair(s.value(grammars[k]))
	}
	if !drawTasks {
		return all
	}
	out := make([]Pair, len(all))
	for i := range out {
		out[i] = all[r.random.IntN(len(all))]
	}
	return out
}

// grammars draws, with replacement, from those that the tasks of a group have.
func (r *resampler) grammars(k group) []string {
	out := make([]string, len(r.names[k]))
	for i := range out {
		out[i] = r.names[k][r.random.IntN(len(out))]
	}
	return out
}

// value is the P* of a task for the grammars drawn; for all it has, if those are not among them.
func (s Sample) value(grammars []string) float64 {
	var values []float64
	for _, g := range grammars {
		if v, ok := s.Values[g]; ok {
			values = append(values, v)
		}
	}
	if len(values) == 0 {
		values = slices.Sorted(maps.Values(s.Values))
	}
	return GeometricMean(values)
}
