package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"

	"srhmbench/internal/human"
	"srhmbench/srhm/store"
	"srhmbench/srhm/sweep"
)

func (p *program) sweepCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "sweep [FLAG...] FILE",
		Short: "train a grid of tasks, networks and protocols, or find P* on it",
		Long: `Trains every combination of the settings in a TOML file, or finds P* for each. A key is the flag of the same
name of train and search, its value what the flag takes or a list:

  P = [500, 1000]      # single runs; probe = 2000 measures sensitivities; or
  search = true        # P* instead; or a table: epsilon, ratio, authors-grid
  seed = [1, 2]

  [task]               # v, nc, m, s, s0, L, sparsity, grammar
  v = 8                # nc and m follow v and s unless they are given
  m = [2, 4, 8]
  grammar = ["authors:1", "random:1"]

  [network]            # net, width, bias, init, readout, layers, tied
  net = ["lcn", "cnn"]

  [protocol]           # name = authors, text or careful; or what differs from it: lr, stop-loss, ...
  stop-loss = 1e-2

Trainings are kept in the store DIR/runs.jsonl; what it has, and what two cells share, is not trained again.
Before it starts, it says what is to be done and how long that may take. Interrupted, it goes on where it
stopped when started again. It ends with a line for each cell, pooled over grammars and seeds: P* with its
95 % interval (of one search the bracket), or the test error, its mean and its extremes.`,
		Args: cobra.ArbitraryArgs, ValidArgsFunction: files("toml"),
		Example: examples(
			"sweep srhm/sweep/synonyms.toml --dry-run",
			"sweep srhm/sweep/synonyms.toml --out out/synonyms",
		),
	}
	s := &sweepFlags{}
	c.Flags().BoolVar(&s.dry, "dry-run", false, "say what would be done, on stdout, and do nothing")
	dirFlag(c, &s.out, "out", "out", "`DIR` of the store")
	saveFlag(c, &s.save)
	memoryFlag(c, &s.memory)
	threadsFlag(c, &s.threads, "cores, `N`: one training each, and what is left over inside the trainings")
	c.RunE = func(c *cobra.Command, args []string) error { return s.do(c.Context(), p, args) }
	return c
}

type sweepFlags struct {
	dry     bool
	out     string
	threads int
	save    time.Duration // between checkpoints
	memory  float64       // that trainings may take
}

func (s *sweepFlags) do(ctx context.Context, p *program, files []string) error {
	if len(files) != 1 {
		return misuse("%d files: want one, that of a grid in TOML", len(files))
	}
	if err := checkThreads(s.threads); err != nil {
		return err
	}
	if err := checkSave(s.save); err != nil {
		return err
	}
	if err := checkDir(s.out); err != nil {
		return err
	}
	plan, err := readGrid(files[0])
	if err != nil {
		return err
	}
	workers := min(s.threads, len(plan.Searches)+len(plan.Runs))
	if err := checkMemory(s.memory, workers, firstRuns(plan)...); err != nil {
		return misuse("%s: %w", files[0], err)
	}
	if s.dry {
		st, err := lookInto(s.out)
		if err != nil {
			return err
		}
		return printOutlook(p.stdout, plan, st, workers)
	}
	st, err := store.Open(s.out)
	if err != nil {
		return err
	}
	defer st.Close()
	if err := printOutlook(p.stderr, plan, st, workers); err != nil {
		return err
	}
	how := manner{workers, s.threads / workers, checkpoints{s.out, s.save}, s.memory}
	how.saved.tidy(st)
	if err := sweep.Execute(ctx, plan, st, p.options(how), sweep.NewProgress(p.stderr)); err != nil {
		return resumable(err, st)
	}
	if err := printSearches(p.stdout, plan.Searches, st); err != nil {
		return err
	}
	return printRuns(p.stdout, plan.Runs, st)
}

// readGrid reads a grid.
func readGrid(file string) (sweep.Plan, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return sweep.Plan{}, usageError{err}
	}
	plan, err := sweep.ReadGrid(file, text)
	if err != nil {
		return plan, usageError{err}
	}
	return plan, nil
}

// lookInto reads a store that may not be there yet.
func lookInto(dir string) (*store.Store, error) {
	st, err := store.OpenReadOnly(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return store.OpenReadOnly()
	}
	return st, err
}

// printOutlook says what is to be done.
func printOutlook(w io.Writer, plan sweep.Plan, st *store.Store, workers int) error {
	o := plan.Outlook(st, workers)
	about := ""
	if o.Searches > 0 {
		about = "about "
	}
	_, err := fmt.Fprintf(w, `plan: %d searches for P*, %d single runs
to train: %s%d runs; in the store: %d
predicted: %s core-minutes (to a factor of 3), %s of memory with %d at a time
`, o.Searches, o.Singles, about, o.Runs, o.Stored, minutes(o.Core), human.Bytes(o.Memory), workers)
	return err
}

func minutes(d time.Duration) string {
	if d > 0 && d.Minutes() < 0.1 {
		return "less than 0.1"
	}
	return fmt.Sprintf("%.1f", d.Minutes())
}
