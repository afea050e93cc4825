package report

import (
	"fmt"
	"strings"

	"srhmbench/figures"
)

// Markdown returns the report without its pictures, for a terminal or a log.
func (r Report) Markdown() ([]byte, error) {
	v, err := r.view()
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# Sparse Random Hierarchy Model: the paper's claims, %s scale\n\n", r.Scale)
	b.WriteString(v.summary(figures.Markdown))
	for i, f := range v.Figures {
		b.WriteString("\n## " + figures.Markdown(f.Title) + "\n\n")
		if f.Missing != "" {
			b.WriteString(figures.Markdown(f.Missing) + "\n\n")
		}
		b.WriteString(figures.Markdown(f.Caption) + "\n\n")
		if claims := r.Entries[i].Drawing.Claims; len(claims) > 0 {
			b.WriteString(figures.ClaimsMarkdown(claims) + "\n")
		}
		list(&b, append(f.Facts, fact{"Data drawn", []string{f.File + ", SHA-256 " + f.Hash}}))
	}
	b.WriteString("\n## All trainings together\n\n")
	list(&b, v.Facts)
	return []byte(b.String()), nil
}

// Summary returns the verdicts as plain text: how many claims hold, and which fail.
func (r Report) Summary() (string, error) {
	v, err := r.view()
	return v.summary(func(s string) string { return s }), err
}

func (v view) summary(escape func(string) string) string {
	if len(v.Failing) == 0 {
		return v.Tally.String() + ".\n"
	}
	var b strings.Builder
	b.WriteString(v.Tally.String() + ". These fail:\n\n")
	for _, c := range v.Failing {
		text := fmt.Sprintf("%s: %s: ours %s, the paper's %s; it holds if %s.", c.Figure, c.Sentence, c.Ours, c.Paper, c.Bound)
		b.WriteString("- " + escape(text) + "\n")
	}
	return b.String()
}

func list(b *strings.Builder, facts []fact) {
	for _, f := range facts {
		b.WriteString("- " + f.Name + ": " + figures.Markdown(strings.Join(f.Values, " / ")) + "\n")
	}
}
