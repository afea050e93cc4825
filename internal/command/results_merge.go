package command

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"srhmbench/srhm/store"
)

func (p *program) resultsMergeCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "merge [FLAG...]",
		Short: "add records from elsewhere to a store",
		Long: `Adds to the store DIR/runs.jsonl the records of other files that it does not have yet: those of other
machines, or of parts of a sweep. If two records contradict each other, nothing is added.`,
		Example: examples("results merge --runs part1,part2/runs.jsonl --out out"),
	}
	var from, out string
	textFlag(c, &from, "runs", "", "`LIST` of record files, or directories of them, separated by commas; must be given")
	dirFlag(c, &out, "out", "out", "`DIR` of the store")
	c.RunE = func(c *cobra.Command, args []string) error { return merge(p, from, out) }
	return c
}

func merge(p *program, from, out string) error {
	if err := checkDir(out); err != nil {
		return err
	}
	if strings.TrimSpace(from) == "" {
		return misuse("--runs is missing: record files, or directories of them")
	}
	records, err := openRecords(p, from, true) // before a store is made, so that a misspelt name leaves none
	if err != nil {
		return err
	}
	into, err := store.Open(out)
	if err != nil {
		return err
	}
	defer into.Close()
	added, err := into.Merge(records)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%d records added to %s\n", added, into.Path())
	return nil
}
