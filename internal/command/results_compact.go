package command

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"srhmbench/srhm/store"
)

func (p *program) resultsCompactCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "compact [FLAG...]",
		Short: "put the records of all processes that shared a store into one file",
		Long: `Processes that write to one store at a time have a file each, DIR/runs.jsonl, DIR/runs-2.jsonl and so on.
Puts them together into DIR/runs.jsonl, every record once and in the order of their ids, and brings records
of older programs to today's schema. Fails, and changes nothing, while a process writes to the store, or if a
line is no record.`,
		Example: examples("results compact --out out"),
	}
	var out string
	dirFlag(c, &out, "out", "out", "`DIR` of the store")
	c.RunE = func(c *cobra.Command, args []string) error { return compact(p, out) }
	return c
}

func compact(p *program, out string) error {
	if err := checkDir(out); err != nil {
		return err
	}
	n, err := store.Compact(out)
	if errors.Is(err, fs.ErrNotExist) {
		return misuse("out %q: %w", out, err)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%d records in %s\n", n, filepath.Join(out, store.FileName))
	return nil
}
