package command

import (
	"context"
	"flag"
	"slices"
	"strings"

	"srhmbench/bench/compare"
)

var benchCompareCommand = command{
	name:     "bench compare",
	operands: "FILE...",
	brief:    "put measured machines and kernel tiers side by side",
	text: `Prints the medians of the benchmarks in files that make bench wrote, a column for each machine and kernel
tier, "-" for what was not measured. Emulated machines are not compared with real ones, nor different versions of
the benchmarks, nor different commits on one machine.`,
	examples: []string{
		"bench compare results/bench/*/20261123T143855Z-7be0f28120df.txt",
		"bench compare --unit %roof --format markdown results/bench/*/*.txt",
	},
	declare: func(f *flag.FlagSet) action {
		unit := f.String("unit", "GFLOP/s", "`UNIT` of the table: GFLOP/s, GB/s, %roof or sec/op")
		format := formatFlag(f)
		return func(ctx context.Context, p *program) error { return printTable(p, f.Args(), *unit, *format) }
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
