package command

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"srhmbench/bench/checkout"
	"srhmbench/bench/gate"
	"srhmbench/kernels"
)

func (p *program) benchLadderCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "ladder [FLAG...] [FILE...]",
		Short: "how much faster each kernel tier of a machine is",
		Long: `Measures the same benchmarks on every kernel tier that this machine has, and prints how many times faster each
tier is than the narrowest: for each benchmark, and the geometric mean for each kernel, for steps and for whole
trainings. Benchmarks that would take the generic tier too long start at the next; means leave them out. All tiers
compute the same bits, which the benchmarks check; set SRHM_TIER where
another than the default is faster. Run it from within the source; it takes about a minute.

With FILES that make bench wrote on one machine it measures nothing and prints what is in them.`,
		Args: cobra.ArbitraryArgs, ValidArgsFunction: files("txt"),
		Example: examples(
			"bench ladder",
			"bench ladder --bench Training --rounds 1 --format markdown",
			"bench ladder results/bench/amd-epyc-84ec66f8/20261123T174439Z-8c22a539cd8f.txt",
		),
	}
	l := &ladderFlags{}
	textFlag(c, &l.bench, "bench", gate.Quick+"|Training$", "`REGEXP` of benchmarks to measure, as for go test (default: those of bench gate, and whole trainings)")
	c.Flags().Lookup("bench").DefValue = "" // the text says it in words
	timeFlag(c, &l.benchtime, "benchtime", 10*time.Millisecond, "`TIME` of each benchmark in each round")
	intFlag(c, &l.rounds, "rounds", 3, "measure all benchmarks `N` times; medians count")
	var format string
	formatFlag(c, &format)
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := checkFormat(format); err != nil {
			return err
		}
		if len(args) > 0 {
			if f := c.Flags(); f.Changed("bench") || f.Changed("benchtime") || f.Changed("rounds") {
				return misuse("file %q: want no --bench, --benchtime and --rounds, which say what to measure", args[0])
			}
			return printLadder(p, args, format)
		}
		return l.measure(c.Context(), p, format)
	}
	return c
}

type ladderFlags struct {
	bench     string
	benchtime time.Duration
	rounds    int
}

func printLadder(p *program, files []string, format string) error {
	table, err := readTable(p, files, "", "sec/op")
	if err != nil {
		return err
	}
	if table, err = table.Ladder(); err != nil {
		return err
	}
	return table.Write(p.stdout, format)
}

func (l *ladderFlags) check() error {
	if _, err := regexp.Compile(l.bench); err != nil {
		return misuse("bench %q: want a regular expression", l.bench)
	}
	if l.benchtime < time.Millisecond || l.benchtime > time.Minute {
		return misuse("benchtime %v: want 1ms to 1m", l.benchtime)
	}
	if l.rounds < 1 || l.rounds > 1000 {
		return misuse("rounds %d: want 1 to 1000", l.rounds)
	}
	return nil
}

// measure builds the benchmarks, runs them and prints the ladder. In a round the tiers take turns at every
// benchmark.
func (l *ladderFlags) measure(ctx context.Context, p *program, format string) error {
	if err := l.check(); err != nil {
		return err
	}
	root, err := sourceRoot(ctx)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "srhmbench-ladder-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "bench.test")
	if err := checkout.BuildBenchmarks(ctx, root, program); err != nil {
		return err
	}
	file := filepath.Join(dir, "run.txt")
	for round := range l.rounds {
		fmt.Fprintf(p.stderr, "tiers %s, round %d of %d\n", tierNames(), round+1, l.rounds)
		text, err := gate.RunOnce(ctx, program, filepath.Join(root, "bench"), l.bench, l.benchtime)
		if err != nil {
			return err
		}
		if err := appendText(file, text); err != nil {
			return err
		}
	}
	return printLadder(p, []string{file}, format)
}

func tierNames() string {
	var names []string
	for _, t := range kernels.Available() {
		names = append(names, t.String())
	}
	return strings.Join(names, ", ")
}

func appendText(path, text string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o666)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}
