package command

import (
	"context"
	"flag"

	"srhmbench/bench/costs"
)

var benchCostsCommand = command{
	name:     "bench costs",
	operands: "FILE...",
	brief:    "draw what training steps cost with more blanks, on more cores, and in memory",
	text: `Draws DIR/costs.png and DIR/costs.svg from files that make bench wrote on one machine, and prints the
numbers: how long a step takes with more blanks, beside the weights that it has to pass; how many more steps two cores
make; and how much memory trainings are predicted to need, up to the largest task for 24 GB.`,
	examples: []string{"bench costs --out out results/bench/amd-epyc-84ec66f8/FILE"},
	declare: func(f *flag.FlagSet) action {
		dir := f.String("out", "out", "`DIR` for the pictures")
		return func(ctx context.Context, p *program) error {
			if f.NArg() == 0 {
				return misuse("no file: want those of one machine that make bench wrote")
			}
			steps, err := costs.Read(f.Args())
			if err != nil {
				return err
			}
			if err := steps.Save(*dir); err != nil {
				return err
			}
			return steps.Write(p.stdout)
		}
	},
}
