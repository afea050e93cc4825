package sweep

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"srhmbench/srhm/spec"
	"srhmbench/srhm/store"
)

// panicEnv makes the test binary, started again, panic inside a training.
const panicEnv = "SRHM_SWEEP_TEST_PANIC"

func TestMain(m *testing.M) {
	if dir := os.Getenv(panicEnv); dir != "" {
		st, err := store.Open(dir)
		if err != nil {
			panic(err)
		}
		Execute(context.Background(), aPlan(), st, Options{Train: func(context.Context, spec.Run, func(spec.Check)) (spec.Result, error) {
			panic("boom in a training")
		}}, nil)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// trainer is a fake: it obeys its context, never trains one run twice, and counts.
type trainer struct {
	mu      sync.Mutex
	curve   curve
	pause   time.Duration
	trained []spec.Run // in the order of start
	now     int        // trainings going on
	most    int
	twice   string // id of a run trained twice
	fail    func(spec.Run) error
}

func (f *trainer) train(ctx context.Context, run spec.Run, progress func(spec.Check)) (spec.Result, error) {
	f.mu.Lock()
	for _, r := range f.trained {
		if r.ID() == run.ID() {
			f.twice = run.ID()
		}
	}
	f.trained = append(f.trained, run)
	f.now++
	f.most = max(f.most, f.now)
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		f.now--
		f.mu.Unlock()
	}()
	progress(spec.Check{Epoch: 10})
	if f.fail != nil {
		if err := f.fail(run); err != nil {
			return spec.Result{}, err
		}
	}
	select {
	case <-ctx.Done():
		return spec.Result{}, ctx.Err()
	case <-time.After(f.pause):
	}
	r := f.curve(run.TrainingSize())
	r.TrainingSize = run.TrainingSize()
	return r, nil
}

// aPlan has two searches that share runs, one that shares none, and two single runs, of
// which one is the first run of a search.
func aPlan() Plan {
	a, b, c := aSearch(), aSearch(), aSearch()
	b.Ratio, c.Seed = 1.05, 2
	first, _ := a.Next(nil)
	return Plan{Searches: []Search{a, b, c, a}, Runs: []spec.Run{a.RunAt(first), a.RunAt(32)}}
}

func open(t *testing.T, dir string) *store.Store {
	t.Helper()
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func getFrom(s *store.Store) getter {
	return func(id string) (spec.Result, bool) { r, ok := s.Get(id); return r.Result, ok }
}

// complete fails unless the store has all the plan needs.
func complete(t *testing.T, p Plan, st *store.Store) {
	t.Helper()
	for _, s := range p.Searches {
		points, _, done := s.Replay(getFrom(st))
		if e := s.Estimate(points, nil); !done || e.Status != Found {
			t.Errorf("search not found: %+v", e)
		}
	}
	for _, r := range p.Runs {
		if _, ok := st.Get(r.ID()); !ok {
			t.Errorf("run %s is missing", Describe(r))
		}
	}
}

func ids(records []store.Record) []string {
	var list []string
	for _, r := range records {
		list = append(list, r.ID)
	}
	slices.Sort(list)
	return list
}

func TestExecute(t *testing.T) {
	for _, workers := range []int{1, 2, 8} {
		st := open(t, t.TempDir())
		s := aSearch()
		f := &trainer{curve: powerLaw(0.9, 1.7*s.start(), 7), pause: time.Millisecond}
		opt := Options{Workers: workers, Train: f.train, Provenance: store.Provenance{Commit: "c", Threads: 2},
			Earlier: func(spec.Run) time.Duration { return time.Hour }}
		if err := Execute(context.Background(), aPlan(), st, opt, nil); err != nil {
			t.Fatal(err)
		}
		complete(t, aPlan(), st)
		if f.twice != "" || len(f.trained) != len(st.Records()) {
			t.Errorf("%d workers: %s trained twice; %d trainings, %d records", workers, f.twice, len(f.trained), len(st.Records()))
		}
		if f.most > workers || workers == 2 && f.most != 2 {
			t.Errorf("%d workers: %d at a time", workers, f.most)
		}
		p := st.Records()[0].Provenance
		if p.Commit != "c" || p.Threads != 2 || p.Seconds < 3600.001 || p.Seconds > 3660 || time.Since(p.Started) > time.Hour {
			t.Errorf("provenance %+v", p)
		}
		before := len(f.trained)
		if err := Execute(context.Background(), aPlan(), st, opt, nil); err != nil || len(f.trained) != before {
			t.Errorf("a second time: %v, %d more trainings", err, len(f.trained)-before)
		}
		st.Close()
	}
}

func TestExecuteResumesAfterCancel(t *testing.T) {
	curve := powerLaw(0.9, 1.7*aSearch().start(), 7)
	whole := open(t, t.TempDir())
	defer whole.Close()
	if err := Execute(context.Background(), aPlan(), whole, Options{Train: (&trainer{curve: curve}).train}, nil); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for n := 1; ; n++ {
		st := open(t, dir)
		before := len(st.Records())
		ctx, cancel := context.WithCancel(context.Background())
		f := &trainer{curve: curve, pause: time.Millisecond}
		err := Execute(ctx, aPlan(), st, Options{Workers: 2, Train: f.train}, &cancelAfter{left: 3, cancel: cancel})
		cancel()
		if f.now != 0 || f.twice != "" {
			t.Fatalf("%d trainings still go on, %q trained twice", f.now, f.twice)
		}
		added := len(st.Records()) - before
		if err == nil {
			complete(t, aPlan(), st)
			if got, want := ids(st.Records()), ids(whole.Records()); !slices.Equal(got, want) || n < 3 {
				t.Errorf("in %d parts: %v, want %v", n, got, want)
			}
			st.Close()
			return
		}
		if !errors.Is(err, context.Canceled) || added < 3 || added > 4 {
			t.Fatalf("part %d: %v, %d records more", n, err, added)
		}
		st.Close()
	}
}

// cancelAfter ends the context after some finished runs.
type cancelAfter struct {
	silent
	left   int
	cancel func()
}

func (c *cancelAfter) Finish(Finished) {
	if c.left--; c.left == 0 {
		c.cancel()
	}
}

func TestExecuteCancelsRunningTrainings(t *testing.T) {
	st := open(t, t.TempDir())
	defer st.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	f := &trainer{curve: powerLaw(0.9, 1, 7), pause: time.Hour}
	err := Execute(ctx, aPlan(), st, Options{Workers: 2, Train: f.train}, nil)
	if err != context.DeadlineExceeded || len(st.Records()) != 0 || len(f.trained) != 2 {
		t.Errorf("%v, %d records, %d trainings", err, len(st.Records()), len(f.trained))
	}
}

func TestExecuteEndsWithTheFirstError(t *testing.T) {
	st := open(t, t.TempDir())
	defer st.Close()
	plan := aPlan()
	bad := plan.Runs[1]
	f := &trainer{curve: powerLaw(0.9, 1.7*aSearch().start(), 7)}
	f.fail = func(r spec.Run) error {
		if r.ID() == bad.ID() {
			return errors.New("out of memory")
		}
		return nil
	}
	err := Execute(context.Background(), plan, st, Options{Workers: 1, Train: f.train}, nil)
	if err == nil || !strings.Contains(err.Error(), bad.ID()) || !strings.Contains(err.Error(), "out of memory") || !strings.Contains(err.Error(), "P=32") {
		t.Fatalf("%v", err)
	}
	if n := len(st.Records()); n != len(f.trained)-1 || n == 0 {
		t.Errorf("%d records of %d trainings", n, len(f.trained))
	}
	f.fail, f.trained = nil, nil
	if err := Execute(context.Background(), plan, st, Options{Workers: 1, Train: f.train}, nil); err != nil {
		t.Fatal(err)
	}
	complete(t, plan, st)
}

// The others are cancelled: they do not run for hours in a plan that failed.
func TestExecuteCancelsOthersOnError(t *testing.T) {
	st := open(t, t.TempDir())
	defer st.Close()
	f := &trainer{curve: powerLaw(0.9, 1, 7), pause: time.Hour}
	f.fail = func(r spec.Run) error {
		if r.Seed != 2 {
			return nil
		}
		return errors.New("broken")
	}
	err := Execute(context.Background(), aPlan(), st, Options{Workers: 8, Train: f.train}, nil)
	if err == nil || errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "broken") {
		t.Errorf("%v", err)
	}
}

func TestExecuteReportsAFullStore(t *testing.T) {
	st := open(t, t.TempDir())
	st.Close()
	f := &trainer{curve: powerLaw(0.9, 1, 7)}
	if err := Execute(context.Background(), aPlan(), st, Options{Workers: 1, Train: f.train}, nil); err == nil || len(f.trained) != 1 {
		t.Errorf("%v after %d trainings", err, len(f.trained))
	}
}

func TestExecuteRefusesBadPlans(t *testing.T) {
	st := open(t, t.TempDir())
	defer st.Close()
	s := aSearch()
	s.Task.S = 1
	f := &trainer{}
	for _, p := range []Plan{{Searches: []Search{aSearch(), s}}, {Runs: []spec.Run{s.RunAt(10)}}} {
		if err := Execute(context.Background(), p, st, Options{Train: f.train}, nil); err == nil || len(f.trained) > 0 {
			t.Errorf("%v, %d trainings", err, len(f.trained))
		}
	}
}

func TestLongestChainFirst(t *testing.T) {
	st := open(t, t.TempDir())
	defer st.Close()
	s := aSearch()
	var plan Plan
	for _, p := range []int{320, 64000, 3200, 640} {
		plan.Runs = append(plan.Runs, s.RunAt(p))
	}
	s.Network.Width = 256 // a chain of several long runs
	plan.Searches = []Search{s}
	f := &trainer{curve: powerLaw(0.9, s.start(), 7)}
	if err := Execute(context.Background(), plan, st, Options{Workers: 1, Train: f.train}, nil); err != nil {
		t.Fatal(err)
	}
	var got []int
	for _, r := range f.trained {
		if r.Network.Width == 64 {
			got = append(got, r.P)
		}
	}
	if f.trained[0].Network.Width != 256 || !slices.Equal(got, []int{64000, 3200, 640, 320}) {
		t.Errorf("order of P: %v, first %s", got, Describe(f.trained[0]))
	}
}

func TestPanicIsNotSwallowed(t *testing.T) {
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), panicEnv+"="+t.TempDir())
	out, err := c.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 2 || !bytes.Contains(out, []byte("boom in a training")) {
		t.Errorf("%v\n%s", err, out)
	}
}

