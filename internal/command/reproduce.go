package command

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"srhmbench/figures"
	"srhmbench/figures/report"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/store"
	"srhmbench/srhm/sweep"
)

func (p *program) reproduceCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "reproduce [FLAG...]",
		Short: "train what figures need, draw them, and judge the paper's claims",
		Long: `Trains what the figures need and the store DIR/runs.jsonl lacks, draws them (PNG, SVG, PDF, and the data
drawn as CSV) into DIR/figures, writes DIR/report.html and report.md, and prints the claims of the paper
beside our numbers. Interrupted or killed, it goes on where it stopped when started again, in the midst
of trainings too. All scales may share one DIR.

scales: smoke takes a minute and shows that everything works, quick takes some ten minutes and shows
the laws, paper trains every published cell by the authors' protocol, which takes days on one core.`,
		Example: examples(
			"reproduce",
			"reproduce --scale smoke --figures 4b,5 --out out/smoke",
			"reproduce --scale paper --figures 4b --threads 16",
		),
	}
	r := &figureFlags{}
	r.declare(c)
	var threads int
	var save time.Duration
	var memory float64
	threadsFlag(c, &threads, "trainings at a time, `N`")
	saveFlag(c, &save)
	memoryFlag(c, &memory)
	c.RunE = func(c *cobra.Command, args []string) error { return r.reproduce(c.Context(), p, threads, save, memory) }
	return c
}

// figureFlags are the flags of the commands that draw.
type figureFlags struct {
	scale, list, out string
}

func (r *figureFlags) declare(c *cobra.Command) {
	var scales []string
	for _, s := range figures.Scales {
		scales = append(scales, string(s))
	}
	choiceFlag(c, &r.scale, "scale", string(figures.Quick), scales, "`SCALE` of the paper's grids: "+strings.Join(scales, ", "))
	textFlag(c, &r.list, "figures", "all", "`LIST` of "+strings.Join(figures.Names(), ", ")+", separated by commas, or all; a number means all its panels")
	complete(c, "figures", listOf(append(figures.Names(), "all")))
	dirFlag(c, &r.out, "out", "out", "`DIR` for what is made")
}

// chosen is what the flags name.
func (r *figureFlags) chosen() (list []figures.Figure, scale figures.Scale, err error) {
	if scale, err = figures.ParseScale(r.scale); err != nil {
		return nil, "", usageError{err}
	}
	if list, err = figures.Select(r.list); err != nil {
		return nil, "", usageError{err}
	}
	return list, scale, checkDir(r.out)
}

func (r *figureFlags) reproduce(ctx context.Context, p *program, threads int, save time.Duration, memory float64) error {
	list, scale, err := r.chosen()
	if err != nil {
		return err
	}
	if err := checkThreads(threads); err != nil {
		return err
	}
	if err := checkSave(save); err != nil {
		return err
	}
	// Runs are many and small, so cores are best used by one run each.
	plan := figures.Plan(list, scale)
	if err := checkMemory(memory, threads, firstRuns(plan)...); err != nil {
		return err
	}
	started := time.Now()
	st, err := store.Open(r.out)
	if err != nil {
		return err
	}
	defer st.Close()
	if err := printOutlook(p.stderr, plan, st, threads); err != nil {
		return err
	}
	how := manner{threads, 1, checkpoints{r.out, save}, memory}
	how.saved.tidy(st)
	if err := sweep.Execute(ctx, plan, st, p.options(how), sweep.NewProgress(p.stderr)); err != nil {
		return resumable(err, st)
	}
	if err := r.drawMissing(ctx, p, list, scale, st); err != nil {
		return err
	}
	fmt.Fprintf(p.stderr, "records in %s, %s\n", st.Path(), time.Since(started).Round(100*time.Millisecond))
	return nil
}

// drawMissing draws the figures that are missing, or that another program or other records produced.
func (r *figureFlags) drawMissing(ctx context.Context, p *program, list []figures.Figure, scale figures.Scale, st *store.Store) error {
	tidyDrawings(r.out)
	now, err := drawing(list, scale, r.out)
	if err != nil {
		return err
	}
	earlier := readDrawn(r.out)
	if now.from(earlier) && earlier.intact(r.out, pagesOf()) {
		return r.redrawDamaged(ctx, p, list, scale, st, earlier)
	}
	all, err := drawAll(ctx, p, list, scale, st)
	if err != nil {
		return err
	}
	if err := saveDrawings(p, all, r.out); err != nil {
		return err
	}
	if err := writeReport(p, all, r.out); err != nil {
		return err
	}
	now.Claims = figures.ClaimsTable(all.Claims())
	for _, e := range all.Entries {
		if e.Lacks != "" {
			now.Lacks = append(now.Lacks, lackText(e))
		}
	}
	return now.save(r.out)
}

// redrawDamaged draws only the figures whose files are missing or changed; everything else is up to date.
func (r *figureFlags) redrawDamaged(ctx context.Context, p *program, list []figures.Figure, scale figures.Scale, st *store.Store, earlier drawn) error {
	for _, f := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		if earlier.intact(r.out, filesOf([]string{f.Name})) {
			continue
		}
		e, err := report.Draw(f, st, scale)
		if err != nil {
			return err
		}
		if err := saveFigure(e, r.out); err != nil {
			return err
		}
	}
	earlier.again(p, r.out)
	return nil
}

// get looks up results in a store.
func get(st *store.Store) func(id string) (spec.Result, bool) {
	return figures.FromStore(st).Get
}
