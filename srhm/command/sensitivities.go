package command

import (
	"fmt"
	"io"
	"text/tabwriter"

	"srhmbench/srhm/spec"
)

// printSensitivities writes a table: a row for each layer, a column for each transformation.
func printSensitivities(w io.Writer, s spec.Sensitivities) error {
	if _, err := fmt.Fprintf(w, "  sensitivities after epoch %d, %d inputs, ± standard error:\n", s.Epoch, s.Inputs); err != nil {
		return err
	}
	columns := append(columnsOf("S", s.Synonyms), columnsOf("D", s.Displacements)...)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, c := range columns {
		fmt.Fprintf(table, "\t%s", c.title)
	}
	fmt.Fprintln(table)
	layers := len(s.Synonyms.UpTo)
	for k := range layers {
		fmt.Fprintf(table, "  %s", layerName(k+1, layers))
		for _, c := range columns {
			fmt.Fprintf(table, "\t%s", estimateText(c.table[k][c.level-1]))
		}
		fmt.Fprintln(table)
	}
	return table.Flush()
}

// column is one transformation: where its estimates stand.
type column struct {
	title string
	table [][]*spec.Estimate
	level int
}

// columnsOf lists the transformations of a kind. At level 1, levels 1 to l and only level l are the same.
func columnsOf(name string, r *spec.Responses) (out []column) {
	if r == nil {
		return nil
	}
	for l := range len(r.UpTo[0]) {
		title := fmt.Sprintf("%s l=%d", name, l+1)
		if l > 0 {
			out = append(out, column{fmt.Sprintf("%s l=1..%d", name, l+1), r.UpTo, l + 1})
		}
		out = append(out, column{title, r.Only, l + 1})
	}
	return out
}

func layerName(k, layers int) string {
	if k == layers {
		return "output"
	}
	return fmt.Sprintf("k=%d", k)
}

func estimateText(e *spec.Estimate) string {
	if e == nil {
		return "undefined"
	}
	return fmt.Sprintf("%.3f ± %.3f", e.Value, e.Error)
}