// recorder keeps what it is told.
type recorder struct {
	expected int
	finished []Finished
	ended    bool
	mu       sync.Mutex
	checks   int
}

func (r *recorder) Begin(expected int, _ time.Duration) { r.expected = expected }
func (r *recorder) Finish(f Finished)                   { r.finished = append(r.finished, f) }
func (r *recorder) End()                                { r.ended = true }
func (r *recorder) Check(spec.Run, spec.Check) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.checks++
}

func TestProgress(t *testing.T) {
	st := open(t, t.TempDir())
	defer st.Close()
	f := &trainer{curve: powerLaw(0.9, 1.7*aSearch().start(), 7), pause: 2 * time.Millisecond}
	r := &recorder{}
	if err := Execute(context.Background(), aPlan(), st, Options{Workers: 1, Train: f.train}, r); err != nil {
		t.Fatal(err)
	}
	n := len(f.trained)
	if len(r.finished) != n || r.checks != n || !r.ended || r.expected < 4 {
		t.Fatalf("%d trainings: %+v", n, r)
	}
	for i, x := range r.finished {
		if x.Done != i+1 || x.Expected < x.Done || x.Seconds < 0.002 {
			t.Errorf("%+v", x)
		}
	}
	if last := r.finished[n-1]; last.Expected != n || last.ETA != 0 {
		t.Errorf("last: %+v", last)
	}
	// Scaled by the measured times: seconds at most, where the prediction says minutes.
	if eta := r.finished[0].ETA; eta <= 0 || eta > 5*time.Second {
		t.Errorf("first ETA %v", eta)
	}
}

