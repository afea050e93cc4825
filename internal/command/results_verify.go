package command

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"srhmbench/srhm/store"
)

func (p *program) resultsVerifyCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "verify [FLAG...]",
		Short: "look for damage in records",
		Long: `Reads records to the end and lists the lines that are none, that were changed since they were written, or
that contradict another record; if there are any, it fails. A torn last line, which a killed process left or
another is writing just now, is named and is no failure: the next process that has the file moves it beside.`,
		Example: examples("results verify", "results verify --runs out,other/runs.jsonl"),
	}
	var from string
	runsFlag(c, &from)
	c.RunE = func(c *cobra.Command, args []string) error { return verify(p, from) }
	return c
}

func verify(p *program, from string) error {
	files, err := store.Verify(strings.Split(from, ",")...)
	if errors.Is(err, fs.ErrNotExist) {
		return misuse("runs %q: %w", from, err)
	}
	if err != nil {
		return err
	}
	lines, damaged := 0, 0
	for _, f := range files {
		text := fmt.Sprintf("%s: %d records", f.File, f.Records)
		if f.Again > 0 {
			text += fmt.Sprintf(", %d of them seen before", f.Again)
		}
		if f.Torn > 0 {
			text += fmt.Sprintf("; line %d, the last, is torn", f.Torn)
		}
		fmt.Fprintln(p.stdout, text)
		for _, problem := range f.Problems {
			fmt.Fprintf(p.stdout, "%s:%d: %v\n", f.File, problem.Line, problem.Err)
		}
		if lines += len(f.Problems); len(f.Problems) > 0 {
			damaged++
		}
	}
	if lines > 0 {
		return fmt.Errorf("damaged lines: %d, in %d of %d files", lines, damaged, len(files))
	}
	return nil
}
