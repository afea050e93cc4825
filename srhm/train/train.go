package train

import (
	"context"
	"math"
	"time"

	"srhmbench/internal/portable"
	"srhmbench/srhm"
	"srhmbench/srhm/net"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/probe"
	"srhmbench/srhm/spec"
)

// Options of a training. None of them changes the result.
type Options struct {
	Threads  int              // goroutines inside one step; 0 means 1
	Progress func(spec.Check) // called after every check; may be nil

	// Checkpoint names the file that the training is saved to and, if it exists, resumed from; "" for none. It stays
	// when the training is over: see RemoveCheckpoint.
	Checkpoint string
	SaveEvery  time.Duration // time between checkpoints, longer where writing takes long
	// Resumed is called when the training resumes from a checkpoint, with the time spent before; may be nil.
	Resumed func(spent time.Duration)
	// Network is called at the very end with the network of the check that counts, or without any check with the last
	// one; may be nil. It cannot be combined with Checkpoint, which stores those weights for probed runs only.
	Network func(net.Network)
}

// Train runs the training that a run describes. It returns an error if the run is invalid or too large, or soon after
// the context ends. A training that collapses, diverges or never fits is not an error but an outcome.
func Train(ctx context.Context, run spec.Run, opt Options) (spec.Result, error) {
	if err := zoo.Validate(run); err != nil {
		return spec.Result{}, err
	}
	if err := Fits(run); err != nil {
		return spec.Result{}, err
	}
	t, err := newTraining(run, opt)
	if err != nil {
		return spec.Result{}, err
	}
	if opt.Checkpoint != "" {
		if err := t.resume(opt.Checkpoint); err != nil {
			return spec.Result{}, err
		}
		if t.save.earlier > 0 && opt.Resumed != nil {
			opt.Resumed(t.save.earlier)
		}
	}
	if err := t.loop(ctx, opt.Progress); err != nil {
		return spec.Result{}, err
	}
	t.finish()
	if err := t.lastLook(ctx); err != nil {
		return spec.Result{}, err
	}
	if err := t.probe(ctx); err != nil {
		return spec.Result{}, err
	}
	t.give(opt.Network)
	return t.result, nil
}

// training is the state of a training.
type training struct {
	run                  spec.Run
	grammar              *srhm.Grammar
	net                  net.Network
	batches              batches
	size                 int
	unseen, fresh, valid *testSet
	save                 saver
	done                 int         // steps of the current epoch
	sum                  float64     // of their cross-entropies
	stuck                int         // checks in a row that look collapsed
	given                bool        // the network goes to the caller
	best                 net.Weights // of the check that counts so far, if the run is probed or given
	result               spec.Result
}

func newTraining(run spec.Run, opt Options) (*training, error) {
	n, err := zoo.New(run.Task, run.Network, run.Protocol.Encoding, run.Seed, opt.Threads)
	if err != nil {
		return nil, err
	}
	g, err := srhm.NewGrammar(run.Task)
	if err != nil {
		return nil, err
	}
	d, err := newData(g, run)
	if err != nil {
		return nil, err
	}
	return &training{
		run: run, grammar: g, net: n, batches: newBatches(n, run, d.training), size: d.training.Len(),
		unseen: newTestSet(n, d.unseen), fresh: newTestSet(n, d.fresh), valid: newTestSet(n, d.valid),
		result: spec.Result{TrainingSize: d.training.Len(), SeenFraction: d.seen, Loss: portable.Log(float64(run.Task.NC))},
		given:  opt.Network != nil,
		save:   saver{file: opt.Checkpoint, every: opt.SaveEvery, next: time.Now().Add(opt.SaveEvery), started: time.Now()},
	}, nil
}

// loop trains until an outcome is certain.
func (t *training) loop(ctx context.Context, progress func(spec.Check)) error {
	p, r := t.run.Protocol, &t.result
	for r.Outcome == "" {
		loss, err := t.epoch(ctx)
		if err != nil {
			return err
		}
		r.Epochs++
		if math.IsNaN(loss) || math.IsInf(loss, 0) {
			r.Outcome = spec.Diverged
			break
		}
		r.Loss = loss
		last := r.Epochs == p.MaxEpochs
		if r.Epochs%p.CheckEvery == 0 || last {
			c, constant := t.check()
			r.Checks = append(r.Checks, c)
			t.keep()
			if progress != nil {
				progress(c)
			}
			r.Outcome = t.judge(c, constant)
		}
		if last && r.Outcome == "" {
			r.Outcome = spec.Exhausted
		}
	}
	return nil
}

