package figures

import (
	"math"
	"slices"

	"srhmbench/results/paper"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// ladder is one task trained at several sizes, where every training is probed: of the same networks one knows the
// test error and the sensitivities. Figures 6, 11, 14 and 16 ask where these fall, Figures 12 and 15 show how.
type ladder struct {
	kind string // of network
	cell
	width int
	how   spec.Protocol
	sizes []int
}

func (l ladder) run(size int) spec.Run {
	s := sweep.Search{Task: l.task(authorsGrammar), Network: network(l.kind, l.width), Protocol: l.how, Seed: seed}
	run := s.RunAt(size)
	run.Probe.Inputs = spec.ProbeInputs
	return run
}

// planOf is the trainings of ladders.
func planOf(ladders []ladder) sweep.Plan {
	var p sweep.Plan
	for _, l := range ladders {
		for _, size := range l.sizes {
			p.Runs = append(p.Runs, l.run(size))
		}
	}
	return p
}

// fcn2 is the fully connected networks of Figure 16.
var fcn2 = family{spec.FCN, 2}

// probedPanels says where the paper has P*_S and P*_D of a family: figure, panel of P*_S, panel of P*_D.
var probedPanels = map[family][3]string{
	lcn2: {"6", "C", "D"}, lcn3: {"11", "left", "right"},
	cnn2: {"14", "top left", "bottom left"}, cnn3: {"14", "top right", "bottom right"},
	fcn2: {"16", "left", "right"},
}

// probedPoints returns the published P*_S (of "S") or P*_D (of "D") of a family: x, against P*: y.
func (f family) probedPoints(of string) []paper.Point {
	at := probedPanels[f]
	if of == "D" {
		return paper.Points(at[0], at[2])
	}
	return paper.Points(at[0], at[1])
}

// ladders says which tasks of a family a scale probes, the smallest first.
func (f family) ladders(scale Scale) []ladder {
	var cells []cell
	width := 128
	switch scale {
	case Smoke:
		cells, width = f.smokeCells(), 64
	case Quick:
		cells = f.quickCells()
	default:
		for _, p := range f.probedPoints("S") {
			cells = append(cells, cellOf(p))
		}
	}
	var out []ladder
	for _, c := range cells {
		l := ladder{kind: f.kind, cell: c, width: width, how: probedProtocol(scale, f.kind, c)}
		if scale == Paper {
			l.width = publishedWidth(f.kind, c)
		}
		l.sizes = f.sizes(scale, c, l.width)
		out = append(out, l)
	}
	return out
}

func (f family) smokeCells() []cell {
	if f.s == 3 {
		return []cell{{3, 3, 0, 2}}
	}
	return product([]int{4}, []int{0, 1}, 2)
}

// quickCells is what a minute or two can train. At L = 3 narrow networks learn from fewer data, at v = 4 from hardly
// fewer; and what is compared is learned by one network.
func (f family) quickCells() []cell {
	switch f {
	case lcn2:
		return slices.Concat(product([]int{4}, []int{0, 1, 2, 4}, 2), product([]int{6}, []int{0, 1, 2}, 2), product([]int{8}, []int{0, 1, 2, 4}, 2), product([]int{4}, []int{0}, 3))
	case cnn2:
		return slices.Concat(product([]int{4}, []int{0, 1, 2, 4}, 2), product([]int{6}, []int{0, 1, 2}, 2), product([]int{8}, []int{0, 1, 2, 4}, 2), product([]int{4}, []int{0, 1}, 3))
	case lcn3:
		return []cell{{3, 3, 0, 2}, {3, 3, 1, 2}, {3, 4, 0, 2}}
	case cnn3:
		return []cell{{3, 3, 0, 2}, {3, 3, 1, 2}, {3, 3, 2, 2}, {3, 4, 0, 2}, {3, 4, 1, 2}}
	}
	return slices.Concat(product([]int{4}, []int{0, 1}, 2), product([]int{6}, []int{0, 1, 2}, 2), product([]int{8}, []int{0}, 2))
}

// publishedWidth is the authors' (SPEC section 2.1).
func publishedWidth(kind string, c cell) int {
	if kind == spec.FCN && c.l == 3 {
		return 256
	}
	return 512
}

// probedProtocol is how a scale trains what it probes: until the loss says stop, however small the error. The network
// that is probed is the one with the best test error so far, and where a sensitivity ends is part of the figures.
func probedProtocol(scale Scale, kind string, c cell) spec.Protocol {
	p := protocol(scale, kind, c)
	p.StopError = 0
	if kind == spec.FCN && scale == Paper {
		p.StopLoss = 1e-2 // the authors'
		if c.l == 3 {
			p.LR = 0.003
		}
	}
	return p
}

// rungs are the sizes of a ladder where the paper has no grid, over the P* expected.
var rungs = []float64{0.125, 0.25, 0.4, 0.56, 0.8, 1.1, 1.6, 4}

// sizes returns those of a ladder: around P*, and far enough to either side to see where a sensitivity comes from and
// where it ends. At the paper's scale they are those of the authors, all of them where Figure 12 or 15 shows them, and
// some below where theirs begin near P*.
func (f family) sizes(scale Scale, c cell, width int) []int {
	expected := f.expected(c)
	var grid []int
	asPublished := false
	if scale == Paper {
		low, high := expected/8, 4*expected
		if end := layersEnd(f, c); end > 0 {
			low, high, asPublished = 0, end, true
		}
		grid = sweep.AuthorsGrid(c.task(authorsGrammar), network(f.kind, width))
		grid = slices.DeleteFunc(grid, func(p int) bool { return float64(p) < low || float64(p) > high })
	}
	late := len(grid) > 0 && float64(grid[0]) > expected/4 && !asPublished
	var out []int
	for _, x := range rungs {
		if p := int(x * expected); len(grid) == 0 || late && p < grid[0] {
			out = append(out, p)
		}
	}
	return append(out, grid...)
}

// expected is about where P* is: that of the paper, or the prediction with the prefactor of its figures.
func (f family) expected(c cell) float64 {
	for _, p := range f.probedPoints("S") {
		if cellOf(p) == c {
			return p.Y
		}
	}
	t := c.task(authorsGrammar)
	switch {
	case f.kind == spec.FCN:
		return 10 * t.PStarCNN() // no law is published
	case f.kind == spec.CNN && f.s == 3:
		return 3.5 * t.PStarCNN()
	case f.kind == spec.CNN:
		return 2.5 * t.PStarCNN()
	case f.s == 3:
		return 2.5 * t.PStarLCN()
	}
	return 1.5 * t.PStarLCN()
}

// quantity is what a probed training says one number about: the test error, or a sensitivity.
type quantity struct {
	of           string // "error", "fresh error", "S" or "D"
	layer, level int    // of a sensitivity; layer L+1 is the output
}

// The test error is that on unseen data; that of fresh draws, which may hit training data, is the authors'.
var (
	testError  = quantity{of: "error"}
	freshError = quantity{of: "fresh error"}
)

// second is the sensitivity that the paper calls S_2 or D_2: layer 2, level 1.
func second(of string) quantity { return quantity{of, 2, 1} }

// value returns the quantity with its standard error, if the training has it. Sensitivities are those to redrawing all
// levels up to theirs, as in the authors' figures.
func (q quantity) value(run spec.Run, r spec.Result) (e spec.Estimate, ok bool) {
	if !counts(r.Outcome) {
		return e, false
	}
	switch q {
	case testError:
		return spec.Estimate{Value: r.Error, Error: math.Sqrt(r.Error * (1 - r.Error) / float64(run.Protocol.TestSize))}, true
	case freshError:
		return spec.Estimate{Value: r.FreshError, Error: math.Sqrt(r.FreshError * (1 - r.FreshError) / float64(run.Protocol.TestSize))}, true
	}
	if r.Sensitivities == nil {
		return e, false
	}
	responses := r.Sensitivities.Synonyms
	if q.of == "D" {
		responses = r.Sensitivities.Displacements
	}
	if responses == nil || responses.UpTo[q.layer-1][q.level-1] == nil {
		return e, false
	}
	return *responses.UpTo[q.layer-1][q.level-1], true
}

// rung is a size of a ladder with what became of its training.
type rung struct {
	run    spec.Run
	result spec.Result
	known  bool // it is finished
}

func (r rung) spot(e spec.Estimate) spot { return spot{float64(r.run.TrainingSize()), e, r.run.ID()} }

// climb is a ladder with what a source has of it.
type climb struct {
	ladder
	rungs []rung
}

func climbed(src Source, ladders []ladder) []climb {
	var out []climb
	for _, l := range ladders {
		c := climb{ladder: l}
		for _, size := range l.sizes {
			run := l.run(size)
			r, ok := src.Get(run.ID())
			c.rungs = append(c.rungs, rung{run, r, ok})
		}
		out = append(out, c)
	}
	return out
}

// spot is a value of a quantity at a size.
type spot struct {
	p     float64
	value spec.Estimate
	run   string // its id; empty: of the paper
}

// spots returns what the finished trainings say of a quantity.
func (c climb) spots(q quantity) []spot {
	var out []spot
	for _, r := range c.rungs {
		if e, ok := q.value(r.run, r.result); r.known && ok {
			out = append(out, r.spot(e))
		}
	}
	return out
}

// whole says whether all is trained.
func (c climb) whole() bool {
	return !slices.ContainsFunc(c.rungs, func(r rung) bool { return !r.known })
}

// fall is where a quantity first falls to a value.
type fall struct {
	status    sweep.Status
	p         float64 // interpolated; 0 unless found
	low, high float64 // the sizes before and behind; at a limit the one that there is
}

// falls says where a quantity first falls to a value. A size that is not trained yet leaves open what is behind it, one
// whose training broke down is passed over.
func (c climb) falls(q quantity, to float64) fall {
	var s []spot
	for _, r := range c.rungs {
		e, ok := q.value(r.run, r.result)
		switch {
		case !r.known:
			if f := firstFall(s, to); f.high > 0 {
				return f
			}
			return fall{status: sweep.Unfinished}
		case ok:
			s = append(s, r.spot(e))
		}
	}
	if len(s) == 0 {
		return fall{status: c.breakdown()}
	}
	return firstFall(s, to)
}

// firstFall is between the first size with at most the value and the one before, on straight lines of logarithms, as
// P* is found.
func firstFall(s []spot, to float64) fall {
	i := slices.IndexFunc(s, func(x spot) bool { return x.value.Value <= to })
	switch {
	case len(s) == 0:
		return fall{status: sweep.Unfinished}
	case i < 0:
		return fall{status: sweep.NotReached, low: s[len(s)-1].p}
	case i == 0:
		return fall{status: sweep.BelowSmallest, high: s[0].p}
	}
	return fall{sweep.Found, sweep.Crossing(s[i-1].p, s[i-1].value.Value, s[i].p, s[i].value.Value, to), s[i-1].p, s[i].p}
}

// breakdown names what left a ladder without any value.
func (c climb) breakdown() sweep.Status {
	if slices.ContainsFunc(c.rungs, func(r rung) bool { return r.result.Outcome == spec.Diverged }) {
		return sweep.Diverged
	}
	return sweep.Collapsed
}

// halfway is where a quantity is half-way between its values at the smallest and at the largest size: a fall without a
// threshold of anybody's choice.
func (c climb) halfway(q quantity) fall {
	if !c.whole() {
		return fall{status: sweep.Unfinished}
	}
	return halfway(c.spots(q))
}

// halfway needs a third of the first value to be lost: else there is no fall to be half-way of.
func halfway(s []spot) fall {
	if len(s) < 2 {
		return fall{status: sweep.Unfinished}
	}
	start, end := s[0].value.Value, s[len(s)-1].value.Value
	if end > keeps*start {
		return fall{status: sweep.NotReached, low: s[len(s)-1].p}
	}
	return firstFall(s, (start+end)/2)
}

// keeps is the share of its first value that a sensitivity has at the end if it does not fall.
const keeps = 2.0 / 3
