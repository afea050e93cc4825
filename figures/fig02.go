package figures

import (
	"fmt"
	"slices"

	"gonum.org/v1/plot/vg"

	"srhmbench/figures/stat"
	"srhmbench/internal/plot"
	"srhmbench/internal/portable"
	"srhmbench/srhm"
)

// cellLength is the length of a cell of the input on the page.
const cellLength = vg.Length(12.6)

// placementsOf returns the cells that the children of a rule take in many examples, in order, each placement once.
func placementsOf(sparsity srhm.Sparsity) ([][]int, error) {
	g, err := srhm.NewGrammar(sketchedTask(sparsity, 1, 1))
	if err != nil {
		return nil, fmt.Errorf("figures: %w", err)
	}
	set := srhm.Draw(g, seed, "figure-2", 500)
	var out [][]int
	for i := 0; i < len(set.Cells); i += 2 {
		out = append(out, []int{int(set.Cells[i]), int(set.Cells[i+1])})
	}
	slices.SortFunc(out, slices.Compare)
	return slices.CompactFunc(out, slices.Equal), nil
}

// figure2 needs no training.
var figure2 = Figure{Name: "2", Title: "the model: rules, blanks, examples", Plan: planNothing, Draw: draw2}

func draw2(Source, Scale) (Drawing, error) {
	w, err := newModelSketch()
	if err != nil {
		return Drawing{}, err
	}
	a, err := placementsOf(srhm.SparsityA)
	if err != nil {
		return Drawing{}, err
	}
	b, err := placementsOf(srhm.SparsityB)
	if err != nil {
		return Drawing{}, err
	}
	return Drawing{Page: w.page(a, b), Data: w.table(a, b), Claims: w.claims(a, b)}, nil
}

func (w modelSketch) table(a, b [][]int) Table {
	t := Table{Columns: []string{"part", "parent", "children", "cells"}}
	for class := range 2 {
		for r := range 3 {
			t.Add("rule", classGlyphs[class].letter, letters(w.grammar.Children(0, class, r), highGlyphs), "")
		}
	}
	for feature := range 3 {
		for r := range 3 {
			t.Add("rule", highGlyphs[feature].letter, letters(w.grammar.Children(1, feature, r), lowGlyphs), "")
		}
	}
	for _, p := range a {
		t.Add("placement, sparsity A", "", "", cellList(p))
	}
	for _, p := range b {
		t.Add("placement, sparsity B", "", "", cellList(p))
	}
	for _, d := range slices.Concat(w.plain, w.data, []example{w.displaced}) {
		t.Add(fmt.Sprintf("datum, patch of %d", d.patchCells), classGlyphs[d.class].letter, letters(d.high, highGlyphs)+" "+letters(d.low, lowGlyphs), cellList(d.lowCells))
	}
	return t
}

// claims counts in what is drawn.
func (w modelSketch) claims(a, b [][]int) []Claim {
	t := sketchedTask(srhm.SparsityA, 1, 2)
	exact := func(sentence string, want, got float64) Claim {
		return check{figure: "2", sentence: sentence, lo: want, hi: want, bound: stat.Short(want), paper: stat.Exact(want), ours: stat.Exact(got), note: "Counted in examples drawn from the model."}.claim()
	}
	return []Claim{
		exact("sparsity A has (s0+1)^s placements of a rule", portable.Pow(float64(t.S0+1), float64(t.S)), float64(len(a))),
		exact("sparsity B has one for each choice of s of the s(s0+1) cells", 6, float64(len(b))),
		exact("the share of informative cells is (s0+1)^-L", t.RelevantFraction(), float64(len(w.data[0].lowCells))/float64(t.Cells())),
	}
}

