package report

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"strings"

	"srhmbench/figures"
	"srhmbench/internal/plot"
)

// view is the content of both forms of a report.
type view struct {
	Scale   figures.Scale
	Tally   tally
	Failing []claim
	Figures []figure
	Facts   []fact // of all records together
}

// figure is a section of the report.
type figure struct {
	ID, Name, Title string // "fig04b", "4B", "Figure 4B: …"
	Caption         string
	Picture         template.HTML
	Tally           tally
	Claims          []claim
	Trainings       int
	Cost            string
	Facts           []fact
	Missing         string // what the records lack, in a sentence
	File, Hash      string // of the data
	Data            template.URL
}

// claim is a claim with an id to link to.
type claim struct {
	figures.Claim
	ID string
}

// Sign returns a sign for the verdict, so that colour is not all that tells verdicts apart.
func (c claim) Sign() string {
	switch c.Verdict {
	case figures.Holds:
		return "✓"
	case figures.Fails:
		return "✗"
	}
	return "?"
}

func (r Report) view() (view, error) {
	v := view{Scale: r.Scale, Facts: facts(union(r.Entries), r.Scale)}
	var all []figures.Claim
	for _, e := range r.Entries {
		f, err := e.view(r.Scale)
		if err != nil {
			return view{}, err
		}
		all = append(all, e.Drawing.Claims...)
		v.Figures = append(v.Figures, f)
		for _, c := range f.Claims {
			if c.Verdict == figures.Fails {
				v.Failing = append(v.Failing, c)
			}
		}
	}
	v.Tally = count(all)
	return v, nil
}

func (e Entry) view(scale figures.Scale) (figure, error) {
	id, name := e.Figure.File(), strings.ToUpper(e.Figure.Name)
	svg, err := picture(e.Drawing.Page, id)
	if err != nil {
		return figure{}, err
	}
	data, err := e.Drawing.Data.CSV()
	if err != nil {
		return figure{}, err
	}
	return figure{
		ID: id, Name: name, Title: fmt.Sprintf("Figure %s: %s", name, e.Figure.Title),
		Caption: caption(e.Drawing.Page), Picture: template.HTML(svg),
		Tally: count(e.Drawing.Claims), Claims: linked(id, e.Drawing.Claims),
		Trainings: len(e.Used), Cost: cost(e.Used), Facts: e.facts(scale), Missing: e.missing(),
		File: id + ".csv", Hash: fmt.Sprintf("%x", sha256.Sum256(data)),
		Data: template.URL("data:text/csv;charset=utf-8;base64," + base64.StdEncoding.EncodeToString(data)),
	}, nil
}

// plain turns the formulas of notes into plain text, as claims have it.
var plain = strings.NewReplacer("$", "", "^*", "*", "s_0", "s0")

// caption returns the description and the notes of a picture as text: letters in a picture are outlines, which nobody
// can search or enlarge.
func caption(p plot.Page) string {
	out := p.Description
	for _, note := range p.Notes {
		out += " " + plain.Replace(note)
		if !strings.HasSuffix(out, ".") {
			out += "."
		}
	}
	return strings.TrimSpace(out)
}

func linked(id string, claims []figures.Claim) []claim {
	var out []claim
	for i, c := range claims {
		out = append(out, claim{c, fmt.Sprintf("%s-claim-%d", id, i+1)})
	}
	return out
}

// facts describes the records of the figure, if it needs any.
func (e Entry) facts(scale figures.Scale) []fact {
	if !e.Needs {
		return []fact{{"Trainings", []string{"none: nothing is trained for this figure"}}}
	}
	return facts(e.Used, scale)
}

// missing says what the records lack, in a sentence; or nothing.
func (e Entry) missing() string {
	if e.Lacks == "" {
		return ""
	}
	return fmt.Sprintf("The records lack %s. What is missing is not drawn, and claims that need it are undecided.", e.Lacks)
}
