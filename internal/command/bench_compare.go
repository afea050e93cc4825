package command

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"srhmbench/bench/compare"
	"srhmbench/bench/page"
	"srhmbench/internal/plot"
)

func (p *program) benchCompareCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "compare [FLAG...] FILE...",
		Short: "put measured machines and kernel tiers side by side",
		Long: `Prints the medians of the benchmarks in files that make bench wrote, a column for each machine and kernel
tier, "-" for what was not measured. Emulated machines are not compared with real ones, nor different versions of
the benchmarks, nor different commits on one machine.

With --page it writes all units into one page for a browser instead, with bars and rooflines. There other libraries
(make bench-peers) are beside the kernels, and of emulated machines it says what was checked.`,
		Args: cobra.ArbitraryArgs, ValidArgsFunction: files("txt"),
		Example: examples(
			"bench compare results/bench/*/*-8c22a539cd8f.txt",
			"bench compare --unit %roof --format markdown results/bench/*/*.txt",
			"bench compare --page out/bench.html results/bench/*/*.txt results/bench/*/peers/*.txt",
		),
	}
	var unit, format, to string
	choiceFlag(c, &unit, "unit", "GFLOP/s", []string{"GFLOP/s", "GB/s", "%roof", "sec/op"}, "`UNIT` of the table: GFLOP/s, GB/s, %roof or sec/op")
	formatFlag(c, &format)
	fileFlag(c, &to, "page", "write a page for a browser into `FILE`", "html")
	c.RunE = func(c *cobra.Command, args []string) error {
		if to != "" {
			return writePage(args, to)
		}
		return printTable(p, args, unit, format)
	}
	return c
}

func formatFlag(c *cobra.Command, to *string) {
	choiceFlag(c, to, "format", "text", compare.Formats, "print `FORMAT`: "+strings.Join(compare.Formats, ", "))
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
