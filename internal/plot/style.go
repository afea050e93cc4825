package plot

import (
	"image/color"

	stdfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/vg"
)

// ink is the colour of text and axes.
var ink = color.NRGBA{R: 0x22, G: 0x22, B: 0x22, A: 0xff}

func orInk(c color.Color) color.Color {
	if c == nil {
		return ink
	}
	return c
}

// align is how far a text is moved from its point, in parts of its own width or height.
type align float64

const (
	after   align = 0 // the text lies to the right of the point, or above it
	centred align = -0.5
	before  align = -1 // to the left of it, or below
)

// style is how a text is set. The typeface is Liberation Sans.
type style struct {
	size   vg.Length
	color  color.Color // nil: ink
	x, y   align
	upward bool // turned to the left by a quarter
}

var fonts = font.NewCache(liberation.Collection())

func (s style) face(scale float64, italic bool) font.Face {
	f := font.Font{Typeface: "Liberation", Variant: "Sans"}
	if italic {
		f.Style = stdfont.StyleItalic
	}
	return fonts.Lookup(f, vg.Length(float64(s.size)*scale))
}

func (s style) extents() font.Extents {
	face := s.face(1, false)
	return face.Extents()
}

func (s style) descent() vg.Length { return s.extents().Descent }

// height returns the height of a line, which does not depend on the text.
func (s style) height() vg.Length {
	e := s.extents()
	return e.Ascent + e.Descent
}

func (s style) width(line string) (w vg.Length) {
	for _, r := range parse(line) {
		w += advance(s.face(r.scale, r.italic), r.text)
	}
	return w
}
