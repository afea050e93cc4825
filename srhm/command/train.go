package command

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"

	"srhmbench/kernels"
	"srhmbench/results"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
	"srhmbench/srhm/train"
)

var trainCommand = command{
	name:  "train",
	brief: "train one network, or one for each of several seeds",
	text: `Trains a network on a training set of P data and prints what came out: a line for each seed, or with
--json the record. Records are kept in the store DIR/runs.jsonl; a run that is there already is not
trained again. A training under way is saved to DIR now and then; interrupted or killed, it goes on from
there when started again, and gives the same record.

With --probe, the layers of the network that counts are probed: how much they change, against their
distance between data, when symbols are exchanged for synonyms (S) or displaced (D) at levels 1 to l,
or at level l only. With --probe-times, these and the test error are also taken while the training goes
on. A probe is part of the description: it makes another run, alike in all else.

` + protocols(),
	examples: []string{
		"train --v 10 --s0 2 --P 8000",
		"train --net cnn --v 6 --s0 1 --P 1200 --width 128 --stop-loss 1e-2 --json",
		"train --v 4 --s0 1 --P 300 --width 64 --grammar random:7 --seeds 5 --out out/seeds",
		fmt.Sprintf("train --v 8 --s0 1 --P 15000 --width 128 --probe %d", spec.ProbeInputs),
		"train --v 4 --s0 1 --P 3200 --width 128 --probe 500 --probe-times 4",
	},
	declare: func(f *flag.FlagSet) action {
		t := declareTask(f)
		t.declareProbe(f)
		var p int
		intFlag(f, &p, "P", 0, "training-set `SIZE`, all classes together; must be given, there is no default")
		threadsFlag(f, &t.threads, "cores, `N`, for the training; they do not change its result")
		return func(ctx context.Context, prog *program) error { return trainSeeds(ctx, prog, t, p) }
	},
}

func trainSeeds(ctx context.Context, p *program, t *taskFlags, size int) error {
	if err := t.check(); err != nil {
		return err
	}
	if !given(t.set)["P"] {
		return misuse("--P is missing: the training-set size, 1 or more")
	}
	run, err := t.run(size)
	if err != nil {
		return err
	}
	store, err := results.Open(t.out)
	if err != nil {
		return err
	}
	defer store.Close()
	saved := checkpoints{t.out, t.save}
	saved.tidy(store)
	if run.P != size {
		fmt.Fprintf(p.stderr, "P = %d is rounded up to %d, whole batches of %d\n", size, run.P, run.BatchSize())
	}
	for i := range t.seeds {
		run.Seed = t.seed + uint64(i)
		record, err := p.obtain(ctx, run, store, t.threads, saved)
		if err != nil {
			return resumable(err, t.out)
		}
		if err := printRecord(p.stdout, record, t.json); err != nil {
			return err
		}
	}
	return nil
}

// obtain returns the record of a run, trained now if the store does not have it.
func (p *program) obtain(ctx context.Context, run spec.Run, store *results.Store, threads int, saved checkpoints) (results.Record, error) {
	if record, known := store.Get(run.ID()); known {
		fmt.Fprintf(p.stderr, "run %s (seed %d) is in the store: not trained again\n", run.ID(), run.Seed)
		return record, nil
	}
	plan := sweep.Plan{Runs: []spec.Run{run}}
	if err := sweep.Execute(ctx, plan, store, p.options(1, threads, saved), newWatch(p.stderr)); err != nil {
		return results.Record{}, err
	}
	record, _ := store.Get(run.ID())
	return record, nil
}

// options make trainings run so many at a time, with so many threads each.
func (p *program) options(workers, threads int, saved checkpoints) sweep.Options {
	return sweep.Options{
		Workers:    workers,
		Provenance: results.Here(kernels.Active().String(), threads),
		Train: func(ctx context.Context, run spec.Run, progress func(spec.Check)) (spec.Result, error) {
			return p.train(ctx, run, train.Options{Threads: threads, Progress: progress, Checkpoint: saved.file(run), SaveEvery: saved.every})
		},
		Stored: saved.remove,
	}
}

// printRecord writes a record as a line of JSON or of words.
func printRecord(w io.Writer, r results.Record, asJSON bool) error {
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
