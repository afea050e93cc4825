package page

import (
	"bytes"
	_ "embed"
	"errors"
	"html/template"
	"strings"

	"srhmbench/bench/compare"
)

//go:embed page.html
var text string

var page = template.Must(template.New("page").Parse(text))

// section is what one version of the benchmarks measured.
type section struct {
	Families []Family
	Ridges   []drawing
}

type drawing struct {
	Ridge Ridge
	SVG   template.HTML
}

// HTML is the page of a set with a real machine.
func HTML(set *compare.Set) ([]byte, error) {
	if set.IsEmulated() {
		return nil, errors.New("no times of a real machine: want a file of one")
	}
	kernels, libraries := set.Split()
	data := struct {
		Heads    []string
		Machines []machine
		Emulated []compare.Emulated
		Sections []section
	}{Machines: machines(kernels, libraries), Emulated: set.Emulated}
	for _, d := range described {
		data.Heads = append(data.Heads, d.title)
	}
	for _, set := range []*compare.Set{kernels, libraries} {
		s := section{Families: families(set, len(set.Machines) > 1)}
		for _, r := range ridges(set) {
			svg, err := r.page().SVG()
			if err != nil {
				return nil, err
			}
			s.Ridges = append(s.Ridges, drawing{r, template.HTML(inline(string(svg)))})
		}
		data.Sections = append(data.Sections, s)
	}
	var out bytes.Buffer
	if err := page.Execute(&out, data); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// inline leaves out what comes before the picture itself in a file of its own.
func inline(svg string) string { return svg[strings.Index(svg, "<svg"):] }
