package train

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// quarrelsome is a context that ends after it has been asked so many times: once a step.
type quarrelsome struct {
	context.Context
	left *int
}

func (q quarrelsome) Err() error {
	if *q.left--; *q.left < 0 {
		return context.Canceled
	}
	return nil
}

// interruptedRuns are of all kinds, and short.
func interruptedRuns() map[string]spec.Run {
	all := map[string]spec.Run{}
	for name, change := range map[string]func(*spec.Run){
		"lcn": nil,
		"cnn": func(r *spec.Run) { r.Network.Kind, r.Protocol.Encoding = spec.CNN, srhm.Zero },
		"fcn": func(r *spec.Run) { r.Network.Kind, r.Network.Width = spec.FCN, 16 },
		"probed": func(r *spec.Run) {
			r.Probe.Inputs, r.Probe.Times, r.Protocol.Checkpoint = 20, 3, spec.BestTest
		},
		"careful": func(r *spec.Run) {
			r.Protocol.Batching, r.Protocol.Checkpoint, r.Protocol.Batch = spec.Shuffled, spec.BestValidation, 12
		},
		"settings": func(r *spec.Run) {
			r.Network = spec.Network{Kind: spec.LCN, Width: 16, Bias: true, Init: spec.PyTorchInit, Layers: 1, Tied: "1"}
		},
		"vgg11": func(r *spec.Run) {
			r.Network = spec.Network{Kind: "vgg11", Width: 4, Bias: true}
			r.Protocol.LR, r.Probe.Inputs, r.Protocol.Checkpoint = 6.4e-3, 10, spec.BestTest
		},
		"efficientnetb0": func(r *spec.Run) { // has dropout
			r.Network, r.Protocol.LR = spec.Network{Kind: "efficientnetb0", Width: 4, Bias: true}, 6.4e-3
		},
		"diverges": func(r *spec.Run) { r.Protocol.LR = 1e15 },
	} {
		all[name] = small(func(r *spec.Run) {
			r.P, r.Protocol.MaxEpochs, r.Protocol.CheckEvery = 100, 9, 2
			if change != nil {
				change(r)
			}
		})
	}
	return all
}

// A training that is stopped again and again, in the midst of epochs and between them, ends with the
// result of one that never was, on whatever number of threads.
func TestResumed(t *testing.T) {
	for name, run := range interruptedRuns() {
		want := train(t, run)
		for _, steps := range []int{3, 5, 20} {
			file := filepath.Join(t.TempDir(), "x")
			var got spec.Result
			var err error
			log := warnings(func() {
				for parts := range 100 {
					left := steps
					if parts == 99 { // looks and probes ask the context too
						left = 1 << 30
					}
					got, err = Train(quarrelsome{t.Context(), &left}, run, Options{Threads: 1 + parts%2, Checkpoint: file, SaveEvery: time.Hour})
					if err == nil {
						return
					}
				}
			})
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s, %d steps at a time: %+v, want %+v (%v)", name, steps, got, want, err)
			}
			if n := strings.Count(log, "goes on from a checkpoint"); n != strings.Count(log, "\n") || n < (want.Steps-1)/(steps+1) {
				t.Errorf("%s, %d steps at a time: logged\n%s", name, steps, log)
			}
			if err := RemoveCheckpoint(file); err != nil {
				t.Error(err)
			}
			if left, _ := os.ReadDir(filepath.Dir(file)); len(left) > 0 {
				t.Errorf("%s: %v is left", name, left)
			}
		}
	}
}

// Saving now and then changes nothing in the result.
func TestSavingChangesNothing(t *testing.T) {
	run := interruptedRuns()["lcn"]
	want, file := train(t, run), filepath.Join(t.TempDir(), "x")
	got, err := Train(t.Context(), run, Options{Checkpoint: file, SaveEvery: time.Nanosecond})
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v (%v)", got, want, err)
	}
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(filepath.Dir(file)); len(left) != 1 {
		t.Errorf("%d files, want the checkpoint alone", len(left))
	}
}

