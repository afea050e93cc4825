package plot

import (
	"fmt"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	vgfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// emUnits is the resolution at which outlines are read. It is the design grid of the Liberation fonts, so nothing is
// rounded or hinted.
const emUnits = 2048

// outline appends the outlines of a text that starts at a pen.
func outline(path vg.Path, face vgfont.Face, text string, p pen) vg.Path {
	var buf sfnt.Buffer
	unit := float64(face.Font.Size) / (emUnits * 64)
	for _, r := range text {
		index := glyph(&buf, face, r)
		segments, err := face.Face.LoadGlyph(&buf, index, fixed.I(emUnits), nil)
		if err != nil {
			panic(fmt.Sprintf("plot: outline of %q: %v", r, err))
		}
		place := func(at fixed.Point26_6) vg.Point { // font coordinates point down
			return p.point(vg.Length(float64(at.X)*unit), -vg.Length(float64(at.Y)*unit))
		}
		path = appendSegments(path, segments, place)
		p.move(glyphAdvance(&buf, face, index), 0)
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

// advance returns the width of a text.
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

// glyph finds a character in the font. A missing one is a mistake in a label, which the first test that draws it finds.
func glyph(buf *sfnt.Buffer, face vgfont.Face, r rune) sfnt.GlyphIndex {
	index, err := face.Face.GlyphIndex(buf, r)
	if err != nil || index == 0 {
		panic(fmt.Sprintf("plot: no glyph for %q in Liberation Sans", r))
	}
	return index
}
