package figures

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"srhmbench/results/paper"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// Scale says how much of the paper's grids to train, and how faithfully.
type Scale string

// The scales.
const (
	Smoke Scale = "smoke" // a minute: does everything work?
	Quick Scale = "quick" // some ten minutes: are the laws there?
	Paper Scale = "paper" // every published cell by the authors' protocol: days on one core
)

// Scales lists them by cost.
var Scales = []Scale{Smoke, Quick, Paper}

// ParseScale returns the scale of a name.
func ParseScale(name string) (Scale, error) {
	if s := Scale(name); slices.Contains(Scales, s) {
		return s, nil
	}
	names := make([]string, len(Scales))
	for i, s := range Scales {
		names[i] = string(s)
	}
	return "", fmt.Errorf("scale %q: want one of %s", name, strings.Join(names, ", "))
}

// epsilon is the threshold on the test error (Figure 4).
const epsilon = 0.1

// seed of data, initialisation and order. Grammars vary P* twice as much as seeds and more, so they
// are what is averaged over.
const seed = 1

// authorsGrammar is the one the paper's figures were made with.
const authorsGrammar = "authors:1"

// cell is a point of the figures of P*: a task at n_c = v, m = v^(s-1) and sparsity A.
type cell struct{ s, v, s0, l int }

func (c cell) task(grammar string) srhm.Task {
	return srhm.Task{S: c.s, V: c.v, S0: c.s0, L: c.l, Grammar: grammar}.WithDefaults()
}

// family is the cells of a figure of P*: one kind of network, one s.
type family struct {
	kind string
	s    int
}

// The families of the paper. sizeOfPatch is the right panel of Figure 10, where s varies.
var (
	lcn2        = family{spec.LCN, 2}
	lcn3        = family{spec.LCN, 3}
	cnn2        = family{spec.CNN, 2}
	cnn3        = family{spec.CNN, 3}
	sizeOfPatch = family{spec.LCN, 0}
)

// panels says where the paper shows a family: figure and panel.
var panels = map[family][2]string{
	lcn2: {"4", "B"}, cnn2: {"4", "C"}, lcn3: {"10", "left"}, cnn3: {"13", ""}, sizeOfPatch: {"10", "right"},
}

// points returns the published P* of a family.
func (f family) points() []paper.Point { return paper.Points(panels[f][0], panels[f][1]) }

// cellOf is the cell of a published point.
func cellOf(p paper.Point) cell { return cell{p.S, p.V, p.S0, p.L} }

// block is a set of cells trained alike.
type block struct {
	cells    []cell
	width    int
	grammars []string
	ratio    float64 // of the ends of the final bracket of P*
	grid     bool    // bracket on the authors' training-set sizes
}

// blocks says which P* of a family a scale looks for.
func (f family) blocks(scale Scale) []block {
	switch {
	case scale == Paper:
		// The authors' grid has steps of 1.29 to 1.73: the neighbours of P* on it are enough to compare with.
		return []block{{cells: f.published(), width: 512, grammars: []string{authorsGrammar}, ratio: 1.8, grid: true}}
	case f == sizeOfPatch:
		return patchBlocks(scale)
	case f.s == 3:
		return blocks3(scale, f.kind)
	}
	return blocks2(scale, f.kind)
}

// blocks2 is the cells of Figures 4B and 4C, smaller than the paper's.
func blocks2(scale Scale, kind string) []block {
	switch scale {
	case Smoke:
		return []block{{cells: product([]int{4}, []int{0, 1}, 2), width: 64, grammars: []string{authorsGrammar}, ratio: 1.46}}
	case Quick:
		// In prototypes widths 64 to 512 gave the same P* at L = 2, within 10 %.
		ours := []string{authorsGrammar, "random:1", "random:2"}
		large := func(c cell) bool { return prediction(spec.LCN, c.task(authorsGrammar)) > 5000 }
		all := product([]int{4, 6, 8, 10}, []int{0, 1, 2, 4}, 2)
		return []block{
			{cells: slices.DeleteFunc(slices.Clone(all), large), width: 128, grammars: ours, ratio: 1.5},
			// Each of these costs as much as most others together, and grammars differ less at large v.
			{cells: slices.DeleteFunc(all, func(c cell) bool { return !large(c) }), width: 128, grammars: ours[:1], ratio: 1.5},
			// At L = 3 narrow networks learned from fewer data, so the width is the paper's.
			{cells: deep(kind), width: 512, grammars: ours[:1], ratio: 1.5},
		}
	}
	panic("figures: no small blocks at scale " + string(scale))
}