// The time spent before a training was stopped is not forgotten, however often that was.
func TestTimeSpent(t *testing.T) {
	run, before := interruptedRuns()["lcn"], time.Duration(0)
	file := stopped(t, run, 3)
	for range 3 {
		left, told := 3, time.Duration(0)
		warnings(func() {
			_, err := Train(quarrelsome{t.Context(), &left}, run, Options{Checkpoint: file, SaveEvery: time.Hour, Resumed: func(d time.Duration) { told = d }})
			if !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		})
		if told <= before {
			t.Errorf("told of %v after %v", told, before)
		}
		before = told
	}
}

// stopped returns the file of a training that was stopped after so many steps.
func stopped(t testing.TB, run spec.Run, steps int) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "x")
	_, err := Train(quarrelsome{context.Background(), &steps}, run, Options{Checkpoint: file, SaveEvery: time.Hour})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v", err)
	}
	return file
}

// warnings returns what is logged meanwhile.
func warnings(f func()) string {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(before)
	f()
	return log.String()
}

// A checkpoint that is torn, changed in a bit, or another's is named in one line and left out.
func TestBadCheckpoint(t *testing.T) {
	run := interruptedRuns()["probed"]
	want := train(t, run)
	good, err := os.ReadFile(stopped(t, run, 33))
	if err != nil {
		t.Fatal(err)
	}
	other := run
	other.Seed++
	foreign, err := os.ReadFile(stopped(t, other, 33))
	if err != nil {
		t.Fatal(err)
	}
	bad := map[string][]byte{"torn: ": nil, "its checksum": good[:len(good)-1], "is of run": foreign}
	for i := 0; i < len(good); i += len(good) / 5 {
		flipped := bytes.Clone(good)
		flipped[i] ^= 1 << (i % 8)
		bad["its checksum is not "+strings.Repeat(" ", i)] = flipped
	}
	for complaint, data := range bad {
		file := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
		var got spec.Result
		log := warnings(func() { got, err = Train(t.Context(), run, Options{Checkpoint: file, SaveEvery: time.Hour}) })
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v (%v)", complaint, got, want, err)
		}
		if strings.Count(log, "\n") != 1 || !strings.Contains(log, strings.Trim(complaint, ": ")) || !strings.Contains(log, "starts anew") {
			t.Errorf("%s: logged %q", complaint, log)
		}
	}
}

// The warnings of a directory that cannot be written do not end a training.
func TestNoPlaceForCheckpoints(t *testing.T) {
	run := interruptedRuns()["lcn"]
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	log := warnings(func() {
		if _, err := Train(t.Context(), run, Options{Checkpoint: filepath.Join(file, "x"), SaveEvery: time.Millisecond}); err != nil {
			t.Error(err)
		}
	})
	if !strings.Contains(log, "no checkpoint") {
		t.Errorf("logged %q", log)
	}
}

// Whatever the bytes, with a right checksum or without: they are refused, or a training goes on from them
// without a panic.
func FuzzCheckpoint(f *testing.F) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	run := small(func(r *spec.Run) {
		r.P, r.Network.Width, r.Protocol.MaxEpochs, r.Protocol.CheckEvery, r.Protocol.TestSize, r.Probe.Inputs = 32, 16, 3, 1, 20, 2
	})
	for _, steps := range []int{0, 1, 4} {
		good, err := os.ReadFile(stopped(f, run, steps))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(good, false)
		f.Add(good[:len(good)-sha256.Size], true)
		f.Add(bytes.Replace(good[:len(good)-sha256.Size], []byte(`"stuck":0`), []byte(`"stuck":9`), 1), true)
	}
	tr, err := newTraining(run, Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte, seal bool) {
		if seal {
			sum := sha256.Sum256(data)
			data = append(bytes.Clone(data), sum[:]...)
		}
		c, err := tr.inspect(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		if err := tr.adopt(c); err != nil {
			t.Fatalf("inspected, but then %v", err)
		}
		if err := tr.loop(t.Context(), nil); err != nil || tr.result.Outcome == "" {
			t.Fatalf("%+v, %v", tr.result, err)
		}
	})
}
