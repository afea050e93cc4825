package plot

import (
	"bytes"
	"image/color"
	"image/png"
	"math"
	"testing"

	"gonum.org/v1/plot/vg"
)

// A sketch has square units, from its lower left corner, whatever the notes below it.
func TestSketchIsSquare(t *testing.T) {
	black, red := color.NRGBA{A: 0xff}, color.NRGBA{R: 0xff, A: 0xff}
	layers := []Layer{
		Box{X: 0, Y: 0, W: 20, H: 10, Fill: black},
		Box{X: 2, Y: 3, W: 4, H: 4, Fill: red, Edge: red, Dashed: true, Text: "a"},
		Disc{X: 15, Y: 5, R: 2, Fill: red, Edge: red, Text: "σ", Size: 8},
		Arrow{X0: 8, Y0: 5, X1: 11, Y1: 5, Color: red}, Arrow{X0: 8, Y0: 5, X1: 8, Y1: 5, Color: red},
	}
	for _, notes := range [][]string{nil, {"a note", "and another"}} {
		b, err := Sketch(Page{Notes: notes}, 20, 10, vg.Length(10), layers).PNG()
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		drawn := func(x, y int) bool { // not white, as around the drawing
			r, g, b, _ := img.At(x, y).RGBA()
			return r+g+b < 3*0xf000
		}
		unit := 10.0 * pngDPI / 72
		left, top := int(math.Round(float64(margin)*pngDPI/72)), int(math.Round(float64(margin)*pngDPI/72))
		right, bottom := left+int(20*unit), top+int(10*unit)
		for _, at := range [][2]int{{left + 3, top + 3}, {right - 3, top + 3}, {left + 3, bottom - 3}, {right - 3, bottom - 3}} {
			if !drawn(at[0], at[1]) {
				t.Errorf("notes %d: nothing at %v", len(notes), at)
			}
		}
		for _, at := range [][2]int{{left - 3, top + 9}, {right + 3, top + 9}, {left + 9, top - 3}, {left + int(19*unit), bottom + 3}} {
			if drawn(at[0], at[1]) {
				t.Errorf("notes %d: the drawing goes to %v", len(notes), at)
			}
		}
	}
}
