package figures

import (
	"cmp"
	"maps"
	"math"
	"math/rand/v2"
	"slices"

	"srhmbench/results/paper"
	"srhmbench/srhm"
	"srhmbench/srhm/sweep"
)

// sample is what fits need of a cell.
type sample struct {
	cell
	x, unit float64            // predicted P*, and n_c m^L
	values  map[string]float64 // P* by grammar
}

// pair is a cell with one value of P*.
type pair struct {
	cell
	x, unit, y float64
}

// samplesOf returns the cells that have a P*.
func samplesOf(cells []measured) []sample {
	var out []sample
	for _, m := range cells {
		if !m.found() {
			continue
		}
		s := sample{cell: m.cell, x: m.x, unit: m.unit, values: map[string]float64{}}
		for _, t := range m.trials {
			if t.unseen.Status == sweep.Found {
				s.values[t.search.Task.Grammar] = t.unseen.Value
			}
		}
		out = append(out, s)
	}
	return out
}

// publishedSamples returns the paper's own points. Their errors are not known.
func publishedSamples(points []paper.Point) []sample {
	out := make([]sample, len(points))
	for i, p := range points {
		out[i] = sample{
			cell: cellOf(p), x: p.X, unit: float64(p.NC) * math.Pow(float64(p.M), float64(p.L)),
			values: map[string]float64{authorsGrammar: p.Y},
		}
	}
	return out
}

func pairs(samples []sample) []pair {
	out := make([]pair, len(samples))
	for i, s := range samples {
		out[i] = s.pair(geometricMean(slices.Sorted(maps.Values(s.values))))
	}
	return out
}

func (s sample) pair(y float64) pair { return pair{s.cell, s.x, s.unit, y} }

func geometricMean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += math.Log(v)
	}
	return math.Exp(sum / float64(len(values)))
}

// slope is that of the straight line through log P* over log prediction.
func slope(data []pair) float64 {
	var n, sx, sy, sxx, sxy float64
	for _, p := range data {
		x, y := math.Log(p.x), math.Log(p.y)
		n, sx, sy, sxx, sxy = n+1, sx+x, sy+y, sxx+x*x, sxy+x*y
	}
	return ratio(n*sxy-sx*sy, n*sxx-sx*sx)
}

// ratio is NaN where the data do not vary.
func ratio(a, b float64) float64 {
	if math.Abs(b) < 1e-12 {
		return math.NaN()
	}
	return a / b
}

// spread is the largest P*/prediction over the smallest.
func spread(data []pair) float64 {
	if len(data) == 0 {
		return math.NaN()
	}
	byRatio := func(a, b pair) int { return cmp.Compare(a.y/a.x, b.y/b.x) }
	lo, hi := slices.MinFunc(data, byRatio), slices.MaxFunc(data, byRatio)
	return (hi.y / hi.x) / (lo.y / lo.x)
}

// exponent is that of (s0+1): the slope of log P*/(n_c m^L) over log(s0+1), with an intercept for each
// s, v and L, so that only cells that differ in s0 alone are compared.
func exponent(data []pair) float64 {
	groups := map[group][]pair{}
	for _, p := range data {
		k := group{p.s, p.v, p.l}
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
			mx, my = mx+math.Log(float64(p.s0+1))/n, my+math.Log(p.y/p.unit)/n
		}
		for _, p := range groups[k] {
			dx := math.Log(float64(p.s0+1)) - mx
			sxx, sxy = sxx+dx*dx, sxy+dx*(math.Log(p.y/p.unit)-my)
		}
	}
	return ratio(sxy, sxx)
}

// resamples is the number of bootstrap samples.
const resamples = 2000

// bootstrap adds a 95 % percentile interval to a statistic. Each resample draws grammars, the same for
// all s0 of a v and L, since rules that are easy at one s0 are easy at all; then, if wanted, cells. What a
// single grammar does to a cell shows only in the scatter of the cells. There is no interval if nothing
// can be drawn. The random stream is fixed.
func bootstrap(samples []sample, stat func([]pair) float64, drawCells bool) estimate {
	e := exactly(stat(pairs(samples)))
	if !e.known() {
		return nothing
	}
	r := newResampler(samples)
	var values []float64
	for range resamples {
		if v := stat(r.draw(drawCells)); !math.IsNaN(v) && !math.IsInf(v, 0) {
			values = append(values, v)
		}
	}
	if len(values) < resamples/2 || !r.varies && !drawCells {
		return e // too few resamples say anything
	}
	slices.Sort(values)
	tail := len(values) / 40
	e.low, e.high = values[tail], values[len(values)-1-tail]
	return e
}

// group is the cells of one s, v and L, which share their grammars.
type group struct{ s, v, l int }

type resampler struct {
	samples []sample
	names   map[group][]string // grammars
	random  *rand.Rand
	varies  bool // some cell has several grammars
}

func newResampler(samples []sample) *resampler {
	r := &resampler{samples: samples, names: map[group][]string{}, random: srhm.Stream("claims-bootstrap", uint64(len(samples)))}
	for _, s := range samples {
		k := group{s.s, s.v, s.l}
		r.names[k] = append(r.names[k], slices.Sorted(maps.Keys(s.values))...)
		r.varies = r.varies || len(s.values) > 1
	}
	for k, names := range r.names {
		slices.Sort(names)
		r.names[k] = slices.Compact(names)
	}
	return r
}

func (r *resampler) draw(drawCells bool) []pair {
	grammars := map[group][]string{}
	all := make([]pair, len(r.samples))
	for i, s := range r.samples {
		k := group{s.s, s.v, s.l}
		if grammars[k] == nil {
			grammars[k] = r.grammars(k)
		}
		all[i] = s.pair(s.value(grammars[k]))
	}
	if !drawCells {
		return all
	}
	out := make([]pair, len(all))
	for i := range out {
		out[i] = all[r.random.IntN(len(all))]
	}
	return out
}

// grammars draws, with replacement, from those that the cells of a group have.
func (r *resampler) grammars(k group) []string {
	out := make([]string, len(r.names[k]))
	for i := range out {
		out[i] = r.names[k][r.random.IntN(len(out))]
	}
	return out
}

// value is the P* of a cell for the grammars drawn; for all it has, if those are not among them.
func (s sample) value(grammars []string) float64 {
	var values []float64
	for _, g := range grammars {
		if v, ok := s.values[g]; ok {
			values = append(values, v)
		}
	}
	if len(values) == 0 {
		values = slices.Sorted(maps.Values(s.values))
	}
	return geometricMean(values)
}
