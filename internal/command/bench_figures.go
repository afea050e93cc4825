package command

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"srhmbench/bench/reproducible"
)

func (p *program) benchFiguresCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "figures [FLAG...]",
		Short: "fail if networks or figures are no longer those of another commit",
		Long: `Does the same few small trainings with the source that lies here, committed or not, and with that of another
commit, and compares what comes out: errors, losses and weights must be the same bits. Where they are not, both
reproduce all figures at smoke scale, and it says which claims of which figures move. Once both are built it takes
seconds, or half a minute if bits differ. Run it from within the source.

Exit status: 0 same bits, 1 other bits, 2 could not measure. "go run" and make turn 2 into something else: who has to
know it builds the program first.`,
		Example: examples("bench figures --base HEAD~1", "bench figures --base main --format markdown"),
	}
	var base, format string
	textFlag(c, &base, "base", "", "`COMMIT` to compare with; no default")
	choiceFlag(c, &format, "format", "text", reproducible.Formats, "print `FORMAT`: "+strings.Join(reproducible.Formats, ", "))
	c.RunE = func(c *cobra.Command, args []string) error { return compareFigures(c.Context(), p, base, format) }
	return c
}

func compareFigures(ctx context.Context, p *program, base, format string) error {
	if !slices.Contains(reproducible.Formats, format) {
		return misuse("format %q: want one of %s", format, strings.Join(reproducible.Formats, ", "))
	}
	if strings.TrimSpace(base) == "" {
		return misuse("base is missing: want a commit, as in HEAD~1 or a branch")
	}
	root, err := sourceRoot(ctx)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "srhmbench-figures-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	report, err := reproducible.Run(ctx, reproducible.Plan{Root: root, Base: base, Dir: dir, Log: p.stderr})
	if err != nil {
		return err
	}
	if err := report.Write(p.stdout, format); err != nil {
		return err
	}
	switch report.Verdict {
	case reproducible.Same:
		return nil
	case reproducible.Other:
		return fmt.Errorf("other bits: %s", report.Reason)
	}
	return unmeasured{fmt.Errorf("could not measure: %s", report.Reason)}
}
