package sweep

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"time"

	"srhmbench/srhm/spec"
	"srhmbench/srhm/store"
)

// TrainFunc does one training. It must return the context's error soon after the
// context ends, and may call progress at any time before it returns.
type TrainFunc func(ctx context.Context, run spec.Run, progress func(spec.Check)) (spec.Result, error)

// Options of Execute.
type Options struct {
	Workers    int              // trainings at a time; 0: as many as Go may use threads
	Train      TrainFunc        // required
	Provenance store.Provenance // of every record; start and duration are filled in
	Stored     func(spec.Run)   // told of every run whose record is on the disk now; may be nil
	// Earlier is the time that other processes spent on a run that has just ended; nil: none.
	Earlier func(spec.Run) time.Duration
}

// Execute trains what the plan needs and the store lacks. Each search is a chain of
// runs, one after the other; chains run side by side, those with the longest predicted
// time left first. A run that several chains ask for is trained once. Each finished
// run is in the store before anything else happens, so a plan that was interrupted goes
// on where it stopped.
//
// When the context ends, running trainings are cancelled, nothing is recorded for
// them, and Execute returns the context's error. A training that fails (an error,
// not an outcome) ends the plan in the same way with an error naming the run. A
// training that panics ends the program. ui may be nil.
func Execute(ctx context.Context, plan Plan, st *store.Store, opt Options, ui Progress) error {
	plan = Plan{}.Merge(plan)
	if err := plan.Validate(); err != nil {
		return err
	}
	if opt.Workers < 1 {
		opt.Workers = runtime.GOMAXPROCS(0)
	}
	if ui == nil {
		ui = silent{}
	}
	training, cancel := context.WithCancel(ctx)
	defer cancel()
	x := &execution{
		records: st, opt: opt, ui: ui, training: training, cancel: cancel,
		jobs: map[string]*job{}, outcomes: make(chan outcome),
	}
	for _, s := range plan.Searches {
		x.add(&chain{next: s.run, left: s.left})
	}
	for _, r := range plan.Runs {
		x.add(&chain{next: single(r), left: func([]Point) int { return 1 }})
	}
	ui.Begin(x.expected(), x.eta())
	defer ui.End()
	x.loop()
	if x.err != nil {
		return x.err
	}
	return ctx.Err()
}

// job is a run that is waiting or being trained, for one chain or several.
type job struct {
	run     spec.Run
	chains  []*chain
	running bool
	order   int // of creation
}

// cost is the predicted time of the longest chain that waits for the job.
func (j *job) cost() time.Duration {
	longest := time.Duration(0)
	for _, c := range j.chains {
		longest = max(longest, c.cost)
	}
	return longest
}

// outcome is how a training ended.
type outcome struct {
	id      string
	result  spec.Result
	err     error
	started time.Time
	seconds float64
}

// execution is the state of Execute. One goroutine owns it; the trainings only send
// their outcomes.
type execution struct {
	records  *store.Store
	opt      Options
	ui       Progress
	training context.Context
	cancel   context.CancelFunc
	outcomes chan outcome
	err      error // the first, which ends the plan

	jobs    map[string]*job // waiting and running, by id of the run
	created int
	running int

	done                int
	measured, predicted float64 // seconds of the finished runs
}

func (x *execution) get(id string) (spec.Result, bool) {
	r, ok := x.records.Get(id)
	return r.Result, ok
}

// add makes a chain wait for its next run, if it needs one.
func (x *execution) add(c *chain) {
	run, points, more := c.next(x.get)
	if !more {
		return
	}
	c.runs = c.left(points)
	c.cost = min(time.Duration(c.runs)*Predict(run), math.MaxInt64/1024)
	id := run.ID()
	if x.jobs[id] == nil {
		x.jobs[id] = &job{run: run, order: x.created}
		x.created++
	}
	x.jobs[id].chains = append(x.jobs[id].chains, c)
}

// loop trains until nothing is left, or the plan ends early and all trainings
// have returned.
func (x *execution) loop() {
	for {
		for x.running < x.opt.Workers && x.training.Err() == nil {
			j := x.longest()
			if j == nil {
				break
			}
			j.running = true
			x.running++
			go x.train(j.run)
		}
		if x.running == 0 {
			return
		}
		x.finish(<-x.outcomes)
	}
}

// longest is the waiting job of the longest chain; of equals, the first.
func (x *execution) longest() *job {
	var best *job
	for _, j := range x.jobs {
		switch {
		case j.running:
		case best == nil, j.cost() > best.cost(), j.cost() == best.cost() && j.order < best.order:
			best = j
		}
	}
	return best
}

// train runs in its own goroutine. It does not recover: a panic is a bug, to be
// seen with its stack.
func (x *execution) train(run spec.Run) {
	started := time.Now()
	r, err := x.opt.Train(x.training, run, func(c spec.Check) { x.ui.Check(run, c) })
	spent := time.Since(started)
	if x.opt.Earlier != nil {
		spent += x.opt.Earlier(run)
	}
	x.outcomes <- outcome{run.ID(), r, err, started, spent.Seconds()}
}

// finish records a training and lets its chains go on.
func (x *execution) finish(o outcome) {
	j := x.jobs[o.id]
	delete(x.jobs, o.id)
	x.running--
	if o.err == nil {
		o.err = x.record(j.run, o)
	}
	if o.err != nil {
		x.fail(j.run, o.err)
		return
	}
	if x.opt.Stored != nil {
		x.opt.Stored(j.run)
	}
	x.done++
	x.measured += o.seconds
	x.predicted += Predict(j.run).Seconds()
	for _, c := range j.chains {
		x.add(c)
	}
	x.ui.Finish(Finished{Run: j.run, Result: o.result, Seconds: o.seconds, Done: x.done, Expected: x.expected(), ETA: x.eta()})
}

func (x *execution) record(run spec.Run, o outcome) error {
	p := x.opt.Provenance
	p.Started, p.Seconds = o.started.UTC().Truncate(time.Millisecond), o.seconds
	return x.records.Append(store.NewRecord(run, o.result, p))
}

// fail ends the plan, unless the training only obeyed its context.
func (x *execution) fail(run spec.Run, err error) {
	if x.training.Err() != nil && errors.Is(err, x.training.Err()) {
		return
	}
	if x.err == nil {
		x.err = fmt.Errorf("sweep: run %s (%s): %w", run.ID(), Describe(run), err)
	}
	x.cancel()
}

// expected is the number of runs done and expected, those in the store before not
// counted.
func (x *execution) expected() int {
	n := x.done
	for _, j := range x.jobs {
		for _, c := range j.chains {
			n += c.runs
		}
	}
	return n
}

// eta is the time that the rest will take: predicted, scaled by how long finished
// runs took against their prediction, and no shorter than the longest chain.
func (x *execution) eta() time.Duration {
	total, longest := 0.0, 0.0
	for _, j := range x.jobs {
		for _, c := range j.chains {
			total += c.cost.Seconds()
			longest = max(longest, c.cost.Seconds())
		}
	}
	scale := 1.0
	if x.predicted > 0 {
		scale = x.measured / x.predicted
	}
	seconds := scale * max(total/float64(x.opt.Workers), longest)
	return time.Duration(min(seconds, 1e9) * float64(time.Second))
}
