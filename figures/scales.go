package figures

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"srhmbench/figures/pstar"
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

// block is a set of cells trained alike.
type searchSet struct {
	cells    []paper.Task
	width    int
	grammars []string
	ratio    float64 // of the ends of the final bracket of P*
	grid     bool    // bracket on the authors' training-set sizes
}

// blocks says which P* of a family a scale looks for.
func (f family) searchSets(scale Scale) []searchSet {
	switch {
	case scale == Paper:
		// The authors' grid has steps of 1.29 to 1.73: the neighbours of P* on it are enough to compare with.
		return []searchSet{{cells: f.published(), width: 512, grammars: []string{paper.Grammar}, ratio: 1.8, grid: true}}
	case f == sizeOfPatch:
		return setsOfPatches(scale)
	case f.s == 3:
		return setsAtS3(scale, f.kind)
	}
	return setsAtS2(scale, f.kind)
}

// blocks2 is the cells of Figures 4B and 4C, smaller than the paper's.
func setsAtS2(scale Scale, kind string) []searchSet {
	switch scale {
	case Smoke:
		return []searchSet{{cells: product([]int{4}, []int{0, 1}, 2), width: 64, grammars: []string{paper.Grammar}, ratio: 1.46}}
	case Quick:
		// In prototypes widths 64 to 512 gave the same P* at L = 2, within 10 %.
		ours := []string{paper.Grammar, "random:1", "random:2"}
		large := func(c paper.Task) bool { return pstar.Prediction(spec.LCN, on(paper.Grammar, c)) > 5000 }
		all := product([]int{4, 6, 8, 10}, []int{0, 1, 2, 4}, 2)
		return []searchSet{
			{cells: slices.DeleteFunc(slices.Clone(all), large), width: 128, grammars: ours, ratio: 1.5},
			// Each of these costs as much as most others together, and grammars differ less at large v.
			{cells: slices.DeleteFunc(all, func(c paper.Task) bool { return !large(c) }), width: 128, grammars: ours[:1], ratio: 1.5},
			// At L = 3 narrow networks learned from fewer data, so the width is the paper's.
			{cells: cellsAtL3(kind), width: 512, grammars: ours[:1], ratio: 1.5},
		}
	}
	panic("figures: no small blocks at scale " + string(scale))
}

// blocks3 is the cells of Figures 10 and 13, smaller than the paper's: at s = 3 the rules are m = v^2, so that v = 4
// costs what v = 16 does at s = 2. The authors' grammar is the only one, for a second costs as much again. At L = 3
// there are no blanks, for which narrow networks learn from fewer data.
func setsAtS3(scale Scale, kind string) []searchSet {
	cells := []paper.Task{{S: 3, V: 3, S0: 0, L: 2}, {S: 3, V: 3, S0: 1, L: 2}, {S: 3, V: 3, S0: 2, L: 2}, {S: 3, V: 4, S0: 0, L: 2}, {S: 3, V: 4, S0: 1, L: 2}, {S: 3, V: 3, S0: 0, L: 3}}
	if kind == spec.CNN { // the LCN takes minutes there
		cells = append(cells, paper.Task{S: 3, V: 4, S0: 2, L: 2})
	}
	width := 128
	if scale == Smoke {
		cells, width = cells[:1], 64
	}
	return []searchSet{{cells: cells, width: width, grammars: []string{paper.Grammar}, ratio: 1.5}}
}

// patchBlocks is the cells of the right panel of Figure 10, v = 4 and s0 = 1: those that other figures have, and
// one more. At L = 3 narrow networks learn from fewer data, but at v = 4 from hardly fewer.
func setsOfPatches(scale Scale) []searchSet {
	own := searchSet{cells: []paper.Task{{S: 2, V: 4, S0: 1, L: 3}}, width: 128, grammars: []string{paper.Grammar}, ratio: 1.5}
	var out []searchSet
	for _, b := range slices.Concat(lcn2.searchSets(scale), lcn3.searchSets(scale)) {
		b.cells = slices.DeleteFunc(slices.Clone(b.cells), func(c paper.Task) bool { return c.V != 4 || c.S0 != 1 })
		out = append(out, b)
	}
	if scale == Smoke {
		return out
	}
	return append(out, own)
}

// deep returns the cells of quick scale at L = 3: what a minute or two can train.
func cellsAtL3(kind string) []paper.Task {
	if kind == spec.CNN {
		return []paper.Task{{S: 2, V: 3, S0: 1, L: 3}, {S: 2, V: 4, S0: 0, L: 3}, {S: 2, V: 4, S0: 1, L: 3}}
	}
	return []paper.Task{{S: 2, V: 3, S0: 0, L: 3}, {S: 2, V: 4, S0: 0, L: 3}, {S: 2, V: 5, S0: 0, L: 3}}
}

// product returns all cells of s = 2 with a v, an s0, and one L.
func product(vs, s0s []int, l int) []paper.Task {
	var out []paper.Task
	for _, v := range vs {
		for _, s0 := range s0s {
			out = append(out, paper.Task{S: 2, V: v, S0: s0, L: l})
		}
	}
	return out
}

// published returns the cells of a family that the paper has.
func (f family) published() []paper.Task {
	var out []paper.Task
	for _, p := range f.points() {
		out = append(out, p.Task())
	}
	return out
}

// hint is where the paper has the cell, to begin the search with; 0 if it has not.
func hint(kind string, c paper.Task) float64 {
	for _, p := range (family{kind, c.S}).points() {
		if c == p.Task() {
			return p.Y
		}
	}
	return 0
}

// protocol is how a scale trains. Everywhere 4 data per class in a batch, and the lr that goes with it
// (SPEC section 2.2). The authors' older CNN runs at L = 2, s0 > 0 had a ten times larger lr, and
// batches that are not known; prototypes found their P* with about 256, so at a similar ratio of
// lr to batch.
func protocol(scale Scale, kind string, c paper.Task) spec.Protocol {
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
func learningRate(kind string, c paper.Task) float64 {
	switch {
	case c.S0 >= 6 && kind == spec.CNN && c.S == 3:
		return 0.0003
	case c.S0 >= 6 && kind == spec.CNN:
		return 0.001
	case c.S0 >= 4, c.S == 3 && (kind == spec.LCN || c.V == 4):
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
	for _, b := range f.searchSets(scale) {
		for _, c := range b.cells {
			for _, g := range b.grammars {
				s := b.search(scale, f.kind, c, g)
				out = append(out, s)
				if b.grid {
					out = append(out, pstar.AsAuthors(s))
				}
			}
		}
	}
	expected := func(s sweep.Search) float64 { return pstar.Prediction(f.kind, s.Task) }
	slices.SortStableFunc(out, func(a, b sweep.Search) int { return cmp.Compare(expected(a), expected(b)) })
	return out
}

func (b searchSet) search(scale Scale, kind string, c paper.Task, grammar string) sweep.Search {
	s := sweep.Search{
		Task:     on(grammar, c),
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

// on returns the task on a grammar: n_c = v, m = v^(s-1) and sparsity A.
func on(grammar string, c paper.Task) srhm.Task {
	return srhm.Task{S: c.S, V: c.V, S0: c.S0, L: c.L, Grammar: grammar}.WithDefaults()
}

// taskOf is the inverse of on.
func taskOf(t srhm.Task) paper.Task { return paper.Task{S: t.S, V: t.V, S0: t.S0, L: t.L} }
