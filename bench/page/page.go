package page

import (
	"bytes"
	_ "embed"
	"errors"
	"html/template"
	"slices"
	"strings"

	"srhmbench/bench/compare"
)

//go:embed page.html
var text string

var page = template.Must(template.New("page").Parse(text))

// drawing is a picture of a machine.
type drawing struct {
	Machine string
	SVG     template.HTML
}

// group is a family: its operations summed up, and all of their benchmarks.
type group struct {
	Mean
	Operations []Mean
	Tables     []Family
}

// HTML is the page of a set with a real machine.
func HTML(set *compare.Set) ([]byte, error) {
	if set.IsEmulated() {
		return nil, errors.New("no times of a real machine: want a file of one")
	}
	kernels, libraries := set.Split()
	summary := newSummary(set)
	data := struct {
		Heads     []string
		Machines  []machine
		Emulated  []compare.Emulated
		Summary   Summary
		Ridges    []drawing
		Groups    []group
		Others    []Family
		Peers     []Beside
		Libraries []Family
		Notes     []string
	}{
		Machines: machines(kernels, libraries), Emulated: set.Emulated, Summary: summary,
		Peers: besides(libraries), Libraries: families(libraries, "beside-", len(libraries.Machines) > 1), Notes: set.Notes,
	}
	for _, d := range described {
		data.Heads = append(data.Heads, d.title)
	}
	for _, r := range ridges(kernels) {
		svg, err := r.page().SVG()
		if err != nil {
			return nil, err
		}
		data.Ridges = append(data.Ridges, drawing{r.Machine, template.HTML(inline(string(svg)))})
	}
	data.Groups, data.Others = groups(summary, families(kernels, "", len(kernels.Machines) > 1))
	var out bytes.Buffer
	if err := page.Execute(&out, data); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// groups puts tables to the families of the summary; others are of none.
func groups(s Summary, tables []Family) (list []group, others []Family) {
	for _, m := range s.Families {
		list = append(list, group{Mean: m, Operations: s.operations(m.Family)})
	}
	for _, t := range tables {
		i := slices.IndexFunc(list, func(g group) bool { return g.Family == compare.FamilyOf(t.Name) })
		if i < 0 {
			others = append(others, t)
			continue
		}
		list[i].Tables = append(list[i].Tables, t)
	}
	return list, others
}

// inline leaves out what comes before the picture itself in a file of its own.
func inline(svg string) string { return svg[strings.Index(svg, "<svg"):] }
