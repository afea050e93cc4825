package report

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"

	"srhmbench/figures/plot"
)

// How far a picture may shrink, on a phone, and grow, on a wide screen, relative to its size in print.
// Where it may not shrink further it scrolls.
const (
	smallest = 0.62
	largest  = 1.35
)

var (
	names      = regexp.MustCompile(`\bid="([^"]*)"`)
	references = regexp.MustCompile(`(url\(#|href="#)`)
)

// picture returns a page as an element of an HTML document: without the prolog of a file, with names
// that no other picture has, and described to those who cannot see it. Its letters are outlines, so what
// the notes say is said in the description too.
func picture(p plot.Page, name string) ([]byte, error) {
	p.Description = strings.Join(append([]string{p.Description}, plain(p.Notes)...), " ")
	b, err := p.SVG()
	if err != nil {
		return nil, err
	}
	head := bytes.Index(b, []byte("<svg"))
	if head < 0 {
		return nil, fmt.Errorf("report: %s: no <svg> tag in what was drawn", name)
	}
	b = own(b[head:], name)
	attributes := fmt.Sprintf(`<svg class="plot" role="img" aria-labelledby="%[1]s-picture %[1]s-shows" style="width:min(100%%,%.0[2]fpt);min-width:%.0[3]fpt"`,
		html.EscapeString(name), largest*p.Width.Points(), smallest*p.Width.Points())
	for _, change := range [][2]string{
		{"<svg", attributes},
		{"<title>", fmt.Sprintf(`<title id="%s-picture">`, html.EscapeString(name))},
		{"<desc>", fmt.Sprintf(`<desc id="%s-shows">`, html.EscapeString(name))},
	} {
		b = bytes.Replace(b, []byte(change[0]), []byte(change[1]), 1)
	}
	return bytes.TrimSpace(b), nil
}

// own puts a name before every id and before what refers to it.
func own(svg []byte, name string) []byte {
	prefix := strings.ReplaceAll(html.EscapeString(name), "$", "$$")
	svg = names.ReplaceAll(svg, []byte(`id="`+prefix+`-$1"`))
	return references.ReplaceAll(svg, []byte("${1}"+prefix+"-"))
}

// plain leaves out the dollar signs around mathematics.
func plain(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = strings.ReplaceAll(l, "$", "")
	}
	return out
}
