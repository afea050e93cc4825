package figures

import (
	"fmt"
	"image/color"

	"gonum.org/v1/plot/vg"

	"srhmbench/internal/plot"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// shape is a network on the cells of a task: what Figure 3 draws.
type shape struct {
	kind   string
	patch  int   // cells of a filter, and of its stride
	places []int // of each layer, the input first, one at last
}

// shapeOf is that of SPEC section 2.1: L hidden layers that each join s(s0+1) neighbours.
func shapeOf(t srhm.Task, kind string) shape {
	s := shape{kind: kind, patch: t.PatchCells(), places: []int{t.Cells()}}
	for range t.L {
		s.places = append(s.places, s.places[len(s.places)-1]/s.patch)
	}
	return s
}

// joined says whether a place of a layer looks at one of the layer below.
func (s shape) joined(below, above int) bool {
	return s.kind == spec.FCN || below/s.patch == above
}

// shared says whether the connections of two places below to theirs above are one weight: the CNN has one filter.
func (s shape) shared(a, b int) bool {
	return a == b || s.kind == spec.CNN && a%s.patch == b%s.patch
}

// weights counts those of the hidden layers, without biases, for v channels of input and h of a place.
func (s shape) weights(v, h int) int {
	total := 0
	channels := v
	for l := 1; l < len(s.places); l++ {
		links := 0
		for below := range s.places[l-1] {
			for above := range s.places[l] {
				if s.joined(below, above) && (s.kind != spec.CNN || above == 0) {
					links++
				}
			}
		}
		total, channels = total+links*channels*h, h
	}
	return total
}

// kinds3 are the networks of the figure. The paper's has no FCN, which Figure 16 uses.
var kinds3 = []string{spec.LCN, spec.CNN, spec.FCN}

// width3 is the paper's.
const width3 = 512

// figure3 needs no training.
var figure3 = Figure{Name: "3", Title: "the networks: LCN, CNN and FCN on patches", Plan: noPlan, Draw: draw3}

func draw3(Source, Scale) (Drawing, error) {
	w, err := newWorld2()
	if err != nil {
		return Drawing{}, err
	}
	s := &sketch{}
	t := w.grammar.Task()
	table := Table{Columns: []string{"network", "layer", "places", "patch", "weights_of_hidden_layers"}}
	for i, kind := range kinds3 {
		n := shapeOf(t, kind)
		n.draw(s, 4.5+18.5*float64(i), w.data[0])
		s.middle(12.5+18.5*float64(i), 2.3, sketchTitle, "(%c) %s", 'a'+i, upper[kind])
		s.middle(12.5+18.5*float64(i), 0.9, sketchSmall, "%s", seen3[kind])
		for l, places := range n.places {
			table.Add(kind, l, places, n.patch, n.weights(t.V, width3))
		}
	}
	for l, name := range []string{"input", "layer 1", "layer 2", "output"} {
		s.text(0, heights3[l]-0.4, sketchText, "%s", name)
	}
	s.unit(34.6, 17.8)
	s.text(36.4, 17.9, sketchSmall, "$h$ channels, each")
	s.text(36.4, 16.9, sketchSmall, "a sum, a bias, a ReLU")
	return Drawing{Page: page3(s, t), Data: table}, nil
}

var upper = map[string]string{spec.LCN: "LCN", spec.CNN: "CNN", spec.FCN: "FCN"}

// seen3 says what the red weight of the first layer looks at.
var seen3 = map[string]string{
	spec.LCN: "a weight sees one cell of one patch",
	spec.CNN: "a weight sees one cell of every patch",
	spec.FCN: "a weight sees one cell, from anywhere",
}

// heights3 are those of input, layers and output.
var heights3 = []float64{5, 10, 14, 17.6}

// draw draws the network over its input, 16 cells wide from x.
func (n shape) draw(s *sketch, x float64, d datum2) {
	last := len(n.places) - 1
	at := func(l, i int) float64 { // centres of equal parts
		return x + float64(n.places[0])*(float64(i)+0.5)/float64(n.places[l])
	}
	for l := 1; l <= last; l++ {
		for _, redOnes := range []bool{false, true} { // the red ones on top
			n.links(s, l, redOnes, at)
		}
	}
	s.strip(x, heights3[0]-0.5, n.places[0], d.lowCells, d.low, lowGlyphs)
	for below := range n.places[0] {
		if n.shared(below, 0) {
			s.frame(x+float64(below), heights3[0]-0.5, 1, 1, red, false)
		}
	}
	for l := 1; l <= last; l++ {
		for i := range n.places[l] {
			s.unit(at(l, i), heights3[l])
		}
	}
	s.arrow(at(last, 0), heights3[last]+0.85, at(last, 0), heights3[last+1]-0.7, line)
	s.add(plot.Disc{X: at(last, 0), Y: heights3[last+1], R: 0.65, Fill: white, Edge: color.Black})
}

// links draws the connections from the layer below, the red ones or the others.
func (n shape) links(s *sketch, l int, redOnes bool, at func(l, i int) float64) {
	from, to := heights3[l-1]+0.5, heights3[l]-0.8
	for below := range n.places[l-1] {
		for above := range n.places[l] {
			// Of the FCN one weight, of one unit; elsewhere a cell has one unit above.
			isRed := l == 1 && n.shared(below, 0) && (n.kind != spec.FCN || above == 0)
			if !n.joined(below, above) || isRed != redOnes {
				continue
			}
			a := plot.Arrow{X0: at(l-1, below), Y0: from, X1: at(l, above), Y1: to, Color: line, Width: 0.6}
			if n.kind == spec.FCN && l == 1 { // too many for heads
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

// unit draws the hidden units of one place: a stack, for they are many.
func (s *sketch) unit(x, y float64) {
	for _, shift := range []float64{0.6, 0.3, 0} {
		d := plot.Disc{X: x + shift, Y: y + shift/2, R: 0.7, Fill: white, Edge: color.Black}
		if shift == 0 {
			d.Text, d.Size = "$σ$", sketchText
		}
		s.add(d)
	}
}

func page3(s *sketch, t srhm.Task) plot.Page {
	var counts string
	for i, kind := range kinds3 {
		if i > 0 {
			counts += ", "
		}
		counts += fmt.Sprintf("%s %d", upper[kind], shapeOf(t, kind).weights(t.V, width3))
	}
	return plot.Sketch(plot.Page{
		Title:       "Figure 3: the networks, on patches of the model",
		Description: "A locally connected, a convolutional and a fully connected network for L = 2, s = 2, s0 = 1, on a datum of Figure 2. In red: one weight of the first layer, and what it sees. After Tomasini and Wyart (2024), Figure 3; drawn by this program from the shapes it trains.",
		Notes:       []string{fmt.Sprintf("$L=2$, $s=2$, $s_0=1$: filter and stride are $s(s_0+1)=4$. The input is a datum of Figure 2; a cell has $v$ channels. Weights of the hidden layers at $v=3$, $h=%d$: %s.", width3, counts)},
	}, 60, 20, vg.Length(11.2), s.layers)
}
