package command

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"srhmbench/srhm/store"
)

func (p *program) resultsExportCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "export [FLAG...]",
		Short: "write records as a flat table, CSV or Parquet",
		Long: `Writes records for other programs: a flat table with a row for each run, its settings, what came out, and
where it was trained. What has several values in a run has a table of its own, joined by id: checks, the looks
at test errors during training, and sensitivities, for runs with a probe.

` + columnsText(),
		Example: examples(
			"results export",
			"results export --runs out --format parquet --out runs.parquet",
			"results export --runs out,other/runs.jsonl --table checks --out checks.csv",
		),
	}
	e := &exportFlags{}
	runsFlag(c, &e.from)
	choiceFlag(c, &e.table, "table", store.FlatTables()[0], store.FlatTables(), "`TABLE` to write: "+strings.Join(store.FlatTables(), ", "))
	choiceFlag(c, &e.format, "format", store.Formats[0], store.Formats, "`FORMAT`: "+strings.Join(store.Formats, ", "))
	fileFlag(c, &e.out, "out", "`FILE` to write; CSV goes to stdout without it", store.Formats...)
	c.RunE = func(c *cobra.Command, args []string) error { return e.do(p) }
	return c
}

// columnsText lists what is in the tables.
func columnsText() string {
	var b strings.Builder
	for _, name := range store.FlatTables() {
		table, err := store.Flatten(name, nil)
		if err != nil {
			panic(err) // a name of the list itself
		}
		fmt.Fprintf(&b, "columns of %s:\n", name)
		for _, c := range table.Columns {
			fmt.Fprintf(&b, "  %-15s %s\n", c.Name, c.Doc)
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

type exportFlags struct {
	from, table, format, out string
}

func (e *exportFlags) do(p *program) error {
	switch {
	case !slices.Contains(store.Formats, e.format):
		return misuse("format %q: want one of %s", e.format, strings.Join(store.Formats, ", "))
	case e.out == "" && e.format != "csv":
		return misuse("--out is missing: the file to write; only CSV can go to stdout")
	}
	st, err := openRecords(p, e.from, true)
	if err != nil {
		return err
	}
	table, err := store.Flatten(e.table, st.Records())
	if err != nil {
		return usageError{err}
	}
	if e.out == "" {
		return table.Write(p.stdout, e.format)
	}
	if err := writeFile(e.out, func(w io.Writer) error { return table.Write(w, e.format) }); err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%d rows, %d columns in %s\n", len(table.Rows), len(table.Columns), e.out)
	return nil
}
