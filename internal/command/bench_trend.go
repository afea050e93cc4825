package command

import (
	"encoding/json"

	"github.com/spf13/cobra"

	"srhmbench/bench/compare"
)

func (p *program) benchTrendCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "trend [FLAG...] FILE...",
		Short: "find the commits at which a machine's benchmarks changed speed",
		Long: `Looks at files that make bench wrote on one machine, in the order of their names, which begin with the time,
and prints the steps in the times of each benchmark: where, from what to what, and the first commit after it. It
finds what is too slow to show between two commits; what happened between two files is for bench gate to say.`,
		Args: cobra.ArbitraryArgs, ValidArgsFunction: files("txt"),
		Example: examples("bench trend results/bench/amd-epyc-84ec66f8/20261123T174439Z-8c22a539cd8f.txt"),
	}
	asJSON := c.Flags().Bool("json", false, "print JSON on stdout")
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return misuse("no file: want those of one machine that make bench wrote")
		}
		changes, err := compare.Trend(args)
		if err != nil {
			return err
		}
		if *asJSON {
			e := json.NewEncoder(p.stdout)
			e.SetIndent("", "  ")
			return e.Encode(append([]compare.Change{}, changes...))
		}
		return compare.WriteChanges(p.stdout, changes, len(args))
	}
	return c
}
