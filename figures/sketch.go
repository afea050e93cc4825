package figures

import (
	"fmt"
	"image/color"

	"gonum.org/v1/plot/vg"

	"srhmbench/internal/plot"
	"srhmbench/srhm"
	"srhmbench/srhm/sweep"
)

// planNothing is the plan of a figure that needs no training.
func planNothing(Scale) sweep.Plan { return sweep.Plan{} }

// sketch is a drawing of symbols in cells of the input, in units of a cell.
type sketch struct{ layers []plot.Layer }

func (s *sketch) add(layers ...plot.Layer) { s.layers = append(s.layers, layers...) }

// Sizes of text in a sketch.
const (
	sketchSmall = vg.Length(8.5)
	sketchText  = vg.Length(10)
	sketchTitle = vg.Length(12)
)

// text writes text whose lower left corner is at a place.
func (s *sketch) text(x, y float64, size vg.Length, format string, args ...any) {
	s.add(plot.Label{X: x, Y: y, Text: fmt.Sprintf(format, args...), Color: color.Black, Size: size})
}

// middle writes text centred on a place.
func (s *sketch) middle(x, y float64, size vg.Length, format string, args ...any) {
	s.add(plot.Label{X: x, Y: y, Text: fmt.Sprintf(format, args...), Color: color.Black, Size: size, Centred: true})
}

func (s *sketch) arrow(x0, y0, x1, y1 float64, col color.Color) {
	s.add(plot.Arrow{X0: x0, Y0: y0, X1: x1, Y1: y1, Color: col})
}

// frame outlines cells that are drawn already.
func (s *sketch) frame(x, y, w, h float64, col color.Color, dashed bool) {
	s.add(plot.Box{X: x, Y: y, W: w, H: h, Edge: col, Width: 1.8, Dashed: dashed})
}

// glyph is the sign of a symbol: a letter too, so that reading it does not take colour.
type glyph struct {
	letter    string
	fill, ink color.Color
}

var (
	white = color.NRGBA{R: 0xff, G: 0xff, B: 0xff, A: 0xff}
	line  = color.NRGBA{R: 0x55, G: 0x55, B: 0x55, A: 0xff}
	empty = glyph{fill: white}
	red   = color.NRGBA{R: 0xd5, G: 0x2b, B: 0x1e, A: 0xff}
	grass = color.NRGBA{R: 0x00, G: 0x7a, B: 0x55, A: 0xff}
)

func rgb(r, g, b uint8) color.Color { return color.NRGBA{R: r, G: g, B: b, A: 0xff} }

// The signs of Figures 2, 3 and 6, in colours that colour-blind readers tell apart (Okabe and Ito): classes, features
// of level 2, features of level 1.
var (
	classGlyphs = []glyph{{"1", rgb(0x00, 0x9e, 0x73), white}, {"2", rgb(0xe6, 0x9f, 0x00), color.Black}}
	highGlyphs  = []glyph{{"A", rgb(0xd5, 0x5e, 0x00), white}, {"B", rgb(0x00, 0x72, 0xb2), white}, {"C", rgb(0x7b, 0x32, 0x94), white}}
	lowGlyphs   = []glyph{{"a", rgb(0x9a, 0xd4, 0xf2), color.Black}, {"b", rgb(0xe9, 0xa8, 0xcb), color.Black}, {"c", rgb(0xf0, 0xe4, 0x42), color.Black}}
)

// box draws a symbol in a square.
func (s *sketch) box(x, y, size float64, g glyph) {
	s.add(plot.Box{X: x, Y: y, W: size, H: size, Fill: g.fill, Edge: line, Text: g.letter, Ink: g.ink, Size: sketchSmall})
}

// strip draws n cells, some of them with symbols.
func (s *sketch) strip(x, y float64, n int, cells []int, symbols []srhm.Symbol, glyphs []glyph) {
	for i := range n {
		s.box(x+float64(i), y, 1, empty)
	}
	for i, c := range cells {
		s.box(x+float64(c), y, 1, glyphs[symbols[i]])
	}
}

// tuple draws symbols side by side.
func (s *sketch) tuple(x, y float64, symbols []srhm.Symbol, glyphs []glyph) {
	for i, g := range symbols {
		s.box(x+float64(i), y, 1, glyphs[g])
	}
}
