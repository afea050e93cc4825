package figures

import (
	"fmt"
	"slices"
	"srhmbench/srhm"
	"strings"
)

// sketchedTask is the model of Figures 2, 3 and 6: 2 classes, 3 features a level, 3 rules each, s = 2.
func sketchedTask(sparsity srhm.Sparsity, s0, l int) srhm.Task {
	return srhm.Task{V: 3, NC: 2, M: 3, S: 2, S0: s0, L: l, Sparsity: sparsity}.WithDefaults()
}

// example is one sample, with its features of level 2, which follow from the leaves.
type example struct {
	class      int
	high, low  []srhm.Symbol
	highCells  []int // within the patch of the class
	lowCells   []int // within the input
	highRule   int
	lowRules   []int
	patchCells int
}

// modelSketch is what Figure 2 draws: a grammar, and examples of it.
type modelSketch struct {
	grammar, dense *srhm.Grammar
	data           []example // two examples of each class
	displaced      example   // the first example, with its leaves displaced
	plain          []example // one example of each class, without blanks
}

func newModelSketch() (w modelSketch, err error) {
	if w.grammar, err = srhm.NewGrammar(sketchedTask(srhm.SparsityA, 1, 2)); err != nil {
		return w, fmt.Errorf("figures: %w", err)
	}
	if w.dense, err = srhm.NewGrammar(sketchedTask(srhm.SparsityA, 0, 2)); err != nil {
		return w, fmt.Errorf("figures: %w", err)
	}
	set := srhm.Draw(w.grammar, seed, "figure-2", 40)
	picked := append(ofClass(set, 0)[:2:2], ofClass(set, 1)[:2]...)
	for _, i := range picked {
		w.data = append(w.data, readExample(w.grammar, set, i))
	}
	plain := srhm.Draw(w.dense, seed, "figure-2", 40)
	for class := range 2 {
		w.plain = append(w.plain, readExample(w.dense, plain, ofClass(plain, class)[0]))
	}
	moved := &srhm.Set{}
	w.grammar.Displace(moved, set.Slice(picked[0], picked[0]+1), 1, false, srhm.Stream("figure-2-displaced", seed))
	w.displaced = readExample(w.grammar, moved, 0)
	return w, nil
}

// ofClass lists the samples of a class.
func ofClass(set *srhm.Set, class int) []int {
	var out []int
	for i, label := range set.Labels {
		if int(label) == class {
			out = append(out, i)
		}
	}
	return out
}

// readExample reads a sample of two levels. A rule is known by what it writes.
func readExample(g *srhm.Grammar, set *srhm.Set, i int) example {
	t := g.Task()
	d := example{class: int(set.Labels[i]), patchCells: t.PatchCells()}
	for k := range set.Leaves {
		d.low = append(d.low, set.Symbols[i*set.Leaves+k])
		d.lowCells = append(d.lowCells, int(set.Cells[i*set.Leaves+k]))
	}
	for k := 0; k < set.Leaves; k += t.S {
		parent, rule := ruleOf(g, 1, t.V, d.low[k:k+t.S])
		d.high, d.lowRules = append(d.high, srhm.Symbol(parent)), append(d.lowRules, rule)
		d.highCells = append(d.highCells, d.lowCells[k]/t.PatchCells())
	}
	_, d.highRule = ruleOf(g, 0, t.NC, d.high)
	return d
}

// ruleOf finds the rule that writes a tuple.
func ruleOf(g *srhm.Grammar, step, parents int, tuple []srhm.Symbol) (parent, rule int) {
	for parent := range parents {
		for rule := range g.Task().M {
			if slices.Equal(g.Children(step, parent, rule), tuple) {
				return parent, rule
			}
		}
	}
	panic(fmt.Sprintf("figures: no rule writes %v", tuple)) // every sample is of its grammar
}

// letters spells symbols as they are drawn.
func letters(symbols []srhm.Symbol, glyphs []glyph) string {
	var out string
	for _, s := range symbols {
		out += glyphs[s].letter
	}
	return out
}

func cellList(cells []int) string { return strings.Trim(fmt.Sprint(cells), "[]") }
