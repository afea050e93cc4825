package figures

import (
	"math"
	"slices"

	"srhmbench/figures/series"
	"srhmbench/internal/portable"
	"srhmbench/results/paper"
	"srhmbench/srhm"
	"srhmbench/srhm/sweep"
)

// errorCurves is a figure of test errors against P, plain and rescaled, at sparsity B: Figures 7 and 8.
type errorCurves struct {
	name, title string // "7"
	kind        string // kind of network
	v           int    // the paper's
	label       string // of the rescaled axis
	power       func(l int) int
	rival       func(l int) int          // the exponent that the paper gives the other network
	wants       [2]string                // power and rival in words
	rescaled    []float64                // sizes P/[(s0+1)^power n_c m^L] where the paper has no curve
	gridStep    float64                  // between the authors' sizes
	spread      float64                  // max/min that counts as a collapse
	rate        func(paper.Task) float64 // learning rate at paper scale, if not that of the other figures
	notes       []string                 // what a reader should know of the published figure
}

// figure returns the figure.
func (f errorCurves) figure() Figure {
	return Figure{Name: f.name, Title: f.title, Plan: f.plan, Draw: f.draw}
}

// errorCurve is a task at several P: one series for each of its grammars.
type errorCurve struct {
	paper.Task
	width    int
	grammars []string
	sizes    []int
}

// curves returns what a scale draws.
func (f errorCurves) curves(scale Scale) []errorCurve {
	three := []string{paper.Grammar, "random:1", "random:2"}
	switch scale {
	case Smoke:
		return []errorCurve{f.spaced(paper.Task{S: 2, V: 4, S0: 1, L: 2}, 64)}
	case Quick:
		// At L = 3 and the paper's v a curve takes half an hour. Narrow networks learn from fewer samples there, but
		// hardly so at v = 4.
		return []errorCurve{
			f.around(paper.Task{S: 2, V: f.v, S0: 1, L: 2}, three[:2]), f.around(paper.Task{S: 2, V: f.v, S0: 2, L: 2}, three[:1]), f.around(paper.Task{S: 2, V: f.v, S0: 4, L: 2}, three[:1]),
			f.spaced(paper.Task{S: 2, V: 4, S0: 1, L: 3}, 128),
		}
	}
	var out []errorCurve
	for _, c := range f.published() {
		out = append(out, errorCurve{Task: c.Task, width: 512, grammars: three[:1], sizes: c.until(2, 0.01)})
	}
	return out
}

// spaced returns a curve that the paper does not have.
func (f errorCurves) spaced(t paper.Task, width int) errorCurve {
	c := errorCurve{Task: t, width: width, grammars: []string{paper.Grammar}}
	for _, x := range f.rescaled {
		c.sizes = append(c.sizes, int(x*f.scaleOf(t, f.power)))
	}
	return c
}

// around returns a curve at the paper's sizes around the drop.
func (f errorCurves) around(t paper.Task, grammars []string) errorCurve {
	c := errorCurve{Task: t, width: 128, grammars: grammars}
	for _, p := range f.published() {
		if p.Task == t {
			c.sizes = p.drop(0.6, 0.05)
		}
	}
	return c
}

// scaleOf returns (s0+1)^power n_c m^L.
func (f errorCurves) scaleOf(t paper.Task, power func(l int) int) float64 {
	k := on(paper.Grammar, t)
	return portable.Pow(float64(k.S0+1), float64(power(k.L))) * float64(k.NC) * portable.Pow(float64(k.M), float64(k.L))
}

// publishedCurve is the paper's curve of a task.
type publishedCurve struct {
	paper.Task
	series.Curve
}

// published returns the paper's curves, in its order.
func (f errorCurves) published() []publishedCurve {
	var out []publishedCurve
	for _, p := range paper.Points(f.name, "left") {
		t := p.Task()
		i := slices.IndexFunc(out, func(o publishedCurve) bool { return o.Task == t })
		if i < 0 {
			i = len(out)
			out = append(out, publishedCurve{Task: t})
		}
		out[i].P, out[i].Error = append(out[i].P, p.X), append(out[i].Error, p.Y)
	}
	return out
}

// until returns the sizes up to the n-th whose error is below a bound: beyond it nothing happens, and training costs
// most.
func (c publishedCurve) until(n int, bound float64) []int {
	var sizes []int
	for i, p := range c.P {
		if sizes = append(sizes, int(math.Round(p))); c.Error[i] < bound {
			if n--; n == 0 {
				break
			}
		}
	}
	return sizes
}

// drop returns the sizes from the last with an error above one bound to the first with an error below the other.
func (c publishedCurve) drop(above, below float64) []int {
	sizes := c.until(1, below)
	first := 0
	for i := range sizes {
		if c.Error[i] > above {
			first = i
		}
	}
	return sizes[first:]
}

func (f errorCurves) plan(scale Scale) sweep.Plan {
	var p sweep.Plan
	for _, c := range f.curves(scale) {
		p.Runs = append(p.Runs, series.Plan(f.series(scale, c)...).Runs...)
	}
	return p
}

// series returns the trainings of a curve, grammar by grammar.
func (f errorCurves) series(scale Scale, c errorCurve) []series.Series {
	how := protocol(scale, f.kind, c.Task)
	how.StopError = 0.01 // a smaller error does not show in the picture
	if scale == Paper {
		how.StopError = 0
		if f.rate != nil {
			how.LR = f.rate(c.Task)
		}
	}
	var out []series.Series
	for _, grammar := range c.grammars {
		t := on(grammar, c.Task)
		t.Sparsity = srhm.SparsityB
		out = append(out, series.Series{Task: t, Network: network(f.kind, c.width), Protocol: how, Seed: seed, Sizes: c.sizes})
	}
	return out
}

// measuredCurve is a curve as far as it is trained.
type measuredCurve struct {
	errorCurve
	points map[string][]sweep.Point // by grammar, increasing P
}

func (f errorCurves) measure(src Source, scale Scale) []measuredCurve {
	var out []measuredCurve
	for _, c := range f.curves(scale) {
		m := measuredCurve{errorCurve: c, points: map[string][]sweep.Point{}}
		for _, s := range series.MeasureAll(src.Get, f.series(scale, c)) {
			m.points[s.Task.Grammar] = s.Trained()
		}
		out = append(out, m)
	}
	return out
}

func (f errorCurves) draw(src Source, scale Scale) (Drawing, error) {
	ours := f.measure(src, scale)
	return Drawing{Page: f.page(ours, scale), Data: f.table(ours), Claims: f.claims(ours)}, nil
}

func (f errorCurves) table(ours []measuredCurve) Table {
	t := Table{Columns: []string{"series", "network", "sparsity", "s", "s0", "L", "v", "grammar", "P", "rescaled", "error", "fresh_error", "outcome", "run"}}
	for _, c := range f.published() {
		for i, p := range c.P {
			t.Add("paper", f.kind, "B", c.S, c.S0, c.L, c.V, paper.Grammar, p, p/f.scaleOf(c.Task, f.power), c.Error[i], "", "", "")
		}
	}
	for _, c := range ours {
		for _, g := range c.grammars {
			for _, p := range c.points[g] {
				t.Add("ours", f.kind, "B", c.S, c.S0, c.L, c.V, g, p.P, float64(p.P)/f.scaleOf(c.Task, f.power), p.Error, p.FreshError, string(p.Outcome), p.ID)
			}
		}
	}
	return t
}