func TestLines(t *testing.T) {
	var out bytes.Buffer
	f := Finished{Run: aSearch().RunAt(7240), Result: learned(0.0971), Seconds: 12.34, Done: 3, Expected: 9, ETA: 61 * time.Second}
	l := &lines{&out}
	l.Begin(9, time.Minute)
	l.Check(f.Run, spec.Check{})
	l.Finish(f)
	l.End()
	want := "about 9 runs to train, ETA 1m0s\n3/9  lcn h=64 v=8 s=2 s0=1 L=2 A authors:1 seed=1 P=7264  error 0.0971  fitted  12.3 s  ETA 1m1s\n"
	if out.String() != want {
		t.Errorf("%q\nwant %q", out.String(), want)
	}
}

func TestBar(t *testing.T) {
	var out bytes.Buffer
	b := &bar{line: &statusLine{w: &out, columns: func() int { return 100 }}}
	run := aSearch().RunAt(7240)
	b.Begin(2, time.Minute)
	b.Check(run, spec.Check{Epoch: 30, Error: 0.5})
	b.Finish(Finished{Run: run, Result: learned(0.0971), Done: 2, Expected: 5})
	b.Finish(Finished{Run: run, Result: learned(0.0971), Done: 5, Expected: 5})
	b.End()
	for _, want := range []string{"0/2", "5/5", "P=7264 fitted error 0.097", "ETA 1m0s"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in %q", want, out.String())
		}
	}
}

