package figures

import (
	"fmt"
	"slices"
	"srhmbench/srhm"
	"strings"
)

// task2 is the model that Figure 2 draws: 2 classes, 3 features a level, 3 rules each, s = 2, s0 = 1, L = 2.
func sketchedTask(sparsity srhm.Sparsity, s0, l int) srhm.Task {
	return srhm.Task{V: 3, NC: 2, M: 3, S: 2, S0: s0, L: l, Sparsity: sparsity}.WithDefaults()
}

// datum2 is one datum, with its features of level 2, which the leaves tell.
type example struct {
	class      int
	high, low  []srhm.Symbol
	highCells  []int // of the patch that the class writes
	lowCells   []int // of the input
	highRule   int
	lowRules   []int
	patchCells int
}

// world2 is what Figure 2 draws from: one grammar, and data of it.
type modelSketch struct {
	grammar, dense *srhm.Grammar
	data           []example // two of each class
	displaced      example   // the first, its leaves elsewhere
	plain          []example // one of each class, without blanks
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

// ofClass lists the data of a class.
func ofClass(set *srhm.Set, class int) []int {
	var out []int
	for i, label := range set.Labels {
		if int(label) == class {
			out = append(out, i)
		}
	}
	return out
}

// read2 reads a datum of two levels: rules are known by what they write.
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
	panic(fmt.Sprintf("figures: no rule writes %v", tuple)) // data are of their grammar
}

// letters writes symbols as they are drawn.
func letters(symbols []srhm.Symbol, glyphs []glyph) string {
	var out string
	for _, s := range symbols {
		out += glyphs[s].letter
	}
	return out
}

func cellList(cells []int) string { return strings.Trim(fmt.Sprint(cells), "[]") }
