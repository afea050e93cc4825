package command

import (
	"github.com/spf13/cobra"

	"srhmbench/bench/costs"
)

func (p *program) benchCostsCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "costs [FLAG...] FILE...",
		Short: "draw what training steps cost with more blanks, on more cores, and in memory",
		Long: `Draws DIR/costs.png and DIR/costs.svg from files that make bench wrote on one machine, and prints the
numbers: how long a step takes with more blanks, beside the weights that it has to pass; how many more steps two cores
make; and how much memory trainings are predicted to need, up to the largest task for 24 GB.`,
		Args: cobra.ArbitraryArgs, ValidArgsFunction: files("txt"),
		Example: examples("bench costs --out out results/bench/amd-epyc-84ec66f8/FILE"),
	}
	var dir string
	dirFlag(c, &dir, "out", "out", "`DIR` for the pictures")
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return misuse("no file: want those of one machine that make bench wrote")
		}
		if err := checkDir(dir); err != nil {
			return err
		}
		steps, err := costs.Read(args)
		if err != nil {
			return err
		}
		if err := steps.Save(dir); err != nil {
			return err
		}
		return steps.Write(p.stdout)
	}
	return c
}
