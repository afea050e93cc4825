package report

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"

	"srhmbench/internal/plot"
)

var (
	names      = regexp.MustCompile(`\bid="([^"]*)"`)
	references = regexp.MustCompile(`(url\(#|href="#)`)
)

// picture returns a page as an element of an HTML document.
func picture(p plot.Page, name string) ([]byte, error) {
	file, err := p.SVG()
	if err != nil {
		return nil, err
	}
	return inline(file, name, p.Width.Points())
}

// inline turns an SVG file into an element of an HTML page: without the prolog, with ids that no other picture has.
// Its title, and its caption in the element with the id name-caption, describe it to those who cannot see it. The
// style uses its width, in points.
func inline(file []byte, name string, width float64) ([]byte, error) {
	head := bytes.Index(file, []byte("<svg"))
	if head < 0 {
		return nil, fmt.Errorf("report: %s: no <svg> tag in what was drawn", name)
	}
	svg := own(file[head:], name)
	attributes := fmt.Sprintf(`<svg class="plot" role="img" aria-labelledby="%[1]s-picture" aria-describedby="%[1]s-caption" style="--natural:%.0[2]fpt"`,
		html.EscapeString(name), width)
	svg = bytes.Replace(svg, []byte("<svg"), []byte(attributes), 1)
	svg = bytes.Replace(svg, []byte("<title>"), fmt.Appendf(nil, `<title id="%s-picture">`, html.EscapeString(name)), 1)
	return bytes.TrimSpace(svg), nil
}

// own puts a name before every id and every reference to one.
func own(svg []byte, name string) []byte {
	prefix := strings.ReplaceAll(html.EscapeString(name), "$", "$$")
	svg = names.ReplaceAll(svg, []byte(`id="`+prefix+`-$1"`))
	return references.ReplaceAll(svg, []byte("${1}"+prefix+"-"))
}
