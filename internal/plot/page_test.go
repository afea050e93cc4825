package plot

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

var middlePoint = vg.Point{X: 5, Y: -2}

// sample is a page with everything on it.
func sample() Page {
	var list []Mark
	for i, s := range []Shape{Circle, Diamond, Cross, Square, Triangle} {
		x := 200 * float64(i+1)
		list = append(list,
			Mark{X: x, Y: 3 * x, Low: 2 * x, High: 5 * x, Shape: s, Color: Reds.At(0.3)},
			Mark{X: x, Y: 2 * x, Shape: s, Color: Blues.At(0.8), Hollow: true, Bound: Bound(i % 3)})
	}
	curve := Line{X: []float64{150, 500, 1400}, Y: []float64{400, 1500, 4000}, Color: Accent, Dashed: true}
	field := Field{Triangles: [][3]Node{{{1, 1, 0}, {3, 1, 1}, {2, 4, 2}}}, Levels: Bands(0, 2, 10), Color: Viridis}
	return Page{
		Width: 8 * vg.Inch, Height: 4 * vg.Inch, Title: "sample", Description: "all <things> & ε",
		Panels: []Panel{
			{
				Title: "$P^*$ at ε", X: Axis{Label: "$n_c m^L$", Min: 100, Max: 3000, Log: true}, Y: Axis{Label: "test error", Min: 100, Max: 2e4, Log: true},
				Layers: []Layer{Guide(2, 100, 3000), curve, Marks{List: list}, Label{X: 300, Y: 300, Text: "label", Color: Accent}},
				Legends: []Legend{
					{{Sample: MarkSample{Mark: list[0]}, Text: "mark"}, {Sample: MarkSample{Mark: list[3]}, Text: "limit"}},
					{{Sample: Captions{"4", "6"}, Text: "$v$"}, {Sample: Swatches{Reds.At(0), Reds.At(1)}, Text: "$L=2$"}, {Sample: LineSample{Line: curve, Mark: &list[2]}, Text: "line"}},
				},
			},
			{X: Axis{Label: "F", Min: 1, Max: 3}, Y: Axis{Label: "d", Min: 1, Max: 4, Ticks: []float64{1, 2.5, 4}}, Layers: []Layer{field}, Bar: &ColorBar{Field: field, Label: "ln", Ticks: []float64{0, 1, 2}}},
		},
		Notes: []string{"A note that is long enough to be broken: " + strings.Repeat("words and $x^2$ ", 20), "second"},
	}
}

func render(t *testing.T, p Page) [3][]byte {
	t.Helper()
	var out [3][]byte
	for i, f := range []func() ([]byte, error){p.PNG, p.SVG, p.PDF} {
		b, err := f()
		if err != nil {
			t.Fatal(err)
		}
		out[i] = b
	}
	return out
}

// A second later, the same page is the same bytes: no time, no order of a map.
func TestSameBytes(t *testing.T) {
	a := render(t, sample())
	time.Sleep(1100 * time.Millisecond)
	b := render(t, sample())
	for i, name := range []string{"PNG", "SVG", "PDF"} {
		if !bytes.Equal(a[i], b[i]) {
			t.Errorf("two %s differ", name)
		}
	}
}

func TestPNG(t *testing.T) {
	b := render(t, sample())[0]
	img, err := png.Decode(bytes.NewReader(b)) // checks the sums of all chunks
	if err != nil {
		t.Fatal(err)
	}
	if w := img.Bounds().Dx(); w != 8*pngDPI {
		t.Errorf("%d pixels wide", w)
	}
	if !bytes.Contains(b, []byte("iTXtDescription\x00\x00\x00\x00\x00all <things> & ε")) {
		t.Error("no description")
	}
}

func TestSVG(t *testing.T) {
	b := render(t, sample())[1]
	dec := xml.NewDecoder(bytes.NewReader(b))
	text := map[string]string{}
	var element string
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			element = token.Name.Local
		case xml.CharData:
			text[element] += string(token)
		}
	}
	if text["desc"] == "" || !strings.HasPrefix(text["desc"], "all <things> & ε") || text["title"] == "" {
		t.Errorf("title %q, description %q", text["title"], text["desc"])
	}
	if _, ok := text["text"]; ok {
		t.Error("text that needs the reader's fonts")
	}
}

