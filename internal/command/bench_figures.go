package command

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"srhmbench/bench/reproducible"
)

var benchFiguresCommand = command{
	name:  "bench figures",
	brief: "fail if networks or figures are no longer those of another commit",
	text: `Does the same few small trainings with the source that lies here, committed or not, and with that of another
commit, and compares what comes out: errors, losses and weights must be the same bits. Where they are not, both
reproduce all figures at smoke scale, and it says which claims of which figures move. Once both are built it takes
seconds, or half a minute if bits differ. Run it from within the source.

Exit status: 0 same bits, 1 other bits, 2 could not measure. "go run" and make turn 2 into something else: who has to
know it builds the program first.`,
	examples: []string{"bench figures --base HEAD~1", "bench figures --base main --format markdown"},
	declare: func(f *flag.FlagSet) action {
		base := f.String("base", "", "`COMMIT` to compare with; no default")
		format := f.String("format", "text", "print `FORMAT`: "+strings.Join(reproducible.Formats, ", "))
		return func(ctx context.Context, p *program) error { return compareFigures(ctx, p, *base, *format) }
	},
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
