package figures

import (
	"fmt"
	"math"
	"slices"

	"srhmbench/results/paper"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// curves is a figure of test errors against P, as they are and rescaled: Figures 7 and 8, sparsity B.
type curves struct {
	name   string // "7"
	kind   string // of network
	v      int    // of the paper
	label  string // of the rescaled axis
	power  func(l int) int
	rival  func(l int) int    // the exponent of the other network
	wants  [2]string          // the two exponents in words
	steps  []float64          // of P/[(s0+1)^power n_c m^L] where the paper has no curve
	step   float64            // of the authors' grid
	spread float64            // that a collapse may leave
	rate   func(cell) float64 // lr, where it is not that of the other figures; may be nil
	notes  []string           // what to know of the published figure
}

// strand is one curve: a task at several P, for one grammar or more.
type strand struct {
	cell
	width    int
	grammars []string
	sizes    []int
}

// strands says which curves a scale draws.
func (f curves) strands(scale Scale) []strand {
	three := []string{authorsGrammar, "random:1", "random:2"}
	switch scale {
	case Smoke:
		return []strand{f.spaced(cell{2, 4, 1, 2}, 64)}
	case Quick:
		// At L = 3 and the paper's v a curve takes half an hour; narrow networks learn from fewer data there, but
		// at v = 4 from hardly fewer.
		return []strand{
			f.around(cell{2, f.v, 1, 2}, three[:2]), f.around(cell{2, f.v, 2, 2}, three[:1]), f.around(cell{2, f.v, 4, 2}, three[:1]),
			f.spaced(cell{2, 4, 1, 3}, 128),
		}
	}
	var out []strand
	for _, s := range f.published() {
		sizes := s.until(2, 0.01)
		out = append(out, strand{cell: s.cell, width: 512, grammars: three[:1], sizes: sizes})
	}
	return out
}

// spaced is a curve that the paper does not have.
func (f curves) spaced(c cell, width int) strand {
	s := strand{cell: c, width: width, grammars: []string{authorsGrammar}}
	for _, x := range f.steps {
		s.sizes = append(s.sizes, int(x*f.scaleOf(c, f.power)))
	}
	return s
}

// around is a curve at the sizes of the paper where the error falls.
func (f curves) around(c cell, grammars []string) strand {
	s := strand{cell: c, width: 128, grammars: grammars}
	for _, p := range f.published() {
		if p.cell == c {
			s.sizes = p.drop(0.6, 0.05)
		}
	}
	return s
}

// scaleOf is (s0+1)^power n_c m^L.
func (f curves) scaleOf(c cell, power func(l int) int) float64 {
	t := c.task(authorsGrammar)
	return math.Pow(float64(t.S0+1), float64(power(t.L))) * float64(t.NC) * math.Pow(float64(t.M), float64(t.L))
}

// theirs is a published curve.
type theirs struct {
	cell
	perClass
}

// published returns the curves of the paper, in its order.
func (f curves) published() []theirs {
	var out []theirs
	for _, p := range paper.Points(f.name, "left") {
		c := cellOf(p)
		i := slices.IndexFunc(out, func(o theirs) bool { return o.cell == c })
		if i < 0 {
			i = len(out)
			out = append(out, theirs{cell: c})
		}
		out[i].p, out[i].err = append(out[i].p, p.X), append(out[i].err, p.Y)
	}
	return out
}

// until returns the sizes up to the n-th with an error below a bound: beyond, nothing happens any more and a
// training costs most.
func (t theirs) until(n int, bound float64) []int {
	var sizes []int
	for i, p := range t.p {
		if sizes = append(sizes, int(math.Round(p))); t.err[i] < bound {
			if n--; n == 0 {
				break
			}
		}
	}
	return sizes
}

// drop returns the sizes from the last with an error above a bound to the first with one below another.
func (t theirs) drop(above, below float64) []int {
	sizes := t.until(1, below)
	first := 0
	for i := range sizes {
		if t.err[i] > above {
			first = i
		}
	}
	return sizes[first:]
}

func (f curves) plan(scale Scale) sweep.Plan {
	var p sweep.Plan
	for _, s := range f.strands(scale) {
		for _, g := range s.grammars {
			for _, size := range s.sizes {
				p.Runs = append(p.Runs, f.run(scale, s, g, size))
			}
		}
	}
	return p
}

func (f curves) run(scale Scale, s strand, grammar string, size int) spec.Run {
	t := s.task(grammar)
	t.Sparsity = srhm.SparsityB
	how := protocol(scale, f.kind, s.cell)
	if f.rate != nil {
		how.LR = f.rate(s.cell)
	}
	how.StopError = 0.01 // less is not seen in the picture
	if scale == Paper {
		how.StopError = 0
	}
	return sweep.Search{Task: t, Network: network(f.kind, s.width), Protocol: how, Seed: seed}.RunAt(size)
}

// course is a strand with what became of its trainings.
type course struct {
	strand
	points map[string][]sweep.Point // by grammar, increasing P
}

func (f curves) courses(src Source, scale Scale) []course {
	var out []course
	for _, s := range f.strands(scale) {
		c := course{strand: s, points: map[string][]sweep.Point{}}
		for _, g := range s.grammars {
			for _, size := range s.sizes {
				run := f.run(scale, s, g, size)
				if r, ok := src.Get(run.ID()); ok {
					c.points[g] = append(c.points[g], sweep.PointOf(run, r))
				}
			}
		}
		out = append(out, c)
	}
	return out
}

func (f curves) draw(src Source, scale Scale) (Drawing, error) {
	ours := f.courses(src, scale)
	return Drawing{Page: f.page(ours, scale), Data: f.table(ours), Claims: f.claims(ours)}, nil
}

func (f curves) table(ours []course) Table {
	t := Table{Columns: []string{"series", "network", "sparsity", "s", "s0", "L", "v", "grammar", "P", "rescaled", "error", "fresh_error", "outcome", "run"}}
	for _, c := range f.published() {
		for i, p := range c.p {
			t.add("paper", f.kind, "B", c.s, c.s0, c.l, c.v, authorsGrammar, p, p/f.scaleOf(c.cell, f.power), c.err[i], "", "", "")
		}
	}
	for _, c := range ours {
		for _, g := range c.grammars {
			for _, p := range c.points[g] {
				t.add("ours", f.kind, "B", c.s, c.s0, c.l, c.v, g, p.P, float64(p.P)/f.scaleOf(c.cell, f.power), p.Error, p.FreshError, string(p.Outcome), p.ID)
			}
		}
	}
	return t
}

func (c cell) String() string { return fmt.Sprintf("v %d, s0 %d, L %d", c.v, c.s0, c.l) }
