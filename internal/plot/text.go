package plot

import (
	"image/color"
	"math"
	"strings"
	"unicode"

	stdfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// markup is a text handler for labels such as "test error at $P^{*}/n_c$": between dollar signs
// letters are italic, ^ raises and _ lowers the next character or {group}.
//
// It fills the outlines of the glyphs instead of asking the canvas for text: the PDF canvas knows
// only the characters of Windows-1252 (no ε, no ⁴), and an SVG would depend on the reader's fonts.
type markup struct{ fonts *font.Cache }

var handler = markup{fonts: font.NewCache(liberation.Collection())}

// Relative size and shift (in em) of sub- and superscripts. They stay within the ascent and descent
// of the font, so all lines have one height and tick labels share their baseline.
const (
	scriptSize  = 0.70
	scriptRaise = 0.36
	scriptDrop  = -0.16
)

// textStyle returns the style of labels: Liberation Sans in the given size.
func textStyle(size vg.Length, x draw.XAlignment, y draw.YAlignment) text.Style {
	return text.Style{Color: ink, Font: sans(size, false), XAlign: x, YAlign: y, Handler: handler}
}

func sans(size vg.Length, italic bool) font.Font {
	f := font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
	if italic {
		f.Style = stdfont.StyleItalic
	}
	return f
}

// run is a stretch of text in one style: scale and rise relative to the font size.
type run struct {
	text        string
	italic      bool
	scale, rise float64
}

// parse splits a line of markup into runs.
func parse(line string) []run {
	var runs []run
	for i, part := range strings.Split(line, "$") {
		if i%2 == 0 {
			runs = appendRun(runs, run{text: part, scale: 1})
		} else {
			runs = parseMath(runs, part, run{scale: 1})
		}
	}
	return runs
}

// parseMath appends the runs of a formula, in the style of base.
func parseMath(runs []run, s string, base run) []run {
	for s != "" {
		r, rest := cutRune(s)
		if r == '^' || r == '_' {
			var group string
			group, s = cutGroup(rest)
			runs = parseMath(runs, group, script(base, r))
			continue
		}
		s = rest
		next := base
		next.text, next.italic = symbol(r, base), unicode.IsLetter(r)
		runs = appendRun(runs, next)
	}
	return runs
}

// symbol writes a character of a formula: a hyphen is a minus, and relations get room.
func symbol(r rune, base run) string {
	switch {
	case r == '-':
		return "−"
	case r == '=' && base.scale == 1:
		return " = "
	}
	return string(r)
}

func script(base run, mark rune) run {
	shift := scriptRaise
	if mark == '_' {
		shift = scriptDrop
	}
	return run{scale: base.scale * scriptSize, rise: base.rise + shift*base.scale}
}

// cutGroup returns a {group} without its braces, or one character.
func cutGroup(s string) (group, rest string) {
	if inner, ok := strings.CutPrefix(s, "{"); ok {
		group, rest, _ = strings.Cut(inner, "}")
		return group, rest
	}
	r, rest := cutRune(s)
	return string(r), rest
}

func cutRune(s string) (rune, string) {
	for _, r := range s {
		return r, s[len(string(r)):]
	}
	return 0, ""
}

// appendRun joins r to the last run if their styles are equal.
func appendRun(runs []run, r run) []run {
	if r.text == "" {
		return runs
	}
	if n := len(runs); n > 0 {
		last := &runs[n-1]
		if last.italic == r.italic && last.scale == r.scale && last.rise == r.rise {
			last.text += r.text
			return runs
		}
	}
	return append(runs, r)
}

// Cache implements text.Handler.
func (h markup) Cache() *font.Cache { return h.fonts }

// Extents implements text.Handler.
func (h markup) Extents(f font.Font) font.Extents {
	face := h.fonts.Lookup(f, f.Size)
	return face.Extents()
}

// Lines implements text.Handler.
func (h markup) Lines(txt string) []string { return strings.Split(strings.TrimRight(txt, "\n"), "\n") }

// Box implements text.Handler: the height is that of the font, whatever the line holds.
func (h markup) Box(line string, f font.Font) (width, height, depth vg.Length) {
	ext := h.Extents(f)
	for _, r := range parse(line) {
		width += advance(h.face(r, f), r.text)
	}
	return width, ext.Ascent, ext.Descent
}

func (h markup) face(r run, f font.Font) font.Face {
	g := sans(f.Size*vg.Length(r.scale), r.italic)
	g.Weight = f.Weight
	return h.fonts.Lookup(g, g.Size)
}

// Draw implements text.Handler, with the baseline where gonum's plain handler puts it.
func (h markup) Draw(c vg.Canvas, txt string, sty text.Style, pt vg.Point) {
	lines := h.Lines(txt)
	if len(strings.TrimSpace(txt)) == 0 {
		return
	}
	c.SetColor(sty.Color)
	if sty.Rotation != 0 {
		c.Push()
		defer c.Pop()
		c.Rotate(sty.Rotation)
		sin, cos := math.Sincos(sty.Rotation)
		pt = vg.Point{X: pt.Y*vg.Length(sin) + pt.X*vg.Length(cos), Y: pt.Y*vg.Length(cos) - pt.X*vg.Length(sin)}
	}
	pt.Y += sty.Height(txt)*vg.Length(sty.YAlign) - h.Extents(sty.Font).Ascent
	for i, line := range lines {
		at := pt.Add(vg.Point{X: vg.Length(sty.XAlign) * sty.Width(line), Y: vg.Length(len(lines)-i) * sty.Font.Size})
		h.drawLine(c, line, sty.Font, at)
	}
}

// drawLine fills one line as a single path.
func (h markup) drawLine(c vg.Canvas, line string, f font.Font, at vg.Point) {
	var path vg.Path
	for _, r := range parse(line) {
		face := h.face(r, f)
		path = outline(path, face, r.text, at.Add(vg.Point{Y: vg.Length(r.rise) * f.Size}))
		at.X += advance(face, r.text)
	}
	if len(path) > 0 {
		c.Fill(path)
	}
}

// ink is the colour of text and axes.
var ink = color.NRGBA{R: 0x22, G: 0x22, B: 0x22, A: 0xff}
