package gate

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"srhmbench/internal/human"
)

// Formats lists the names that Write accepts.
var Formats = []string{"text", "json", "markdown"}

// Write prints the report in one of the formats.
func (r Report) Write(w io.Writer, format string) error {
	switch format {
	case "text":
		return r.writeText(w)
	case "json":
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(r)
	case "markdown":
		return r.writeMarkdown(w)
	}
	return fmt.Errorf("format %q: want one of %s", format, strings.Join(Formats, ", "))
}

func (r Report) writeText(w io.Writer) error {
	var b strings.Builder
	if len(r.Rows) > 0 {
		width := len("benchmark")
		for _, row := range r.Rows {
			width = max(width, len(row.Name))
		}
		fmt.Fprintf(&b, "%-*s  %10s  %10s  %8s  %8s  %9s\n", width, "benchmark", "base", "head", "delta", "a/a", "p (Holm)")
		for _, row := range r.Rows {
			line := fmt.Sprintf("%-*s  %10s  %10s  %+7.1f%%  %+7.1f%%  %9.2g  %s", width, row.Name,
				human.Duration(row.Base), human.Duration(row.Head), 100*row.Delta, 100*row.AA, row.Holm, row.remark())
			fmt.Fprintln(&b, strings.TrimRight(line, " "))
		}
		fmt.Fprintln(&b)
	}
	b.WriteString(r.summary())
	_, err := io.WriteString(w, b.String())
	return err
}

func (r Report) writeMarkdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "### Benchmarks: %s\n\n%s\n", r.Verdict, strings.ReplaceAll(r.summary(), "\n", "  \n"))
	if len(r.Rows) > 0 {
		b.WriteString("| benchmark | base | head | delta | a/a | p (Holm) | |\n|---|--:|--:|--:|--:|--:|---|\n")
	}
	for _, row := range r.Rows {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %+.1f %% | %+.1f %% | %.2g | %s |\n", row.Name,
			human.Duration(row.Base), human.Duration(row.Head), 100*row.Delta, 100*row.AA, row.Holm, row.remark())
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (row Row) remark() string {
	switch {
	case row.More:
		return fmt.Sprintf("ALLOCATES: %.0f, was %.0f", row.Allocs[1], max(row.Allocs[0], 0))
	case row.Slower:
		return "SLOWER"
	}
	return ""
}

// summary is what a reader wants to know without the table.
func (r Report) summary() string {
	var b strings.Builder
	if r.Rounds > 0 {
		fmt.Fprintf(&b, "%d rounds, %d dropped for steal", r.Rounds, r.Dropped)
		if r.Threshold > 0 {
			fmt.Fprintf(&b, "; noise floor %.1f %%, slowdowns above %.1f %% show; canary within %.1f %%", 100*r.Floor, 100*r.Threshold, 100*r.Canary)
		}
		fmt.Fprintln(&b)
	}
	if len(r.New) > 0 {
		fmt.Fprintf(&b, "new, not compared: %s\n", strings.Join(r.New, ", "))
	}
	if len(r.Otherwise) > 0 {
		fmt.Fprintf(&b, "defined otherwise, not compared: %s\n", strings.Join(r.Otherwise, "; "))
	}
	if r.Confirm != nil {
		fmt.Fprintf(&b, "second look: %s: %s\n", r.Confirm.Verdict, r.Confirm.Reason)
	}
	fmt.Fprintf(&b, "verdict: %s: %s\n", r.Verdict, r.Reason)
	return b.String()
}
