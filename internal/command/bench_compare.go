package command

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"srhmbench/bench/compare"
	"srhmbench/bench/page"
	"srhmbench/internal/atomicfile"
)

func (p *program) benchCompareCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "compare [FLAG...] FILE...",
		Short: "put measured machines and kernel tiers side by side",
		Long: `Prints the medians of the benchmarks in files that make bench wrote, a column for each machine and kernel
tier, "-" for what was not measured. Of several runs of a machine the newest of each benchmark counts, or the newest at
a commit that --commit names. What cannot be compared is left out, and stderr says what and why: benchmarks that were
defined otherwise when they were measured, and emulated machines beside real ones.

With --page it writes all units into one page for a browser instead, with bars and rooflines. There other libraries
(make bench-peers) are beside the kernels, and of emulated machines it says what was checked.`,
		Args: cobra.ArbitraryArgs, ValidArgsFunction: files("txt"),
		Example: examples(
			"bench compare results/bench/*/*-8c22a539cd8f.txt",
			"bench compare --unit %roof --format markdown results/bench/*/*.txt",
			"bench compare --page out/bench.html results/bench/*/*.txt results/bench/*/peers/*.txt",
		),
	}
	var unit, format, to, commit string
	choiceFlag(c, &unit, "unit", "GFLOP/s", []string{"GFLOP/s", "GB/s", "%roof", "sec/op"}, "`UNIT` of the table: GFLOP/s, GB/s, %roof or sec/op")
	formatFlag(c, &format)
	c.Flags().StringVar(&commit, "commit", "", "compare runs at `COMMIT`, the beginning of a hash, and not the newest")
	fileFlag(c, &to, "page", "write a page for a browser into `FILE`", "html")
	c.RunE = func(c *cobra.Command, args []string) error {
		if to != "" {
			return writePage(p, args, commit, to)
		}
		return printTable(p, args, commit, unit, format)
	}
	return c
}

func formatFlag(c *cobra.Command, to *string) {
	choiceFlag(c, to, "format", "text", compare.Formats, "print `FORMAT`: "+strings.Join(compare.Formats, ", "))
}

func printTable(p *program, files []string, commit, unit, format string) error {
	if err := checkFormat(format); err != nil {
		return err
	}
	if len(files) == 0 {
		return misuse("no file: want one or more that make bench wrote")
	}
	table, err := readTable(p, files, commit, unit)
	if err != nil {
		return err
	}
	return table.Write(p.stdout, format)
}

func writePage(p *program, files []string, commit, to string) error {
	if len(files) == 0 {
		return misuse("no file: want one or more that make bench wrote")
	}
	set, err := compare.ReadCommit(files, commit)
	if err != nil {
		return err
	}
	p.warn(set.Notes)
	text, err := page.HTML(set)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return err
	}
	return atomicfile.WriteBytes(to, text)
}

func checkFormat(format string) error {
	if !slices.Contains(compare.Formats, format) {
		return misuse("format %q: want one of %s", format, strings.Join(compare.Formats, ", "))
	}
	return nil
}

func readTable(p *program, files []string, commit, unit string) (compare.Table, error) {
	set, err := compare.ReadCommit(files, commit)
	if err != nil {
		return compare.Table{}, err
	}
	p.warn(set.Notes)
	return set.Table(unit)
}

// warn writes what was left out to stderr, a line each.
func (p *program) warn(notes []string) {
	for _, note := range notes {
		fmt.Fprintln(p.stderr, note)
	}
}
