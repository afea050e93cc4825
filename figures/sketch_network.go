package figures

import (
	"image/color"
	"srhmbench/internal/plot"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// shape is a network on the cells of a task: what Figure 3 draws.
type architecture struct {
	kind   string
	patch  int   // cells of a filter, and of its stride
	places []int // of each layer, the input first, one at last
}

// shapeOf is that of SPEC section 2.1: L hidden layers that each join s(s0+1) neighbours.
func architectureOf(t srhm.Task, kind string) architecture {
	s := architecture{kind: kind, patch: t.PatchCells(), places: []int{t.Cells()}}
	for range t.L {
		s.places = append(s.places, s.places[len(s.places)-1]/s.patch)
	}
	return s
}

// joined says whether a place of a layer looks at one of the layer below.
func (s architecture) joined(below, above int) bool {
	return s.kind == spec.FCN || below/s.patch == above
}

// shared says whether the connections of two places below to theirs above are one weight: the CNN has one filter.
func (s architecture) shared(a, b int) bool {
	return a == b || s.kind == spec.CNN && a%s.patch == b%s.patch
}

// weights counts those of the hidden layers, without biases, for v channels of input and h of a place.
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
