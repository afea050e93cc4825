package figures

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Table is a CSV file.
type Table struct {
	Columns []string
	Rows    [][]string
}

// Add appends a row of strings, ints and floats. A float of 0 is written as 0: pass "" for what is unknown.
func (t *Table) Add(values ...any) {
	row := make([]string, len(values))
	for i, v := range values {
		switch v := v.(type) {
		case string:
			row[i] = v
		case int:
			row[i] = strconv.Itoa(v)
		case float64:
			row[i] = digits(v)
		default:
			row[i] = fmt.Sprint(v)
		}
	}
	t.Rows = append(t.Rows, row)
}

// digits formats a number for a file.
func digits(x float64) string { return strconv.FormatFloat(x, 'g', 8, 64) }

// CSV returns the table as a file.
func (t Table) CSV() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(t.Columns); err != nil {
		return nil, fmt.Errorf("figures: %w", err)
	}
	if err := w.WriteAll(t.Rows); err != nil {
		return nil, fmt.Errorf("figures: %w", err)
	}
	return b.Bytes(), nil
}

// claimColumns heads both tables of claims.
var claimColumns = []string{"figure", "claim", "paper", "ours [95 %]", "holds if", "verdict"}

func claimRow(c Claim) []string {
	return []string{c.Figure, c.Sentence, c.Paper, c.Ours, c.Bound, string(c.Verdict)}
}

// ClaimsTable returns the claims as aligned text.
func ClaimsTable(claims []Claim) string {
	rows := [][]string{claimColumns}
	for _, c := range claims {
		rows = append(rows, claimRow(c))
	}
	width := make([]int, len(claimColumns))
	for _, row := range rows {
		for i, s := range row {
			width[i] = max(width[i], utf8.RuneCountInString(s))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		var line strings.Builder
		for i, s := range row {
			line.WriteString(s + strings.Repeat(" ", width[i]-utf8.RuneCountInString(s)+2))
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}

// markdown escapes what Markdown would read as markup, and keeps text on one line. A bracket is a link only with a
// parenthesis behind it.
var markdown = strings.NewReplacer(`\`, `\\`, "*", `\*`, "`", "\\`", "<", "&lt;", "](", `\](`, "\r\n", " ", "\n", " ", "\r", " ")

// Markdown escapes plain text for Markdown.
func Markdown(text string) string { return markdown.Replace(text) }

// ClaimsMarkdown returns the claims as a Markdown table, with the notes below it.
func ClaimsMarkdown(claims []Claim) string {
	var b, notes strings.Builder
	cells := func(row []string) {
		for i, s := range row {
			row[i] = strings.ReplaceAll(Markdown(s), "|", `\|`)
		}
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
	}
	cells(append([]string{"#"}, claimColumns...))
	b.WriteString(strings.Repeat("|---", len(claimColumns)+1) + "|\n")
	for i, c := range claims {
		cells(append([]string{strconv.Itoa(i + 1)}, claimRow(c)...))
		if c.Note != "" {
			fmt.Fprintf(&notes, "%d. %s\n", i+1, Markdown(c.Note))
		}
	}
	if notes.Len() > 0 {
		b.WriteString("\n" + notes.String())
	}
	return b.String()
}
