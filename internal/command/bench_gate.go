package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"srhmbench/bench/checkout"
	"srhmbench/bench/gate"
)

func (p *program) benchGateCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "gate [FLAG...]",
		Short: "fail if the kernels are slower than at another commit",
		Long: `Measures the benchmarks of the source that lies here, committed or not, against those of another commit,
and says whether any became slower or allocates more. Both run in turn with a second copy of the other commit
(A/A), whose differences are noise; what looks slower is measured again before it counts. Run it from within
the source. SRHM_BENCH_TIERS=avx2,avx512 measures these kernel tiers, by default the one that cpu shows.

With --baseline the other commit's times are those that an earlier gate kept (--base HEAD --force --out DIR), on the
same machine with the same Go and benchmarks. That takes a third of the time, but a slowdown has to exceed 10 %:
machines are not the same from day to day.

Exit status: 0 no regression, 1 regression, 2 could not measure. "go run" and make turn 2 into something else:
who has to know it builds the program first.`,
		Example: examples(
			"bench gate --base HEAD~1",
			"bench gate --base main --rounds 40 --bench 'PeakFMA|GEMM' --out out/gate",
			"bench gate --baseline out/baseline",
			"bench gate --from base.txt,head.txt,aa.txt --format markdown",
		),
	}
	g := &gateFlags{plan: gate.Plan{Root: ".", Settings: gate.Default()}}
	textFlag(c, &g.plan.Base, "base", "", "`COMMIT` to compare with; no default")
	dirFlag(c, &g.plan.Baseline, "baseline", "", "compare with what an earlier gate on this machine has kept in `DIR`; only this source is measured")
	textFlag(c, &g.from, "from", "", "judge the measurements in three `FILES` base,head,aa instead of measuring")
	textFlag(c, &g.plan.Bench, "bench", gate.Quick, "`REGEXP` of benchmarks, as for go test; needs PeakFMA (default: it, kernels in warm caches, training steps)")
	c.Flags().Lookup("bench").DefValue = "" // the text says it in words
	intFlag(c, &g.plan.Rounds, "rounds", 25, "measure each benchmark and arm `N` times, the fastest of four each time")
	timeFlag(c, &g.plan.Benchtime, "benchtime", 2*time.Millisecond, "`TIME` of each measurement")
	seedFlag(c, &g.plan.Seed, "seed", 0, "`N` that the order in the rounds follows from (default random)")
	c.Flags().BoolVar(&g.plan.Force, "force", false, "measure even if both programs are identical, which shows the noise")
	textFlag(c, &g.removed, "removed", "", "`LIST` of benchmarks that may be missing now, separated by commas")
	choiceFlag(c, &g.format, "format", "text", gate.Formats, "print `FORMAT`: "+strings.Join(gate.Formats, ", "))
	dirFlag(c, &g.out, "out", "", "keep measurements and reports in a new `DIR`")
	c.RunE = func(c *cobra.Command, args []string) error {
		if !c.Flags().Changed("seed") {
			g.plan.Seed = rand.Uint64()
		}
		return g.run(c.Context(), p)
	}
	return c
}

type gateFlags struct {
	plan                       gate.Plan
	from, removed, format, out string
}

// unmeasured is a gate without verdict.
type unmeasured struct{ error }

func (g *gateFlags) run(ctx context.Context, p *program) error {
	if !slices.Contains(gate.Formats, g.format) {
		return misuse("format %q: want one of %s", g.format, strings.Join(gate.Formats, ", "))
	}
	if g.out != "" {
		if err := checkDir(g.out); err != nil {
			return err
		}
	}
	if g.removed != "" {
		g.plan.Settings.Removed = strings.Split(g.removed, ",")
	}
	report, err := g.report(ctx, p)
	if err != nil {
		return err
	}
	if err := report.Write(p.stdout, g.format); err != nil {
		return err
	}
	switch report.Verdict {
	case gate.Pass:
		return nil
	case gate.Regression:
		return fmt.Errorf("regression: %s", report.Reason)
	}
	return unmeasured{fmt.Errorf("could not measure: %s", report.Reason)}
}

// report measures, or takes what was measured.
func (g *gateFlags) report(ctx context.Context, p *program) (gate.Report, error) {
	if g.from != "" {
		files := strings.Split(g.from, ",")
		if len(files) != 3 || g.plan.Base != "" || g.plan.Baseline != "" || g.out != "" {
			return gate.Report{}, misuse("from %q: want three files base,head,aa, and no --base, --baseline or --out", g.from)
		}
		return gate.JudgeFiles(files[0], files[1], files[2], g.plan.Settings), nil
	}
	if g.plan.Baseline != "" {
		removed := g.plan.Settings.Removed
		g.plan.Settings = gate.Stored()
		g.plan.Settings.Removed = removed
	}
	if err := g.plan.Check(); err != nil {
		return gate.Report{}, usageError{err}
	}
	root, err := sourceRoot(ctx)
	if err != nil {
		return gate.Report{}, err
	}
	g.plan.Root, g.plan.Log = root, p.stderr
	remove, err := g.makeDir()
	if err != nil {
		return gate.Report{}, err
	}
	defer remove()
	report, err := gate.Run(ctx, g.plan)
	if err != nil || g.out == "" {
		return report, err
	}
	return report, saveJudgement(report, g.plan.Dir)
}

// sourceRoot is where the source lies that this runs within.
func sourceRoot(ctx context.Context) (string, error) {
	root, err := checkout.Root(ctx, "")
	if err != nil && ctx.Err() == nil {
		err = unmeasured{fmt.Errorf("could not measure: %w", err)}
	}
	return root, err
}

// makeDir makes the directory of the measurements: the one --out names, or a temporary one that remove deletes.
func (g *gateFlags) makeDir() (remove func(), err error) {
	if g.out == "" {
		g.plan.Dir, err = os.MkdirTemp("", "srhmbench-gate-")
		return func() { os.RemoveAll(g.plan.Dir) }, err
	}
	if g.plan.Dir, err = filepath.Abs(g.out); err != nil {
		return nil, err
	}
	list, err := os.ReadDir(g.plan.Dir)
	if len(list) > 0 {
		return nil, misuse("out %q: want a directory that is empty or not there", g.out)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return func() {}, os.MkdirAll(g.plan.Dir, 0o777)
}

// saveJudgement writes the report in every format.
func saveJudgement(r gate.Report, dir string) error {
	for _, format := range gate.Formats {
		var b strings.Builder
		if err := r.Write(&b, format); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, "report."+format), []byte(b.String()), 0o666); err != nil {
			return err
		}
	}
	return nil
}