// The last cross-reference section must point to the object it replaces.
func TestPDF(t *testing.T) {
	b := render(t, sample())[2]
	m := regexp.MustCompile(`(?s)xref\n(\d+) 1\n(\d{10}) 00000 n \ntrailer\n<< /Size \d+ /Root \d+ 0 R /Info (\d+) 0 R /Prev (\d+) >>\nstartxref\n(\d+)\n%%EOF\n$`).FindSubmatch(b)
	if m == nil {
		t.Fatal("no incremental update")
	}
	offset := func(i int) []byte {
		n, err := strconv.Atoi(string(m[i]))
		if err != nil || n >= len(b) {
			t.Fatalf("offset %s", m[i])
		}
		return b[n:]
	}
	if !bytes.HasPrefix(offset(2), fmt.Appendf(nil, "%s 0 obj\n<< /Producer", m[1])) || !bytes.Equal(m[1], m[3]) {
		t.Error("the table does not point to the information dictionary")
	}
	if !bytes.HasPrefix(offset(4), []byte("xref")) || !bytes.HasPrefix(offset(5), []byte("xref")) {
		t.Error("startxref or Prev does not point to a table")
	}
}

func TestPDFWithoutTrailer(t *testing.T) {
	if _, err := describePDF([]byte("no PDF"), "", ""); err == nil {
		t.Error("no error")
	}
}

func TestLegendsAvoidData(t *testing.T) {
	if n := sample().Covered(); n != 0 {
		t.Errorf("legends cover %d marks", n)
	}
	full := sample() // with marks everywhere something has to be covered, and that is said
	var m Marks
	for x := 110.0; x < 2900; x *= 1.1 {
		for y := 110.0; y < 1.9e4; y *= 1.1 {
			m.List = append(m.List, Mark{X: x, Y: y, Color: ink})
		}
	}
	full.Panels[0].Layers = []Layer{m}
	if full.Covered() == 0 {
		t.Error("legends cover nothing of a full panel")
	}
}

func TestRange(t *testing.T) {
	if lo, hi := Range([]float64{0, 20, 5, -1}, 2); lo != 2.5 || hi != 40 {
		t.Errorf("%v to %v", lo, hi)
	}
	if lo, hi := Range(nil, 2); lo != 1 || hi != 10 {
		t.Errorf("%v to %v", lo, hi)
	}
}

// Rows have their heights, from the top, with the notes below; panels do not overlap and fill the page.
func TestStacked(t *testing.T) {
	p := sample()
	p.Panels = append(p.Panels, p.Panels...)
	p = p.Stacked(2*vg.Inch, 3*vg.Inch)
	notes := len(p.wrapped())
	if want := 5*vg.Inch + p.noteRoom(); p.Height != want || notes < 2 {
		t.Fatalf("height %v, want %v; %d notes", p.Height, want, notes)
	}
	cells := p.cells(draw.New(p.svg()))
	if len(cells) != 4 {
		t.Fatalf("%d cells", len(cells))
	}
	for i, c := range cells {
		row, column := i/2, i%2
		if got, want := c.Max.Y-c.Min.Y, p.Rows[row]-2*margin; math.Abs(float64(got-want)) > 1e-9 {
			t.Errorf("cell %d: height %v, want %v", i, got, want)
		}
		if left := p.Width / 2 * vg.Length(column); c.Min.X < left || c.Max.X > left+p.Width/2 {
			t.Errorf("cell %d: from %v to %v", i, c.Min.X, c.Max.X)
		}
		if row == 1 && c.Max.Y >= cells[column].Min.Y {
			t.Errorf("cell %d is not below cell %d", i, column)
		}
	}
	if low := cells[3].Min.Y; low < p.noteRoom() {
		t.Errorf("panels reach down to %v, into the notes", low)
	}
}

// Bars and arrows of x are drawn, and no legend covers the ends of a bar.
func TestMarksOfX(t *testing.T) {
	page := func(k Mark) []byte {
		p := sample()
		p.Panels = p.Panels[:1]
		p.Panels[0].Layers = []Layer{Marks{List: []Mark{k}}}
		p.Panels[0].Legends = nil
		return render(t, p)[1]
	}
	plain := Mark{X: 500, Y: 1000, Color: ink}
	pictures := map[string][]byte{"plain": page(plain)}
	bar, beyond, before := plain, plain, plain
	bar.Left, bar.Right = 300, 900
	beyond.Bound, before.Bound = Beyond, Before
	pictures["bar"], pictures["beyond"], pictures["before"] = page(bar), page(beyond), page(before)
	for a, x := range pictures {
		for b, y := range pictures {
			if a != b && bytes.Equal(x, y) {
				t.Errorf("%s and %s look alike", a, b)
			}
		}
	}
	on := &area{x: Axis{Max: 1}, y: Axis{Max: 1}}
	if got := (Marks{List: []Mark{bar}}).keepClear(on); len(got) != 3 {
		t.Errorf("legends keep clear of %d points of a mark with a bar, want 3", len(got))
	}
}
