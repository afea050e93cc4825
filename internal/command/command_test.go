package command

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
	"srhmbench/srhm/train"
)

// invented is a program whose trainings take no time. It returns what was printed too.
func invented(t *testing.T, ctx context.Context, with trainer, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	dir := t.TempDir()
	out, err := os.Create(filepath.Join(dir, "stdout"))
	if err != nil {
		t.Fatal(err)
	}
	log, err := os.Create(filepath.Join(dir, "stderr"))
	if err != nil {
		t.Fatal(err)
	}
	p := &program{train: with, stdout: &output{w: out}, stderr: log}
	status = p.main(ctx, args)
	read := func(f *os.File) string {
		f.Close()
		b, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	return status, read(out), read(log)
}

// perfect is a training that learns at once.
func perfect(_ context.Context, run spec.Run, _ train.Options) (spec.Result, error) {
	return spec.Result{Outcome: spec.Fitted, TrainingSize: run.TrainingSize(), WeightsHash: "0"}, nil
}

func TestFailingTraining(t *testing.T) {
	out := t.TempDir()
	failing := func(ctx context.Context, run spec.Run, opt train.Options) (spec.Result, error) {
		if run.Seed == 3 {
			return spec.Result{}, errors.New("the oven is cold")
		}
		return perfect(ctx, run, opt)
	}
	status, stdout, stderr := invented(t, t.Context(), failing, "train", "--v", "4", "--P", "64", "--seeds", "5", "--out", out)
	if status != failed || !strings.Contains(stderr, "the oven is cold") || strings.Count(stdout, "\n") != 2 {
		t.Errorf("status %d, stdout %q, stderr %q", status, stdout, stderr)
	}
	if got := len(stored(t, out)); got != 2 {
		t.Errorf("%d records, want 2", got)
	}
}

func TestInterruptedPlans(t *testing.T) {
	grid := filepath.Join(t.TempDir(), "grid.toml")
	if err := os.WriteFile(grid, []byte("P = [16, 32, 48, 64]\ntask.v = 4\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"search", "--v", "4"}, {"sweep", grid}, {"reproduce", "--scale", "smoke", "--figures", "4a"}} {
		out := t.TempDir()
		ctx, cancel := context.WithCancel(t.Context())
		trained := 0
		patient := func(ctx context.Context, run spec.Run, opt train.Options) (spec.Result, error) {
			if trained++; trained == 3 {
				cancel()
				<-ctx.Done()
				return spec.Result{}, ctx.Err()
			}
			return perfect(ctx, run, opt)
		}
		status, stdout, stderr := invented(t, ctx, patient, append(args, "--out", out, "--threads", "1")...)
		if status != interrupted || stdout != "" || !strings.HasSuffix(stderr, "the same command goes on from there\n") {
			t.Errorf("%s: status %d, stdout %q, stderr %q", args[0], status, stdout, stderr)
		}
		if got := len(stored(t, out)); got != 2 {
			t.Errorf("%s: %d records, want 2", args[0], got)
		}
	}
}

func TestInterruptedWithoutTraining(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, args := range [][]string{{"cpu"}, {"figure", "--figures", "5", "--out", t.TempDir()}} {
		status, stdout, stderr := invented(t, ctx, perfect, args...)
		want := "srhmbench " + args[0] + ": interrupted\n"
		if status != interrupted || stdout != "" || !strings.HasSuffix(stderr, want) {
			t.Errorf("%s: status %d, stdout %q, stderr %q", args[0], status, stdout, stderr)
		}
	}
}

// Threads given to a search or sweep go to its parts first, the rest into the trainings; reproduce trains one
// run on each; train gives all to its one training.
func TestThreads(t *testing.T) {
	grid := filepath.Join(t.TempDir(), "grid.toml")
	if err := os.WriteFile(grid, []byte("P = [16, 32]\ntask.v = 4\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want int
	}{
		{[]string{"train", "--v", "4", "--P", "64", "--threads", "3"}, 3},
		{[]string{"search", "--v", "4", "--threads", "5", "--seeds", "2"}, 2},
		{[]string{"search", "--v", "4", "--threads", "2", "--seeds", "5"}, 1},
		{[]string{"sweep", grid, "--threads", "5"}, 2},
		{[]string{"reproduce", "--scale", "smoke", "--figures", "4a", "--threads", "4"}, 1},
	} {
		out := t.TempDir()
		got := make(chan int, 1000)
		ask := func(ctx context.Context, run spec.Run, opt train.Options) (spec.Result, error) {
			got <- opt.Threads
			return perfect(ctx, run, opt)
		}
		if status, _, stderr := invented(t, t.Context(), ask, append(c.args, "--out", out)...); status != done {
			t.Fatalf("%v: status %d, %s", c.args, status, stderr)
		}
		close(got)
		for n := range got {
			if n != c.want {
				t.Errorf("%v: %d threads for a training, want %d", c.args, n, c.want)
			}
		}
		for _, r := range stored(t, out) {
			if r.Provenance.Threads != c.want {
				t.Errorf("%v: the record says %d threads, want %d", c.args, r.Provenance.Threads, c.want)
			}
		}
	}
}

func TestSearchReport(t *testing.T) {
	searches := []sweep.Search{{Seed: 5}, {Seed: 6}}
	found := sweep.PStar{Status: sweep.Found, Value: 100, Low: 90, High: 110, Monotone: true, AuthorsP: 96,
		Points: []sweep.Point{{P: 90, ID: "a"}, {P: 110, ID: "b"}}}
	lost := sweep.PStar{Status: sweep.NotReached, Value: 7, Low: 640}

	one := newSearchReport(searches[:1], []sweep.PStar{found})
	if one.Status != sweep.Found || *one.PStar.Value != 100 || *one.PStar.Low != 90 || *one.PStar.High != 110 || one.AuthorsP != 96 || len(one.Runs) != 2 {
		t.Errorf("one seed: %+v", one)
	}
	none := newSearchReport(searches[:1], []sweep.PStar{lost})
	if none.Status != sweep.NotReached || none.PStar.Value != nil || *none.PStar.Low != 640 || none.PStar.High != nil {
		t.Errorf("not found: %+v", none)
	}
	both := newSearchReport(searches, []sweep.PStar{found, lost})
	if both.Status != mixed || both.Found != 1 || both.PStar.String() != "100 [90, 110]" || both.Seeds[1].Seed != 6 || both.AuthorsP != 0 || both.Runs[1].Seed != 5 {
		t.Errorf("both: %+v", both)
	}
	var text strings.Builder
	if err := both.write(&text); err != nil || !strings.Contains(text.String(), "seed=6  P* ? [640, ?]  not-reached  (a larger P fails again)\n") {
		t.Errorf("%v\n%s", err, &text)
	}
}

// Without flags of its own, train describes the run that Preset and WithDefaults describe.
func TestDefaultRun(t *testing.T) {
	var got spec.Run
	look := func(ctx context.Context, run spec.Run, opt train.Options) (spec.Result, error) {
		got = run
		return perfect(ctx, run, opt)
	}
	if status, _, stderr := invented(t, t.Context(), look, "train", "--v", "6", "--s0", "2", "--P", "240", "--out", t.TempDir()); status != done {
		t.Fatal(stderr)
	}
	protocol, err := spec.Preset("authors")
	if err != nil {
		t.Fatal(err)
	}
	want := spec.Run{
		Task:    srhm.Task{V: 6, S0: 2}.WithDefaults(),
		Network: spec.Network{Kind: spec.LCN, Width: 512, Bias: true}, Protocol: protocol, P: 240, Seed: 1,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