// epoch makes one pass over the training set, or what is left of it, and returns the mean cross-entropy.
func (t *training) epoch(ctx context.Context) (float64, error) {
	if t.done == 0 {
		t.batches.shuffle()
	}
	for {
		if err := t.look(ctx); err != nil {
			return 0, err
		}
		if t.done == t.batches.count() {
			break
		}
		t.sum += t.net.Step(t.batches.get(t.done), t.run.Protocol.LR, t.run.Protocol.Momentum)
		t.done++
		t.result.Steps++
		if err := t.pause(ctx); err != nil {
			return 0, err
		}
	}
	t.net.Sync()
	mean := t.sum / float64(t.size)
	t.done, t.sum = 0, 0
	return mean, nil
}

func (t *training) check() (c spec.Check, constant bool) {
	c = spec.Check{Epoch: t.result.Epochs, Step: t.result.Steps, Loss: t.result.Loss}
	c.Error, constant = t.unseen.measure(t.net)
	c.FreshError = c.Error
	if t.fresh != nil {
		c.FreshError, _ = t.fresh.measure(t.net)
	}
	if t.valid != nil {
		c.Validation, _ = t.valid.measure(t.net)
	}
	return c, constant
}

// keep saves the weights if the last check is the one that counts.
func (t *training) keep() {
	if last := len(t.result.Checks) - 1; t.keeps(t.result) && chosen(t.result.Checks, t.run.Protocol) == last {
		t.best.Save(t.net)
	}
}

// give hands the network that counts to the caller.
func (t *training) give(to func(net.Network)) {
	if to == nil {
		return
	}
	if len(t.result.Checks) > 0 {
		t.best.Load(t.net)
	}
	to(t.net)
}

// probe measures the sensitivities of the network that counts. It ends the training: the network keeps those weights.
func (t *training) probe(ctx context.Context) error {
	r := &t.result
	if t.run.Probe.Inputs == 0 || len(r.Checks) == 0 {
		return nil
	}
	t.best.Load(t.net)
	s, err := t.sensitivities(ctx, net.Evaluation)
	if err == nil && t.run.Probe.Training {
		s.Training, err = t.sensitivities(ctx, net.Training)
	}
	r.Sensitivities = s
	return err
}

// sensitivities are those of the network of the check that counts, which it has to be.
func (t *training) sensitivities(ctx context.Context, mode net.Mode) (*spec.Sensitivities, error) {
	s, err := probe.Measure(ctx, t.net, mode, t.grammar, t.run.Seed, t.run.Probe.Inputs)
	s.Epoch = t.result.Checks[chosen(t.result.Checks, t.run.Protocol)].Epoch
	return &s, err
}

// A network has collapsed when in collapseChecks checks in a row it assigns all test examples to one class at a loss of
// at least ln n_c - collapseMargin. That is chance level, and dead units do not come back.
const (
	collapseChecks = 10
	collapseMargin = 1e-3
)

// judge returns the outcome that a check makes certain, or "".
func (t *training) judge(c spec.Check, constant bool) spec.Outcome {
	p := t.run.Protocol
	t.stuck++
	if !constant || c.Loss < portable.Log(float64(t.run.Task.NC))-collapseMargin {
		t.stuck = 0
	}
	switch {
	case c.Loss < p.StopLoss:
		return spec.Fitted
	case c.Error < p.StopError:
		return spec.Decided
	case t.stuck >= collapseChecks:
		return spec.Collapsed
	}
	return ""
}

// finish fills in the errors that the protocol reports.
func (t *training) finish() {
	r := &t.result
	at := summary(r.Checks, t.run.Protocol)
	r.Error, r.FreshError, r.LastError = at.Error, at.FreshError, at.LastError
	r.WeightsHash = net.Hash(t.net)
}

// chosen returns the index of the check that counts by the protocol, the first of equals. By test error means by that on
// unseen examples.
func chosen(checks []spec.Check, p spec.Protocol) int {
	best := 0
	for i, c := range checks {
		switch {
		case p.Checkpoint == spec.Last,
			p.Checkpoint == spec.BestTest && c.Error < checks[best].Error,
			p.Checkpoint == spec.BestValidation && c.Validation < checks[best].Validation:
			best = i
		}
	}
	return best
}

// summary returns the errors that the protocol reports, or 1 without any check.
func summary(checks []spec.Check, p spec.Protocol) spec.Result {
	if len(checks) == 0 {
		return spec.Result{Error: 1, FreshError: 1, LastError: 1}
	}
	at := checks[chosen(checks, p)]
	r := spec.Result{Error: at.Error, FreshError: at.FreshError, LastError: checks[len(checks)-1].Error}
	if p.Checkpoint == spec.BestTest { // the best of all checks, by either error
		for _, c := range checks {
			r.FreshError = min(r.FreshError, c.FreshError)
		}
	}
	return r
}
