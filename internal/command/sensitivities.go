package command

import (
	"fmt"
	"io"
	"text/tabwriter"

	"srhmbench/srhm/spec"
)

// printSensitivities writes a table, and one in training mode if there is one.
func printSensitivities(w io.Writer, s spec.Sensitivities) error {
	if err := printMode(w, s, ""); err != nil || s.Training == nil {
		return err
	}
	return printMode(w, *s.Training, " in training mode")
}

// printMode writes a table: a row for each layer, a column for each transformation.
func printMode(w io.Writer, s spec.Sensitivities, mode string) error {
	if _, err := fmt.Fprintf(w, "  sensitivities%s after epoch %d, %d inputs, ± standard error:\n", mode, s.Epoch, s.Inputs); err != nil {
		return err
	}
	columns := columnsOf(s.Synonyms, s.Displacements)
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
	upTo  bool // levels 1 to level, not level alone
}

// printTrajectory writes a table: a row for each look, a column for the test error and for each layer's
// response to each transformation of levels 1 to l.
func printTrajectory(w io.Writer, moments []spec.Moment) error {
	if _, err := fmt.Fprintln(w, "  while it was trained:"); err != nil {
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	for i, m := range moments {
		head, row := "  step\terror\t", fmt.Sprintf("  %d\t%.4f\t", m.Step, m.Error)
		for _, c := range columnsOf(m.Synonyms, m.Displacements) {
			for k := range c.table {
				if c.upTo {
					head += fmt.Sprintf("%s %s\t", c.title, layerName(k+1, len(c.table)))
					row += valueText(c.table[k][c.level-1]) + "\t"
				}
			}
		}
		if i == 0 {
			fmt.Fprintln(table, head)
		}
		fmt.Fprintln(table, row)
	}
	return table.Flush()
}

func valueText(e *spec.Estimate) string {
	if e == nil {
		return "undefined"
	}
	return fmt.Sprintf("%.3f", e.Value)
}

// columnsOf lists all transformations.
func columnsOf(synonyms, displacements *spec.Responses) []column {
	return append(columnsOfKind("S", synonyms), columnsOfKind("D", displacements)...)
}

// columnsOfKind lists those of a kind. At level 1, levels 1 to l and only level l are the same.
func columnsOfKind(name string, r *spec.Responses) (out []column) {
	if r == nil {
		return nil
	}
	for l := range len(r.UpTo[0]) {
		title := fmt.Sprintf("%s l=%d", name, l+1)
		if l > 0 {
			out = append(out, column{fmt.Sprintf("%s l=1..%d", name, l+1), r.UpTo, l + 1, true})
		}
		out = append(out, column{title, r.Only, l + 1, l == 0})
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
