package command

import (
	"context"
	"encoding/json"
	"flag"

	"srhmbench/bench/compare"
)

var benchTrendCommand = command{
	name:     "bench trend",
	operands: "FILE...",
	brief:    "find the commits at which a machine's benchmarks changed speed",
	text: `Looks at files that make bench wrote on one machine, in the order of their names, which begin with the time,
and prints the steps in the times of each benchmark: where, from what to what, and the first commit after it. It
finds what is too slow to show between two commits; what happened between two files is for bench gate to say.`,
	examples: []string{"bench trend results/bench/amd-epyc-84ec66f8/20261123T174439Z-8c22a539cd8f.txt"},
	declare: func(f *flag.FlagSet) action {
		asJSON := f.Bool("json", false, "print JSON on stdout")
		return func(ctx context.Context, p *program) error {
			if f.NArg() == 0 {
				return misuse("no file: want those of one machine that make bench wrote")
			}
			changes, err := compare.Trend(f.Args())
			if err != nil {
				return err
			}
			if *asJSON {
				e := json.NewEncoder(p.stdout)
				e.SetIndent("", "  ")
				return e.Encode(append([]compare.Change{}, changes...))
			}
			return compare.WriteChanges(p.stdout, changes, f.NArg())
		}
	},
}
