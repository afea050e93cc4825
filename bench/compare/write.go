package compare

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"
)

// Formats are the names that Write takes.
var Formats = []string{"text", "json", "markdown"}

// Write prints the table in one of the formats.
func (t Table) Write(w io.Writer, format string) error {
	switch format {
	case "text":
		return t.writeLines(w, false)
	case "markdown":
		return t.writeLines(w, true)
	case "json":
		return t.writeJSON(w)
	}
	return fmt.Errorf("format %q: want one of %s", format, strings.Join(Formats, ", "))
}

// lines is the table as words, the head first.
func (t Table) lines() [][]string {
	head := []string{t.Unit}
	for _, c := range t.Columns {
		head = append(head, c.Machine+" "+c.Tier)
	}
	lines := [][]string{head}
	for _, r := range t.Rows {
		lines = append(lines, line(r.Name, r.Cells))
	}
	for _, r := range t.Means {
		lines = append(lines, line(r.Name, r.Cells))
	}
	if mean, rows := t.Mean(); rows > 0 && t.Means == nil {
		lines = append(lines, line(fmt.Sprintf("geometric mean of the %d rows without gaps", rows), mean))
	}
	return lines
}

func line(name string, cells []float64) []string {
	words := []string{name}
	for _, x := range cells {
		if math.IsNaN(x) {
			words = append(words, "-")
			continue
		}
		words = append(words, fmt.Sprintf("%.4g", x))
	}
	return words
}

func (t Table) writeLines(w io.Writer, markdown bool) error {
	lines := t.lines()
	widths := make([]int, len(lines[0]))
	for _, l := range lines {
		for i, word := range l {
			widths[i] = max(widths[i], len(word))
		}
	}
	var b strings.Builder
	for n, l := range lines {
		if markdown {
			fmt.Fprintf(&b, "| %s |\n", strings.Join(l, " | "))
			if n == 0 {
				b.WriteString("|---|" + strings.Repeat("--:|", len(t.Columns)) + "\n")
			}
			continue
		}
		fmt.Fprintf(&b, "%-*s", widths[0], l[0])
		for i, word := range l[1:] {
			fmt.Fprintf(&b, "  %*s", widths[i+1], word)
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeJSON leaves out what was not measured.
func (t Table) writeJSON(w io.Writer) error {
	type cell struct {
		Column
		Value float64 `json:"value"`
	}
	type row struct {
		Name  string `json:"name"`
		Cells []cell `json:"cells"`
	}
	rows := func(list []Row) []row {
		out := []row{}
		for _, r := range list {
			line := row{Name: r.Name}
			for i, x := range r.Cells {
				if !math.IsNaN(x) && !math.IsInf(x, 0) {
					line.Cells = append(line.Cells, cell{t.Columns[i], x})
				}
			}
			out = append(out, line)
		}
		return out
	}
	out := struct {
		Unit  string `json:"unit"`
		Rows  []row  `json:"rows"`
		Means []row  `json:"means,omitempty"`
	}{t.Unit, rows(t.Rows), rows(t.Means)}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(out)
}