// blocks3 is the cells of Figures 10 and 13, smaller than the paper's: at s = 3 the rules are m = v^2, so that v = 4
// costs what v = 16 does at s = 2. The authors' grammar is the only one, for a second costs as much again. At L = 3
// there are no blanks, for which narrow networks learn from fewer data.
func blocks3(scale Scale, kind string) []block {
	cells := []cell{{3, 3, 0, 2}, {3, 3, 1, 2}, {3, 3, 2, 2}, {3, 4, 0, 2}, {3, 4, 1, 2}, {3, 3, 0, 3}}
	if kind == spec.CNN { // the LCN takes minutes there
		cells = append(cells, cell{3, 4, 2, 2})
	}
	width := 128
	if scale == Smoke {
		cells, width = cells[:1], 64
	}
	return []block{{cells: cells, width: width, grammars: []string{authorsGrammar}, ratio: 1.5}}
}

// patchBlocks is the cells of the right panel of Figure 10, v = 4 and s0 = 1: those that other figures have, and
// one more. At L = 3 narrow networks learn from fewer data, but at v = 4 from hardly fewer.
func patchBlocks(scale Scale) []block {
	own := block{cells: []cell{{2, 4, 1, 3}}, width: 128, grammars: []string{authorsGrammar}, ratio: 1.5}
	var out []block
	for _, b := range slices.Concat(lcn2.blocks(scale), lcn3.blocks(scale)) {
		b.cells = slices.DeleteFunc(slices.Clone(b.cells), func(c cell) bool { return c.v != 4 || c.s0 != 1 })
		out = append(out, b)
	}
	if scale == Smoke {
		return out
	}
	return append(out, own)
}

// deep returns the cells of quick scale at L = 3: what a minute or two can train.
func deep(kind string) []cell {
	if kind == spec.CNN {
		return []cell{{2, 3, 1, 3}, {2, 4, 0, 3}, {2, 4, 1, 3}}
	}
	return []cell{{2, 3, 0, 3}, {2, 4, 0, 3}, {2, 5, 0, 3}}
}

// product returns all cells of s = 2 with a v, an s0, and one L.
func product(vs, s0s []int, l int) []cell {
	var out []cell
	for _, v := range vs {
		for _, s0 := range s0s {
			out = append(out, cell{2, v, s0, l})
		}
	}
	return out
}

// published returns the cells of a family that the paper has.
func (f family) published() []cell {
	var out []cell
	for _, p := range f.points() {
		out = append(out, cellOf(p))
	}
	return out
}

// hint is where the paper has the cell, to begin the search with; 0 if it has not.
func hint(kind string, c cell) float64 {
	for _, p := range (family{kind, c.s}).points() {
		if c == cellOf(p) {
			return p.Y
		}
	}
	return 0
}

