package plot

import (
	"strings"
	"unicode"

	"gonum.org/v1/plot/vg"
)

// Labels such as "test error at $P^{*}/n_c$" have formulas between dollar signs. Letters of a formula are italic; ^
// raises and _ lowers the next character or {group}.
//
// Texts are drawn as outlines of glyphs. The PDF canvas knows only the characters of Windows-1252, which has no ε, and
// text in an SVG would depend on the reader's fonts.

// Relative size and shift, in em, of sub- and superscripts. They stay within the ascent and descent of the font, so
// that all lines have one height and the labels of ticks share their baseline.
const (
	scriptSize  = 0.70
	scriptRaise = 0.36
	scriptDrop  = -0.16
)

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

// symbol returns how a character of a formula is written: a hyphen is a minus, and an equals sign gets room.
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
	return run{scale: float64(base.scale * scriptSize), rise: base.rise + float64(shift*base.scale)}
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

// appendRun appends r, or joins it to the last run if their styles are the same.
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

// draw draws a line of text at a point.
func (s style) draw(c vg.Canvas, at vg.Point, line string) {
	e := s.extents()
	p := pen{at, s.upward}
	p.move(vg.Length(float64(s.x)*float64(s.width(line))), vg.Length(float64(s.y)*float64(s.height()))-e.Ascent+s.size)
	var path vg.Path
	for _, r := range parse(line) {
		face, raised := s.face(r.scale, r.italic), p
		raised.move(0, vg.Length(r.rise*float64(s.size)))
		path = outline(path, face, r.text, raised)
		p.move(advance(face, r.text), 0)
	}
	if len(path) > 0 {
		c.SetColor(orInk(s.color))
		c.Fill(path)
	}
}

// pen is a point on the baseline of a text that runs to the right, or upward.
type pen struct {
	at     vg.Point
	upward bool
}

// point returns the point at a distance along the baseline and above it.
func (p pen) point(along, above vg.Length) vg.Point {
	if p.upward {
		along, above = -above, along
	}
	return vg.Point{X: p.at.X + along, Y: p.at.Y + above}
}

func (p *pen) move(along, above vg.Length) { p.at = p.point(along, above) }