func TestMerge(t *testing.T) {
	a := aPlan()
	m := a.Merge(a)
	if len(m.Searches) != 3 || len(m.Runs) != 2 {
		t.Errorf("%d searches, %d runs", len(m.Searches), len(m.Runs))
	}
	same, other := aSearch(), aSearch()
	same.Epsilon, other.Epsilon = DefaultEpsilon, 0.2 // a default spelled out is the same
	if m = a.Merge(Plan{Searches: []Search{same, other}}); len(m.Searches) != 4 {
		t.Errorf("%d searches", len(m.Searches))
	}
}

func TestPredict(t *testing.T) {
	s := aSearch()
	base := Predict(s.RunAt(7240))
	change := func(what string, f func(*Search), p int, lo, hi float64) {
		c := aSearch()
		f(&c)
		if r := Predict(c.RunAt(p)).Seconds() / base.Seconds(); r < lo || r > hi {
			t.Errorf("%s: %.2f times longer, want %v to %v", what, r, lo, hi)
		}
	}
	change("4 P", func(*Search) {}, 4*7240, 1.9, 4)
	change("width 512", func(s *Search) { s.Network.Width = 512 }, 7240, 16, 64)
	change("stop at 1e-2", func(s *Search) { s.Protocol.StopLoss = 1e-2 }, 7240, 0.2, 0.3)
	change("cnn", func(s *Search) { s.Network.Kind = spec.CNN }, 7240, 0.5, 1)
	change("fcn", func(s *Search) { s.Network.Kind = spec.FCN }, 7240, 2, 30)
	change("L = 3", func(s *Search) { s.Task = s.Task.WithDefaults(); s.Task.L = 3 }, 7240, 3, 30)
	// A prototype took 0.8 to 1.1 ms a step at width 512 and 160 to 970 epochs at L = 2.
	s.Network.Width = 512
	if got := Predict(s.RunAt(7240)); got < 20*time.Second || got > 10*time.Minute {
		t.Errorf("width 512: %v", got)
	}
	s.Protocol.StopLoss, s.Protocol.MaxEpochs, s.Network.Width = 0, 1e7, 1<<16
	if got := Predict(s.RunAt(spec.MaxP)); got <= 0 {
		t.Errorf("overflow: %v", got)
	}
}

func ExampleDescribe() {
	fmt.Println(Describe(aSearch().RunAt(7240)))
	// Output: lcn h=64 v=8 s=2 s0=1 L=2 A authors:1 seed=1 P=7264
}
