package command

import (
	"encoding/json"
	"path/filepath"

	"github.com/spf13/cobra"

	"srhmbench/bench/compare"
)

func (p *program) benchTrendCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "trend [FLAG...] FILE...",
		Short: "find the commits at which a machine's benchmarks changed speed",
		Long: `Looks at files that make bench wrote, machine by machine, in the order of time, and prints the steps in them:
commits at which most benchmarks of an operation became faster or slower than all others did, and, where there are enough
runs, the steps of single benchmarks that lasted. What happened between two commits exactly is for bench gate to say.

With --out it also draws them, as DIR/MACHINE/trend.svg and trend.png.`,
		Args: cobra.ArbitraryArgs, ValidArgsFunction: files("txt"),
		Example: examples(
			"bench trend results/bench/amd-epyc-84ec66f8/20261123T174439Z-8c22a539cd8f.txt",
			"bench trend --out out results/bench/*/*.txt",
		),
	}
	asJSON := c.Flags().Bool("json", false, "print JSON on stdout")
	var dir string
	dirFlag(c, &dir, "out", "", "draw into `DIR`")
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return misuse("no file: want some that make bench wrote")
		}
		histories, err := compare.Trend(args)
		if err != nil {
			return err
		}
		changes := []compare.Change{}
		for _, h := range histories {
			p.warn(h.Notes)
			changes = append(append(changes, h.Steps...), h.Benchmarks...)
			if err := drawTrend(h, dir); err != nil {
				return err
			}
			if *asJSON || len(h.Commits) == 0 {
				continue
			}
			if err := h.Write(p.stdout); err != nil {
				return err
			}
		}
		if *asJSON {
			e := json.NewEncoder(p.stdout)
			e.SetIndent("", "  ")
			return e.Encode(changes)
		}
		return nil
	}
	return c
}

// drawTrend draws a history into the directory of its machine, if there is one to draw in and something to draw.
func drawTrend(h compare.History, dir string) error {
	page, ok := h.Page()
	if dir == "" || !ok {
		return nil
	}
	return page.Save(filepath.Join(dir, h.Machine), "trend")
}
