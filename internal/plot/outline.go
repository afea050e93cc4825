package plot

import (
	"fmt"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	vgfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// emUnits is the resolution at which outlines are read: the design grid of the Liberation fonts, so
// nothing is rounded and nothing is hinted.
const emUnits = 2048

// outline appends the outlines of a text whose baseline starts at a point.
func outline(path vg.Path, face vgfont.Face, text string, at vg.Point) vg.Path {
	var buf sfnt.Buffer
	unit := face.Font.Size / (emUnits * 64)
	for _, r := range text {
		index := glyph(&buf, face, r)
		segments, err := face.Face.LoadGlyph(&buf, index, fixed.I(emUnits), nil)
		if err != nil {
			panic(fmt.Sprintf("plot: outline of %q: %v", r, err))
		}
		place := func(p fixed.Point26_6) vg.Point { // font coordinates point down
			return vg.Point{X: at.X + vg.Length(p.X)*unit, Y: at.Y - vg.Length(p.Y)*unit}
		}
		path = appendSegments(path, segments, place)
		at.X += glyphAdvance(&buf, face, index)
	}
	return path
}

func appendSegments(path vg.Path, segments sfnt.Segments, place func(fixed.Point26_6) vg.Point) vg.Path {
	open := false
	for _, s := range segments {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if open {
				path.Close()
			}
			path.Move(place(s.Args[0]))
			open = true
		case sfnt.SegmentOpLineTo:
			path.Line(place(s.Args[0]))
		case sfnt.SegmentOpQuadTo:
			path.QuadTo(place(s.Args[0]), place(s.Args[1]))
		case sfnt.SegmentOpCubeTo:
			path.CubeTo(place(s.Args[0]), place(s.Args[1]), place(s.Args[2]))
		}
	}
	if open {
		path.Close()
	}
	return path
}

// advance is the width of a text.
func advance(face vgfont.Face, text string) (w vg.Length) {
	var buf sfnt.Buffer
	for _, r := range text {
		w += glyphAdvance(&buf, face, glyph(&buf, face, r))
	}
	return w
}

func glyphAdvance(buf *sfnt.Buffer, face vgfont.Face, index sfnt.GlyphIndex) vg.Length {
	a, err := face.Face.GlyphAdvance(buf, index, fixed.I(emUnits), font.HintingNone)
	if err != nil {
		panic(fmt.Sprintf("plot: width of a glyph: %v", err))
	}
	return vg.Length(a) * face.Font.Size / (emUnits * 64)
}

// glyph finds a character in the font. One that is missing is a mistake in a label, found by the
// first test that draws it.
func glyph(buf *sfnt.Buffer, face vgfont.Face, r rune) sfnt.GlyphIndex {
	index, err := face.Face.GlyphIndex(buf, r)
	if err != nil || index == 0 {
		panic(fmt.Sprintf("plot: no glyph for %q in Liberation Sans", r))
	}
	return index
}
