package reproducible

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Verdict is the outcome.
type Verdict string

// The verdicts.
const (
	Same  Verdict = "same bits"
	Other Verdict = "other bits"
	Void  Verdict = "could not measure"
)

// Exit is the exit status of a verdict: 0, 1 or 2.
func (v Verdict) Exit() int {
	switch v {
	case Same:
		return 0
	case Other:
		return 1
	}
	return 2
}

// Report is the outcome and the evidence.
type Report struct {
	Verdict   Verdict    `json:"verdict"`
	Reason    string     `json:"reason"`
	Trainings []Training `json:"trainings"`
	New       []string   `json:"new,omitempty"` // trainings that base does not know
	Claims    []Moved    `json:"claims"`        // moved at smoke scale, if bits differ
}

// count returns the number of trainings that differ.
func (r Report) count() int {
	n := 0
	for _, t := range r.Trainings {
		if len(t.Differ) > 0 {
			n++
		}
	}
	return n
}

// conclude sums up which claims moved; err says why they could not be compared.
func (r Report) conclude(err error) Report {
	var figures []string
	for _, c := range r.Claims {
		if !slices.Contains(figures, c.Figure) {
			figures = append(figures, c.Figure)
		}
	}
	r.Verdict, r.Reason = Other, fmt.Sprintf("%d of %d trainings; at smoke scale ", r.count(), len(r.Trainings))
	switch {
	case err != nil:
		r.Reason += fmt.Sprintf("claims could not be compared: %v", err)
	case len(figures) == 0:
		r.Reason += "no claim moves"
	default:
		r.Reason += fmt.Sprintf("%d claims move, in figures %s", len(r.Claims), strings.Join(figures, ", "))
	}
	return r
}

// Formats are the names that Write takes.
var Formats = []string{"text", "json", "markdown"}

// Write prints the report in one of the formats.
func (r Report) Write(w io.Writer, format string) error {
	switch format {
	case "json":
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(r)
	case "text", "markdown":
		_, err := io.WriteString(w, r.text(format == "markdown"))
		return err
	}
	return fmt.Errorf("format %q: want one of %s", format, strings.Join(Formats, ", "))
}

func (r Report) text(markdown bool) string {
	var b strings.Builder
	if markdown {
		fmt.Fprintf(&b, "### Figures: %s\n\n", r.Verdict)
	}
	bullet := map[bool]string{true: "- "}[markdown]
	for _, t := range r.Trainings {
		if len(t.Differ) == 0 {
			continue
		}
		fmt.Fprintf(&b, "%strain %s: %s differ; weights %v, was %v; error %v, was %v\n", bullet,
			t.Flags, strings.Join(t.Differ, ", "), t.Weights[1], t.Weights[0], t.Errors[1], t.Errors[0])
	}
	for _, c := range r.Claims {
		fmt.Fprintf(&b, "%sfigure %s: %s: %s, was %s", bullet, c.Figure, c.Sentence, c.Ours[1], c.Ours[0])
		if c.Verdicts[0] != c.Verdicts[1] {
			fmt.Fprintf(&b, "; %s, was %s", strings.ToUpper(c.Verdicts[1]), c.Verdicts[0])
		}
		b.WriteByte('\n')
	}
	for _, flags := range r.New {
		fmt.Fprintf(&b, "%snew, not compared: train %s\n", bullet, flags)
	}
	if markdown && b.Len() > 0 {
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "verdict: %s: %s\n", r.Verdict, r.Reason)
	return b.String()
}