// page lays the five parts of the figure out on 46 by 34 cells.
func (w modelSketch) page(a, b [][]int) plot.Page {
	s := &sketch{}
	w.rules(s, 0, 34)
	w.displacement(s, 22, 34)
	w.placements(s, 0, 13.5, a, b)
	w.blanks(s, 22, 22)
	w.examples(s, 22, 15.6)
	for _, rule := range []plot.Box{{X: 20.7, Y: 0, H: 34}, {Y: 14.2, W: 20.7}, {X: 20.7, Y: 22.8, W: 25.3}, {X: 20.7, Y: 16.4, W: 25.3}} {
		s.add(plot.Arrow{X0: rule.X, Y0: rule.Y, X1: rule.X + rule.W, Y1: rule.Y + rule.H, Color: line, Width: 1.4, Plain: true})
	}
	return plot.Sketch(plot.Page{
		Title:       "Figure 2: the Sparse Random Hierarchy Model",
		Description: "Rules of a grammar, a displacement, the placements of sparsity A and B, blanks, and examples drawn from the model: 2 classes, 3 features a level, m = 3, s = 2, s0 = 1, L = 2. After Tomasini and Wyart (2024), Figure 2; drawn by this program from a grammar of its own.",
		Notes:       []string{"A grammar of the authors' generator (authors:1) with $n_c=2$, $v=3$, $m=3$, and examples drawn from it. Every symbol has a letter: classes 1, 2; features of level 2 A, B, C; of level 1 a, b, c. White: blank."},
	}, 46, 34, cellLength, s.layers)
}

// rules draws part 1: the rules, and an example of each class without blanks.
func (w modelSketch) rules(s *sketch, x, top float64) {
	s.text(x, top-1.2, sketchTitle, "(1)  rules, $m=3$")
	s.middle(x+5.4, top-2.2, sketchText, "class → features of level 2")
	s.middle(x+15.5, top-2.2, sketchText, "feature → level 1")
	shown := w.plain[0]
	y := top - 3
	for class := range 2 {
		used := -1
		if class == shown.class {
			used = shown.highRule
		}
		w.ruleTable(s, x+2, y, 0, class, classGlyphs, highGlyphs, []int{used})
		y -= 4.2
	}
	y = top - 3
	for feature := range 3 {
		var used []int
		for k, h := range shown.high {
			if int(h) == feature {
				used = append(used, shown.lowRules[k])
			}
		}
		w.ruleTable(s, x+12, y, 1, feature, highGlyphs, lowGlyphs, used)
		y -= 4.2
	}
	s.text(x, top-14.4, sketchText, "e.g.")
	for i, d := range w.plain {
		y := top - 16.1 - float64(1.5*float64(i))
		s.box(x+2, y, 1, classGlyphs[d.class])
		s.arrow(x+3.2, y+0.5, x+4.3, y+0.5, line)
		s.tuple(x+4.5, y, d.high, highGlyphs)
		s.arrow(x+6.7, y+0.5, x+7.8, y+0.5, line)
		s.tuple(x+8, y, d.low, lowGlyphs)
		if i == 0 {
			s.frame(x+4.5, y, 2, 1, line, false)
			s.frame(x+8, y, 2, 1, line, false)
			s.frame(x+10, y, 2, 1, line, false)
		}
	}
	s.middle(x+2.5, top-18.5, sketchText, "class")
	s.middle(x+10, top-18.5, sketchText, "input")
}

// ruleTable draws the rules of one symbol, with those of the example framed.
func (w modelSketch) ruleTable(s *sketch, x, top float64, step, parent int, of, to []glyph, used []int) {
	s.box(x, top-2.6, 2, of[parent])
	for r := range w.grammar.Task().M {
		y := top - 1.15 - float64(1.2*float64(r))
		s.arrow(x+2.2, y+0.5, x+3.3, y+0.5, line)
		s.tuple(x+3.5, y, w.grammar.Children(step, parent, r), to)
		if slices.Contains(used, r) {
			s.frame(x+3.5, y, 2, 1, red, false)
		}
	}
}

