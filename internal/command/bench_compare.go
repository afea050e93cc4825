package command

import (
	"context"
	"flag"
	"slices"
	"strings"

	"srhmbench/bench/compare"
	"srhmbench/bench/page"
	"srhmbench/internal/plot"
)

var benchCompareCommand = command{
	name:     "bench compare",
	operands: "FILE...",
	brief:    "put measured machines and kernel tiers side by side",
	text: `Prints the medians of the benchmarks in files that make bench wrote, a column for each machine and kernel
tier, "-" for what was not measured. Emulated machines are not compared with real ones, nor different versions of
the benchmarks, nor different commits on one machine.

With --page it writes all units into one page for a browser instead, with bars and rooflines. There other libraries
(make bench-peers) are beside the kernels, and of emulated machines it says what was checked.`,
	examples: []string{
		"bench compare results/bench/*/*-8c22a539cd8f.txt",
		"bench compare --unit %roof --format markdown results/bench/*/*.txt",
		"bench compare --page out/bench.html results/bench/*/*.txt results/bench/*/peers/*.txt",
	},
	declare: func(f *flag.FlagSet) action {
		unit := f.String("unit", "GFLOP/s", "`UNIT` of the table: GFLOP/s, GB/s, %roof or sec/op")
		format := formatFlag(f)
		to := f.String("page", "", "write a page for a browser into `FILE`")
		return func(ctx context.Context, p *program) error {
			if *to != "" {
				return writePage(f.Args(), *to)
			}
			return printTable(p, f.Args(), *unit, *format)
		}
	},
}

func formatFlag(f *flag.FlagSet) *string {
	return f.String("format", "text", "print `FORMAT`: "+strings.Join(compare.Formats, ", "))
}

func printTable(p *program, files []string, unit, format string) error {
	if err := checkFormat(format); err != nil {
		return err
	}
	if len(files) == 0 {
		return misuse("no file: want one or more that make bench wrote")
	}
	table, err := readTable(files, unit)
	if err != nil {
		return err
	}
	return table.Write(p.stdout, format)
}

func writePage(files []string, to string) error {
	if len(files) == 0 {
		return misuse("no file: want one or more that make bench wrote")
	}
	text, err := page.HTML(files)
	if err != nil {
		return err
	}
	return plot.WriteFile(to, text)
}

func checkFormat(format string) error {
	if !slices.Contains(compare.Formats, format) {
		return misuse("format %q: want one of %s", format, strings.Join(compare.Formats, ", "))
	}
	return nil
}

func readTable(files []string, unit string) (compare.Table, error) {
	set, err := compare.Read(files)
	if err != nil {
		return compare.Table{}, err
	}
	return set.Table(unit)
}
