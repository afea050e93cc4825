package report

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"

	"srhmbench/figures/plot"
)

var (
	names      = regexp.MustCompile(`\bid="([^"]*)"`)
	references = regexp.MustCompile(`(url\(#|href="#)`)
)

// picture returns a page as an element of an HTML document: without the prolog of a file, with names
// that no other picture has, and described to those who cannot see it by its title and by its caption, the
// element with the id name-caption.
func picture(p plot.Page, name string) ([]byte, error) {
	b, err := p.SVG()
	if err != nil {
		return nil, err
	}
	head := bytes.Index(b, []byte("<svg"))
	if head < 0 {
		return nil, fmt.Errorf("report: %s: no <svg> tag in what was drawn", name)
	}
	b = own(b[head:], name)
	attributes := fmt.Sprintf(`<svg class="plot" role="img" aria-labelledby="%[1]s-picture" aria-describedby="%[1]s-caption" style="--natural:%.0[2]fpt"`,
		html.EscapeString(name), p.Width.Points())
	for _, change := range [][2]string{
		{"<svg", attributes},
		{"<title>", fmt.Sprintf(`<title id="%s-picture">`, html.EscapeString(name))},
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