// displacement draws part 2: an example, and the same with the placements of level 1 drawn again.
func (w modelSketch) displacement(s *sketch, x, top float64) {
	s.text(x, top-1.2, sketchTitle, "(2)  a displacement $τ$ of an example")
	before, after := w.data[0], w.displaced
	y0, y1 := top-4.2, top-8.4
	s.text(x, y0, sketchText, "$x$")
	s.text(x, y1, sketchText, "$τ(x)$")
	s.strip(x+4, y0, 16, before.lowCells, before.low, lowGlyphs)
	s.strip(x+4, y1, 16, after.lowCells, after.low, lowGlyphs)
	for i := range before.lowCells {
		s.arrow(x+4.5+float64(before.lowCells[i]), y0-0.15, x+4.5+float64(after.lowCells[i]), y1+1.15, plot.Accent)
	}
	for k := 0; k <= 16; k += 4 { // patches
		s.add(plot.Arrow{X0: x + 4 + float64(k), Y0: y0 - 0.3, X1: x + 4 + float64(k), Y1: y0 + 1.3, Color: line, Width: 1.2, Plain: true},
			plot.Arrow{X0: x + 4 + float64(k), Y0: y1 - 0.3, X1: x + 4 + float64(k), Y1: y1 + 1.3, Color: line, Width: 1.2, Plain: true})
	}
	s.text(x+4, y1-1.9, sketchSmall, "the symbols stay; their cells within the patches are drawn again")
}

// placements draws part 3: where a rule's children may stand.
func (w modelSketch) placements(s *sketch, x, top float64, a, b [][]int) {
	s.text(x, top-1, sketchTitle, "(3)  sparsity")
	children := w.grammar.Children(0, 0, w.data[0].highRule)
	draw := func(x float64, name string, list [][]int, framed func([]int) bool) {
		s.middle(x+5, top-2.2, sketchSmall, "size $s(s_0+1)$")
		s.box(x, top-7, 1, classGlyphs[0])
		s.arrow(x+1.2, top-6.5, x+2.7, top-6.5, line)
		for i, p := range list {
			y := top - 4 - float64(1.35*float64(i))
			s.strip(x+3, y, 4, p, children, highGlyphs)
			if framed(p) {
				s.frame(x+3, y, 4, 1, plot.Accent, true)
			}
		}
		s.middle(x+4.5, 0.7, sketchText, "%s", name)
	}
	draw(x+0.5, "(a) sparsity A", a, func([]int) bool { return false })
	s.add(plot.Arrow{X0: x + 5.5, Y0: top - 8.4, X1: x + 5.5, Y1: top - 2.7, Color: grass, Width: 1.2, Plain: true})
	s.middle(x+4.4, top-9, sketchSmall, "$s_0+1$")
	s.middle(x+6.6, top-9, sketchSmall, "$s_0+1$")
	onlyB := func(p []int) bool {
		return !slices.ContainsFunc(a, func(q []int) bool { return slices.Equal(p, q) })
	}
	draw(x+11, "(b) sparsity B", b, onlyB)
}

// blanks draws part 4.
func (w modelSketch) blanks(s *sketch, x, top float64) {
	s.text(x, top-1, sketchTitle, "(4)  at each level a blank gives blanks")
	s.box(x+4, top-3.7, 2, empty)
	s.arrow(x+6.2, top-2.7, x+7.3, top-2.7, line)
	s.strip(x+7.5, top-3.2, 4, nil, nil, nil)
	s.frame(x+7.5, top-3.2, 4, 1, grass, false)
}

// examples draws part 5: examples with blanks.
func (w modelSketch) examples(s *sketch, x, top float64) {
	s.text(x, top-1, sketchTitle, "(5)  examples:  $s=2$,  $s_0=1$,  $L=2$,  $d=16$")
	for i, d := range w.data {
		y := top - 3.6 - 2*float64(i)
		s.box(x, y, 1, classGlyphs[d.class])
		s.arrow(x+1.1, y+0.5, x+2, y+0.5, line)
		s.strip(x+2.2, y, 4, d.highCells, d.high, highGlyphs)
		s.arrow(x+6.4, y+0.5, x+7.3, y+0.5, line)
		s.strip(x+7.5, y, 16, d.lowCells, d.low, lowGlyphs)
		for k := range 4 {
			col := grass
			if slices.Contains(d.highCells, k) {
				col = line
			}
			s.frame(x+7.5+float64(4*k), y, 4, 1, col, false)
		}
	}
	y := top - 11.2
	s.middle(x+0.7, y, sketchText, "class")
	s.middle(x+4.2, y, sketchText, "level 2")
	s.middle(x+15.5, y, sketchText, "input; green frames: blanks of a blank")
}
