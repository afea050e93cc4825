package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"srhmbench/kernels"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/store"
	"srhmbench/srhm/sweep"
	"srhmbench/srhm/train"
)

func (p *program) trainCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "train [FLAG...]",
		Short: "train one network, or one for each of several seeds",
		Long: `Trains a network on a training set of P examples and prints what came out: a line for each seed, or with
--json the record. Records are kept in the store DIR/runs.jsonl; a run that is there already is not
trained again. A training under way is saved to DIR now and then; interrupted or killed, it goes on from
there when started again, and gives the same record.

With --probe, the layers of the network that counts are probed: how much they change, against their
distance between examples, when symbols are exchanged for synonyms (S) or displaced (D) at levels 1 to l,
or at level l only. With --probe-training, also in training mode, as the authors measured networks with batch
norm. With --probe-times, these and the test error are also taken while the training goes
on. A probe is part of the description: it makes another run, alike in all else.

With --save, the weights of the network that counts go to a file for numpy.load, times their scales, float32:
for hidden layer k, wk, out × in × places, and bk, out × patches; beta, width × n_c; and the record, as JSON:
numpy.load(FILE)["record.json"].item(). For an LCN places are all those below, for a CNN those of a patch, for
an FCN, which has one patch, all of it. From x of the command dataset --dense, layer by layer, with patch q made
of the places below it,
  x[o,q] = max(0, sum over c, p of wk[o,c,p] x[c,p] + bk[o,q]),    logits = (mean of x over q) beta
The weights of VGG, ResNet and EfficientNet go there by PyTorch's names and in its shapes, with the running moments of
batch norm; bench/peers/architectures.py has these networks for PyTorch, and the lines that load the file.

` + protocols(),
		Example: examples(
			"train --v 10 --s0 2 --P 8000",
			"train --net cnn --v 6 --s0 1 --P 1200 --width 128 --stop-loss 1e-2 --json",
			"train --v 4 --s0 1 --P 300 --width 64 --grammar random:7 --seeds 5 --out out/seeds",
			fmt.Sprintf("train --v 8 --s0 1 --P 15000 --width 128 --probe %d", spec.ProbeInputs),
			"train --v 4 --s0 1 --P 3200 --width 128 --probe 500 --probe-times 4",
			"train --v 4 --s0 1 --P 1000 --width 64 --stop-loss 1e-2 --save weights.npz",
		),
	}
	t := declareTask(c)
	t.declareProbe(c)
	var size int
	var weights string
	fileFlag(c, &weights, "save", "write the weights to a `FILE`.npz", "npz")
	intFlag(c, &size, "P", 0, "training-set `SIZE`, all classes together; must be given, there is no default")
	threadsFlag(c, &t.threads, "cores, `N`, for the training; they do not change its result")
	c.RunE = func(c *cobra.Command, _ []string) error { return trainSeeds(c.Context(), p, t, size, weights) }
	return c
}

func trainSeeds(ctx context.Context, p *program, t *taskFlags, size int, weights string) error {
	if err := t.check(); err != nil {
		return err
	}
	if !t.set.Changed("P") {
		return misuse("--P is missing: the training-set size, 1 or more")
	}
	run, err := t.run(size)
	if err != nil {
		return err
	}
	if err := checkMemory(t.memory, 1, run); err != nil {
		return err
	}
	if t.set.Changed("save") {
		if err := checkWeights(weights, t.seeds); err != nil {
			return err
		}
	}
	st, err := store.Open(t.out)
	if err != nil {
		return err
	}
	defer st.Close()
	how := manner{1, t.threads, checkpoints{t.out, t.save}, t.memory}
	how.saved.tidy(st)
	if run.P != size {
		fmt.Fprintf(p.stderr, "P = %d is rounded up to %d, whole batches of %d\n", size, run.P, run.BatchSize())
	}
	for i := range t.seeds {
		run.Seed = t.seed + uint64(i)
		record, err := p.obtain(ctx, run, st, how, weights)
		if err != nil {
			return resumable(err, st)
		}
		if err := printRecord(p.stdout, record, t.json); err != nil {
			return err
		}
	}
	return nil
}

// obtain returns the record of a run, trained now if the store does not have it or its weights are wanted.
func (p *program) obtain(ctx context.Context, run spec.Run, st *store.Store, how manner, weights string) (store.Record, error) {
	if weights != "" {
		return p.obtainWeights(ctx, run, st, how, weights)
	}
	if record, known := st.Get(run.ID()); known {
		fmt.Fprintf(p.stderr, "run %s (seed %d) is in the store: not trained again\n", run.ID(), run.Seed)
		return record, nil
	}
	plan := sweep.Plan{Runs: []spec.Run{run}}
	if err := sweep.Execute(ctx, plan, st, p.options(how), sweep.NewWatch(p.stderr)); err != nil {
		return store.Record{}, err
	}
	record, _ := st.Get(run.ID())
	return record, nil
}

// manner is how runs are trained. Nothing of it changes a result.
type manner struct {
	workers int // trainings at a time
	threads int // of each
	saved   checkpoints
	memory  float64 // that they may take; see checkMemory
}

func (p *program) options(how manner) sweep.Options {
	limitMemory(how.memory)
	var earlier sync.Map // time spent, by id of runs that go on from a checkpoint
	return sweep.Options{
		Workers:    how.workers,
		Provenance: store.Here(kernels.Active().String(), how.threads),
		Train: func(ctx context.Context, run spec.Run, progress func(spec.Check)) (spec.Result, error) {
			if err := checkMemory(how.memory, 1, run); err != nil { // a search may come to larger P than it began with
				return spec.Result{}, errors.New(err.Error())
			}
			return p.train(ctx, run, train.Options{
				Threads: how.threads, Progress: progress, Checkpoint: how.saved.file(run), SaveEvery: how.saved.every,
				Resumed: func(spent time.Duration) { earlier.Store(run.ID(), spent) },
			})
		},
		Stored: how.saved.remove,
		Earlier: func(run spec.Run) time.Duration {
			spent, _ := earlier.Load(run.ID())
			d, _ := spent.(time.Duration)
			return d
		},
	}
}

// printRecord writes a record as a line of JSON or of words.
func printRecord(w io.Writer, r store.Record, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(r)
	}
	_, err := fmt.Fprintf(w, "%s  test error %.4f (fresh draws %.4f)  %s after %d epochs  loss %.3g  %.1f s  id %s\n",
		sweep.Describe(r.Run), r.Result.Error, r.Result.FreshError, r.Result.Outcome, r.Result.Epochs, r.Result.Loss, r.Provenance.Seconds, r.ID)
	if err == nil && r.Result.Sensitivities != nil {
		err = printSensitivities(w, *r.Result.Sensitivities)
	}
	if err == nil && r.Result.Trajectory != nil {
		err = printTrajectory(w, r.Result.Trajectory)
	}
	return err
}
