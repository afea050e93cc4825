package figures

import (
	"image/color"
	"srhmbench/internal/plot"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// architecture is a network on the cells of a task, as Figures 3 and 6 draw it.
type architecture struct {
	kind   string
	patch  int   // filter size and stride, in cells
	places []int // positions in each layer, from the input to the last, which has one
}

// architectureOf returns the network of SPEC section 2.1: L hidden layers that each join s(s0+1) neighbours.
func architectureOf(t srhm.Task, kind string) architecture {
	s := architecture{kind: kind, patch: t.PatchCells(), places: []int{t.Cells()}}
	for range t.L {
		s.places = append(s.places, s.places[len(s.places)-1]/s.patch)
	}
	return s
}

// joined reports whether a place of a layer sees a place of the layer below.
func (s architecture) joined(below, above int) bool {
	return s.kind == spec.FCN || below/s.patch == above
}

// shared reports whether two places of the input have one weight to the places above them: the CNN has one filter.
func (s architecture) shared(a, b int) bool {
	return a == b || s.kind == spec.CNN && a%s.patch == b%s.patch
}

// weights counts the weights of the hidden layers, without biases, for v input channels and width h.
func (s architecture) weights(v, h int) int {
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

// unit draws the hidden units at one place as a stack, because they are many.
func (s *sketch) unit(x, y float64) {
	for _, shift := range []float64{0.6, 0.3, 0} {
		d := plot.Disc{X: x + shift, Y: y + float64(shift/2), R: 0.7, Fill: white, Edge: color.Black}
		if shift == 0 {
			d.Text, d.Size = "$σ$", sketchText
		}
		s.add(d)
	}
}
