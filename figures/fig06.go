package figures

import (
	"fmt"
	"image/color"
	"slices"

	"gonum.org/v1/plot/vg"

	"srhmbench/internal/plot"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// figure6 has the transformations in panels A and B, P*_S in C and P*_D in D.
var figure6 = Figure{Name: "6", Title: "P* against the sizes where sensitivities fall, LCN", Plan: thresholds6.plan, Draw: draw6}

// thresholds6 is the locally connected network at s = 2: panels C and D.
var thresholds6 = thresholdFigure{
	name: "6",
	parts: []thresholdScatter{
		{name: "6", family: lcn2, of: "S", guide: 1, gridStep: gridStep},
		{name: "6", family: lcn2, of: "D", guide: 1, gridStep: gridStep},
	},
	notes: []string{
		"A, B: $p$ and $τ$ as measured: every patch is drawn again and may come out unchanged; frames mark patches that changed. The published panel A lacks the square that Eq. 6, panel B and the authors' program have.",
		"The published square at $P^*_S=7·10^5$ is $v=10$, $s_0=4$, $P^*=90000$.",
	},
}

// draw6 puts the transformations above the thresholds.
func draw6(src Source, scale Scale) (Drawing, error) {
	d, err := thresholds6.draw(src, scale)
	if err != nil {
		return d, err
	}
	x, err := newTransformed()
	if err != nil {
		return d, err
	}
	d.Page.Panels = append([]plot.Panel{x.panel("S"), x.panel("D")}, d.Page.Panels...)
	d.Page = d.Page.Stacked(heightOfTransformed, thresholdPanelHeight)
	for _, of := range []string{"S", "D"} {
		for level, m := range x.of(of) {
			row := make([]any, len(d.Data.Columns))
			for i := range row {
				row[i] = ""
			}
			row[0], row[1] = map[string]string{"S": "A", "D": "B"}[of], nameOf(of, level)
			row[len(row)-1] = fmt.Sprintf("class %s, %s, cells %s", classGlyphs[m.class].letter, letters(m.low, lowGlyphs), cellList(m.lowCells))
			d.Data.Add(row...)
		}
	}
	return d, nil
}

// transformed is an example of the model of Figure 2, and what the transformations make of it.
type transformed struct {
	patch                  int
	synonyms, displacement []example // the example itself; level 1 redrawn; levels 1 and 2 redrawn
}

func (m transformed) of(of string) []example {
	if of == "S" {
		return m.synonyms
	}
	return m.displacement
}

// newTransformed takes the first example that every transformation changes.
func newTransformed() (transformed, error) {
	t := sketchedTask(srhm.SparsityA, 1, 2)
	g, err := srhm.NewGrammar(t)
	if err != nil {
		return transformed{}, fmt.Errorf("figures: %w", err)
	}
	data := srhm.Draw(g, seed, "figure-6", 40)
	exchanged, displaced := []*srhm.Set{data}, []*srhm.Set{data}
	for level := 1; level <= t.L; level++ {
		p, tau := &srhm.Set{}, &srhm.Set{}
		g.ExchangeSynonyms(p, data, level, true, srhm.Stream("figure-6-synonyms", seed, uint64(level)))
		g.Displace(tau, data, level, true, srhm.Stream("figure-6-displacements", seed, uint64(level)))
		exchanged, displaced = append(exchanged, p), append(displaced, tau)
	}
	for i := range data.Len() {
		m := transformed{t.PatchCells(), nil, nil}
		for level := range exchanged {
			m.synonyms = append(m.synonyms, readExample(g, exchanged[level], i))
			m.displacement = append(m.displacement, readExample(g, displaced[level], i))
		}
		if m.changes() {
			return m, nil
		}
	}
	panic("figures: no example is changed by all transformations") // the streams are fixed
}

// changes reports whether every transformation changes the example, no two in the same way.
func (m transformed) changes() bool {
	different := func(a, b example) bool { return !slices.Equal(a.low, b.low) || !slices.Equal(a.lowCells, b.lowCells) }
	for _, list := range [][]example{m.synonyms, m.displacement} {
		if !different(list[0], list[1]) || !different(list[0], list[2]) || !different(list[1], list[2]) {
			return false
		}
	}
	return true
}

// nameOf returns the name of a transformed example.
func nameOf(of string, level int) string {
	name := map[string]string{"S": "p(x)", "D": "τ(x)"}[of]
	switch level {
	case 0:
		return "x"
	case 1:
		return name + ", l=1"
	}
	return name + ", l=2"
}

// Sizes of the drawing: units across a panel, and its height.
const (
	acrossTransformed   = 21.0
	heightOfTransformed = 3.5 * vg.Inch
)

// panel draws a network above the example and its transformations.
func (m transformed) panel(of string) plot.Panel {
	const x, top = 4.4, 4.4 // of the strips
	s := &sketch{}
	col := map[string]color.Color{"S": plot.Accent, "D": grass}[of]
	for level, d := range m.of(of) {
		y := top - float64(1.7*float64(level))
		name := map[string]string{"S": "$p(x)$", "D": "$τ(x)$"}[of]
		switch level {
		case 0:
			name = "$x$"
		default:
			name += fmt.Sprintf(",  $l=%d$", level)
		}
		s.text(0.1, y+0.2, sketchText, "%s", name)
		s.strip(x, y, 4*m.patch, d.lowCells, d.low, lowGlyphs)
		if level > 0 {
			m.framed(s, x, y, m.of(of)[0], d, col)
		}
	}
	m.network(s, x, top+1, col)
	formula := map[string]string{"S": "$S_2$ ~ mean of $|f_2(x) − f_2(p(x))|^2$", "D": "$D_2$ ~ mean of $|f_2(x) − f_2(τ(x))|^2$"}[of]
	s.add(plot.Label{X: 0.1, Y: top + 7.2, Text: formula, Color: col, Size: sketchText})
	title := map[string]string{"S": "(A)  synonyms exchanged", "D": "(B)  displaced"}[of]
	s.text(0.1, top+9, sketchTitle, "%s", title)
	height := acrossTransformed * float64(heightOfTransformed-2*plot.Margin) / float64(10.4*vg.Inch/2-2*plot.Margin)
	return plot.Panel{Bare: true, X: plot.Axis{Max: acrossTransformed}, Y: plot.Axis{Max: height}, Layers: s.layers}
}

// framed frames the patches that changed.
func (m transformed) framed(s *sketch, x, y float64, before, after example, col color.Color) {
	for k := range 4 {
		if !slices.Equal(before.inPatch(k), after.inPatch(k)) {
			s.frame(x+float64(k*m.patch), y, float64(m.patch), 1, col, false)
		}
	}
}

// inPatch returns the symbols in the cells of a patch: -1 for blank.
func (d example) inPatch(k int) []int {
	out := slices.Repeat([]int{-1}, d.patchCells)
	for i, c := range d.lowCells {
		if c/d.patchCells == k {
			out[c%d.patchCells] = int(d.low[i])
		}
	}
	return out
}

// network draws the LCN of Figure 3 on the example, its second layer marked.
func (m transformed) network(s *sketch, x, bottom float64, col color.Color) {
	n := architectureOf(sketchedTask(srhm.SparsityA, 1, 2), spec.LCN)
	at := func(l, i int) float64 { return x + float64(n.places[0])*(float64(i)+0.5)/float64(n.places[l]) }
	heights := []float64{bottom, bottom + 2.6, bottom + 5.6, bottom + 7.7}
	for l := 1; l <= 2; l++ {
		for below := range n.places[l-1] {
			for above := range n.places[l] {
				if n.joined(below, above) {
					from := heights[l-1] + 0.1
					if l > 1 {
						from += 0.7
					}
					s.add(plot.Arrow{X0: at(l-1, below), Y0: from, X1: at(l, above), Y1: heights[l] - 0.8, Color: line, Width: 0.6})
				}
			}
		}
	}
	for l := 1; l <= 2; l++ {
		for i := range n.places[l] {
			s.unit(at(l, i), heights[l])
		}
	}
	s.add(plot.Disc{X: at(2, 0) + 0.3, Y: heights[2] + 0.15, R: 1.35, Edge: col})
	s.middle(at(2, 0)+2.4, heights[2], sketchText, "$f_2$")
	s.arrow(at(2, 0), heights[2]+1.5, at(2, 0), heights[3]-0.5, line)
	s.add(plot.Disc{X: at(2, 0), Y: heights[3], R: 0.5, Fill: white, Edge: color.Black})
}
