package figures

import (
	"fmt"
	"image/color"
	"strings"

	"gonum.org/v1/plot/vg"

	"srhmbench/internal/plot"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// sketchedKinds are the networks of the figure. The paper's figure leaves out the FCN, which Figure 16 uses.
var sketchedKinds = []string{spec.LCN, spec.CNN, spec.FCN}

// sketchedWidth is the paper's width.
const sketchedWidth = 512

// figure3 needs no training.
var figure3 = Figure{Name: "3", Title: "the networks: LCN, CNN and FCN on patches", Plan: planNothing, Draw: draw3}

func draw3(Source, Scale) (Drawing, error) {
	w, err := newModelSketch()
	if err != nil {
		return Drawing{}, err
	}
	s := &sketch{}
	t := w.grammar.Task()
	table := Table{Columns: []string{"network", "layer", "places", "patch", "weights_of_hidden_layers"}}
	for i, kind := range sketchedKinds {
		n := architectureOf(t, kind)
		n.draw(s, 4.5+float64(18.5*float64(i)), w.data[0])
		s.middle(12.5+float64(18.5*float64(i)), 2.3, sketchTitle, "(%c) %s", 'a'+i, strings.ToUpper(kind))
		s.middle(12.5+float64(18.5*float64(i)), 0.9, sketchSmall, "%s", weightSees[kind])
		for l, places := range n.places {
			table.Add(kind, l, places, n.patch, n.weights(t.V, sketchedWidth))
		}
	}
	for l, name := range []string{"input", "layer 1", "layer 2", "output"} {
		s.text(0, layerHeights[l]-0.4, sketchText, "%s", name)
	}
	s.unit(34.6, 17.8)
	s.text(36.4, 17.9, sketchSmall, "$h$ channels, each")
	s.text(36.4, 16.9, sketchSmall, "a sum, a bias, a ReLU")
	return Drawing{Page: page3(s, t), Data: table}, nil
}

// weightSees says what the red weight of the first layer sees.
var weightSees = map[string]string{
	spec.LCN: "a weight sees one cell of one patch",
	spec.CNN: "a weight sees one cell of every patch",
	spec.FCN: "a weight sees one cell, from anywhere",
}

// layerHeights are the heights of the input, the layers and the output.
var layerHeights = []float64{5, 10, 14, 17.6}

// draw draws the network over its input, 16 cells wide from x.
func (n architecture) draw(s *sketch, x float64, d example) {
	last := len(n.places) - 1
	at := func(l, i int) float64 { // centres of equal parts
		return x + float64(n.places[0])*(float64(i)+0.5)/float64(n.places[l])
	}
	for l := 1; l <= last; l++ {
		for _, redOnes := range []bool{false, true} { // the red ones on top
			n.links(s, l, redOnes, at)
		}
	}
	s.strip(x, layerHeights[0]-0.5, n.places[0], d.lowCells, d.low, lowGlyphs)
	for below := range n.places[0] {
		if n.shared(below, 0) {
			s.frame(x+float64(below), layerHeights[0]-0.5, 1, 1, red, false)
		}
	}
	for l := 1; l <= last; l++ {
		for i := range n.places[l] {
			s.unit(at(l, i), layerHeights[l])
		}
	}
	s.arrow(at(last, 0), layerHeights[last]+0.85, at(last, 0), layerHeights[last+1]-0.7, line)
	s.add(plot.Disc{X: at(last, 0), Y: layerHeights[last+1], R: 0.65, Fill: white, Edge: color.Black})
}

// links draws the connections to the layer below: the red ones, or the others.
func (n architecture) links(s *sketch, l int, redOnes bool, at func(l, i int) float64) {
	from, to := layerHeights[l-1]+0.5, layerHeights[l]-0.8
	for below := range n.places[l-1] {
		for above := range n.places[l] {
			// In the FCN a red weight belongs to one unit; elsewhere a cell has only one unit above it.
			isRed := l == 1 && n.shared(below, 0) && (n.kind != spec.FCN || above == 0)
			if !n.joined(below, above) || isRed != redOnes {
				continue
			}
			a := plot.Arrow{X0: at(l-1, below), Y0: from, X1: at(l, above), Y1: to, Color: line, Width: 0.6}
			if n.kind == spec.FCN && l == 1 { // too many for arrow heads
				a.Width, a.Plain = 0.35, true
			}
			if l > 1 {
				a.Y0 += 0.4
			}
			if isRed {
				a.Color, a.Width, a.Plain = red, 1.4, false
			}
			s.add(a)
		}
	}
}

func page3(s *sketch, t srhm.Task) plot.Page {
	var counts string
	for i, kind := range sketchedKinds {
		if i > 0 {
			counts += ", "
		}
		counts += fmt.Sprintf("%s %d", strings.ToUpper(kind), architectureOf(t, kind).weights(t.V, sketchedWidth))
	}
	return plot.Sketch(plot.Page{
		Title:       "Figure 3: the networks, on patches of the model",
		Description: "A locally connected, a convolutional and a fully connected network for L = 2, s = 2, s0 = 1, on an example of Figure 2. In red: one weight of the first layer, and what it sees. After Tomasini and Wyart (2024), Figure 3; drawn by this program from the shapes it trains.",
		Notes:       []string{fmt.Sprintf("$L=2$, $s=2$, $s_0=1$: filter and stride are $s(s_0+1)=4$. The input is an example of Figure 2; a cell has $v$ channels. Weights of the hidden layers at $v=3$, $h=%d$: %s.", sketchedWidth, counts)},
	}, 60, 20, vg.Length(11.2), s.layers)
}
