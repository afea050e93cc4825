package command

import (
	"context"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"srhmbench/srhm/store"
)

var resultsExportCommand = command{
	name:  "results export",
	brief: "write records as a flat table, CSV or Parquet",
	text: `Writes records for other programs: a flat table with a row for each run, its settings, what came out, and
where it was trained. What has several values in a run has a table of its own, joined by id: checks, the looks
at test errors during training, and sensitivities, for runs with a probe.

` + columnsText(),
	examples: []string{
		"results export",
		"results export --runs out --format parquet --out runs.parquet",
		"results export --runs out,other/runs.jsonl --table checks --out checks.csv",
	},
	declare: func(f *flag.FlagSet) action {
		e := &exportFlags{}
		runsFlag(f, &e.from)
		f.StringVar(&e.table, "table", store.FlatTables()[0], "`TABLE` to write: "+strings.Join(store.FlatTables(), ", "))
		f.StringVar(&e.format, "format", store.Formats[0], "`FORMAT`: "+strings.Join(store.Formats, ", "))
		f.StringVar(&e.out, "out", "", "`FILE` to write; CSV goes to stdout without it")
		return func(ctx context.Context, p *program) error { return e.do(p) }
	},
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

var resultsMergeCommand = command{
	name:  "results merge",
	brief: "add records from elsewhere to a store",
	text: `Adds to the store DIR/runs.jsonl the records of other files that it does not have yet: those of other
machines, or of parts of a sweep. If two records contradict each other, nothing is added.`,
	examples: []string{"results merge --runs part1,part2/runs.jsonl --out out"},
	declare: func(f *flag.FlagSet) action {
		var from, out string
		f.StringVar(&from, "runs", "", "`LIST` of record files, or directories of them, separated by commas; must be given")
		f.StringVar(&out, "out", "out", "`DIR` of the store")
		return func(ctx context.Context, p *program) error { return merge(p, from, out) }
	},
}

func merge(p *program, from, out string) error {
	if err := checkDir(out); err != nil {
		return err
	}
	if strings.TrimSpace(from) == "" {
		return misuse("--runs is missing: record files, or directories of them")
	}
	if _, err := openRecords(p, from, true); err != nil { // so that what is misspelt is found before a store is made
		return err
	}
	added, err := store.Merge(out, strings.Split(from, ",")...)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%d records added to %s\n", added, filepath.Join(out, store.FileName))
	return nil
}