// protocol is how a scale trains. Everywhere 4 data per class in a batch, and the lr that goes with it
// (SPEC section 2.2). The authors' older CNN runs at L = 2, s0 > 0 had a ten times larger lr, and
// batches that are not known; prototypes found their P* with about 256, so at a similar ratio of
// lr to batch.
func protocol(scale Scale, kind string, c cell) spec.Protocol {
	p, err := spec.Preset("authors")
	if err != nil {
		panic(err) // a name of the package itself
	}
	p.LR = learningRate(kind, c)
	// Once the error is below 2 % it is certain that P is more than P*, and that the size is not the
	// authors' choice if its neighbour is (SPEC fact 6). What is left takes three quarters of the time.
	p.StopError = 0.02
	if scale != Paper {
		// One lr, for lr moves the exponents that are fitted. In prototypes a ten times larger stop
		// loss raised all P* by about 6 % and saved three quarters of the time.
		p.LR, p.StopLoss, p.MaxEpochs, p.TestSize = 0.01, 1e-2, 4000, 5000
	}
	if scale == Smoke {
		p.MaxEpochs, p.TestSize = 2000, 2000
	}
	return p
}

// learningRate is the authors' (SPEC section 2.2), per unit of width.
func learningRate(kind string, c cell) float64 {
	switch {
	case c.s0 >= 6 && kind == spec.CNN && c.s == 3:
		return 0.0003
	case c.s0 >= 6 && kind == spec.CNN:
		return 0.001
	case c.s0 >= 4, c.s == 3 && (kind == spec.LCN || c.v == 4):
		return 0.003
	}
	return 0.01
}

func network(kind string, width int) spec.Network {
	return spec.Network{Kind: kind, Width: width, Bias: true}
}

// searches returns the P* of a family that a scale looks for, the smallest first, in the order in which they are
// drawn.
func (f family) searches(scale Scale) []sweep.Search {
	var out []sweep.Search
	for _, b := range f.blocks(scale) {
		for _, c := range b.cells {
			for _, g := range b.grammars {
				s := b.search(scale, f.kind, c, g)
				out = append(out, s)
				if b.grid {
					out = append(out, asAuthors(s))
				}
			}
		}
	}
	expected := func(s sweep.Search) float64 { return prediction(f.kind, s.Task) }
	slices.SortStableFunc(out, func(a, b sweep.Search) int { return cmp.Compare(expected(a), expected(b)) })
	return out
}

// asAuthors is the same search on the error of fresh draws, which is what the authors measure. Most of its
// trainings are the same; at s0 = 0, where the training set is a good part of all data, some are not.
func asAuthors(s sweep.Search) sweep.Search {
	s.Fresh = true
	return s
}

func (b block) search(scale Scale, kind string, c cell, grammar string) sweep.Search {
	s := sweep.Search{
		Task:     c.task(grammar),
		Network:  network(kind, b.width),
		Protocol: protocol(scale, kind, c),
		Seed:     seed, Epsilon: epsilon, Ratio: b.ratio,
		Start: hint(kind, c),
	}
	if b.grid {
		s.Grid = sweep.AuthorsGrid(s.Task, s.Network)
	}
	return s
}

// prediction is the x axis of Figure 4B (Eq. 3) or 4C (Eq. 4).
func prediction(kind string, t srhm.Task) float64 {
	if kind == spec.CNN {
		return t.PStarCNN()
	}
	return t.PStarLCN()
}

// curve is what Figure 4A shows: one LCN at the authors' training-set sizes.
type curve struct {
	task  srhm.Task
	net   spec.Network
	how   spec.Protocol
	sizes []int // total
}

// curve4A returns the curve of a scale: all sizes of the paper's, or those around the drop. It is
// trained until the loss says stop, however small the error: the end of the drop is part of the figure.
func curve4A(scale Scale) curve {
	c := curve{task: srhm.Task{V: 10, S0: 2}.WithDefaults(), how: protocol(scale, spec.LCN, cell{2, 10, 2, 2})}
	c.how.StopError = 0
	width, from, to := 512, 0, 14
	switch scale {
	case Smoke: // a smaller task
		c.task = srhm.Task{V: 4, S0: 1}.WithDefaults()
		width, from, to = 64, 3, 10
	case Quick:
		width, from, to = 128, 6, 12
	}
	c.net = network(spec.LCN, width)
	c.sizes = sweep.AuthorsGrid(c.task, c.net)[from:to]
	return c
}
