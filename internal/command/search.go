package command

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"srhmbench/srhm/store"
	"srhmbench/srhm/sweep"
)

func (p *program) searchCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "search [FLAG...]",
		Short: "find P*, the smallest training set that a network learns from",
		Long: `Finds P*, the smallest training-set size with a test error of at most epsilon: brackets it, narrows the
bracket to a ratio, and interpolates between its ends in log error against log P. Several seeds are
searches of their own, pooled into a geometric mean with a 95 % interval; one seed has its bracket
for an interval. Trainings are kept in the store DIR/runs.jsonl and are not done twice.

A --stop-error well below epsilon, such as 0.02, ends a training once its verdict is certain and
saves most of the time above P*.

` + protocols(),
		Example: examples(
			"search --v 6 --s0 1 --width 128 --stop-loss 1e-2 --stop-error 0.02",
			"search --net cnn --v 4 --s0 2 --width 128 --stop-error 0.02 --seeds 4 --json",
			"search --v 10 --s0 0 --authors-grid",
		),
	}
	s := &searchFlags{taskFlags: declareTask(c)}
	floatFlag(c, &s.epsilon, "epsilon", sweep.DefaultEpsilon, "test error at P*, `X` in (0, 1)")
	floatFlag(c, &s.ratio, "ratio", sweep.DefaultRatio, "narrow the bracket until its ends differ by at most this factor, `X` above 1")
	c.Flags().BoolVar(&s.authorsGrid, "authors-grid", false, "try the authors' training-set sizes first, and give P* by their rule too")
	threadsFlag(c, &s.threads, "cores, `N`: one search each, and what is left over inside the trainings")
	c.RunE = func(c *cobra.Command, _ []string) error { return s.do(c.Context(), p) }
	return c
}

type searchFlags struct {
	*taskFlags
	epsilon, ratio float64
	authorsGrid    bool
}

func (s *searchFlags) do(ctx context.Context, p *program) error {
	if err := s.check(); err != nil {
		return err
	}
	searches, err := s.searches()
	if err != nil {
		return err
	}
	// A search is one training after the other: cores beyond the number of searches can only
	// be of use inside the trainings.
	workers := min(s.threads, len(searches))
	plan := sweep.Plan{Searches: searches}
	if err := checkMemory(s.memory, workers, firstRuns(plan)...); err != nil {
		return err
	}
	st, err := store.Open(s.out)
	if err != nil {
		return err
	}
	defer st.Close()
	how := manner{workers, s.threads / workers, checkpoints{s.out, s.save}, s.memory}
	how.saved.tidy(st)
	if err := sweep.Execute(ctx, plan, st, p.options(how), sweep.NewProgress(p.stderr)); err != nil {
		return resumable(err, st)
	}
	report := newSearchReport(searches, estimates(searches, st))
	if s.json {
		return report.writeJSON(p.stdout)
	}
	return report.write(p.stdout)
}

// searches returns one search for each seed.
func (s *searchFlags) searches() ([]sweep.Search, error) {
	run, err := s.run(1)
	if err != nil {
		return nil, err
	}
	search := sweep.Search{Task: run.Task, Network: run.Network, Protocol: run.Protocol, Epsilon: s.epsilon, Ratio: s.ratio}
	if s.authorsGrid {
		search.Grid = sweep.AuthorsGrid(run.Task, run.Network)
		switch {
		case search.Grid == nil:
			return nil, misuse("--authors-grid: their sizes are not known for this task and network: want nc = v, m = v^(s-1), L 2 or 3, sparsity A")
		case run.Protocol.StopError > 0:
			return nil, misuse("--authors-grid: their rule needs whole trainings: want --stop-error 0")
		}
	}
	// For a search, 0 means the default; on the command line it is a mistake.
	if s.epsilon == 0 || s.ratio == 0 {
		return nil, misuse("epsilon %v, ratio %v: want epsilon between 0 and 1, ratio above 1", s.epsilon, s.ratio)
	}
	if err := search.Validate(); err != nil {
		return nil, invalid(err)
	}
	var all []sweep.Search
	for i := range s.seeds {
		search.Seed = s.seed + uint64(i)
		all = append(all, search)
	}
	return all, nil
}

// estimates says what the store knows of each search.
func estimates(searches []sweep.Search, st *store.Store) []sweep.PStar {
	var all []sweep.PStar
	for _, s := range searches {
		points, _, _ := s.Replay(get(st))
		all = append(all, s.Estimate(points, nil))
	}
	return all
}

// cell names what is searched.
func cell(s sweep.Search) string {
	t := s.Task
	return fmt.Sprintf("%s v=%d s=%d s0=%d L=%d %s %s", s.Network, t.V, t.S, t.S0, t.L, t.Sparsity, t.Grammar)
}
