package train

import (
	"context"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"srhmbench/kernels"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// small is a run of a fraction of a second.
func small(change func(*spec.Run)) spec.Run {
	p, err := spec.Preset("authors")
	if err != nil {
		panic(err)
	}
	p.TestSize, p.MaxEpochs, p.StopLoss = 500, 60, 1e-2
	run := spec.Run{
		Task:     srhm.Task{V: 4, S0: 1}.WithDefaults(),
		Network:  spec.Network{Kind: spec.LCN, Width: 32, Bias: true},
		Protocol: p, P: 320, Seed: 1,
	}
	if change != nil {
		change(&run)
	}
	return run
}

func train(t *testing.T, run spec.Run) spec.Result {
	t.Helper()
	r, err := Train(context.Background(), run, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestMoreDataLearn(t *testing.T) {
	for _, kind := range []string{spec.LCN, spec.CNN, spec.FCN} {
		few := train(t, small(func(r *spec.Run) { r.Network.Kind, r.P, r.Protocol.MaxEpochs = kind, 160, 800 }))
		many := train(t, small(func(r *spec.Run) { r.Network.Kind, r.P, r.Protocol.MaxEpochs = kind, 2400, 200 }))
		if few.Error < 0.25 || many.Error > 0.1 {
			t.Errorf("%s: error %.3f with 160 data, %.3f with 2400", kind, few.Error, many.Error)
		}
		if few.Outcome != spec.Fitted {
			t.Errorf("%s: %s, want 160 data fitted", kind, few.Outcome)
		}
	}
}

// Networks that are not the authors' learn as well.
func TestSettingsLearn(t *testing.T) {
	for _, n := range []spec.Network{
		{Kind: spec.CNN, Init: spec.PyTorchInit, Readout: spec.RootReadout}, {Kind: spec.LCN, Tied: "1"}, {Kind: spec.FCN, Layers: 3},
	} {
		r := train(t, small(func(r *spec.Run) {
			n.Width, n.Bias = 32, true
			r.Network, r.P, r.Protocol.MaxEpochs, r.Protocol.StopError = n, 2400, 400, 0.1
		}))
		if !r.Learned(0.1) {
			t.Errorf("%v: %s, error %.3f after %d epochs", n, r.Outcome, r.Error, r.Epochs)
		}
	}
}

func TestOutcomes(t *testing.T) {
	for want, change := range map[spec.Outcome]func(*spec.Run){
		spec.Fitted:    func(r *spec.Run) { r.Protocol.StopLoss = 1.3 },
		spec.Decided:   func(r *spec.Run) { r.P, r.Protocol.StopError = 2400, 0.3 },
		spec.Exhausted: func(r *spec.Run) { r.Protocol.MaxEpochs, r.Protocol.CheckEvery = 7, 3 },
		spec.Diverged:  func(r *spec.Run) { r.Protocol.LR = 1e15 },
		spec.Collapsed: func(r *spec.Run) { r.Protocol.LR, r.Protocol.MaxEpochs, r.Network.Bias = 30, 500, false },
	} {
		r := train(t, small(change))
		if r.Outcome != want {
			t.Errorf("outcome %s, want %s: loss %v error %v after %d epochs", r.Outcome, want, r.Loss, r.Error, r.Epochs)
		}
		for _, x := range []float64{r.Loss, r.Error, r.FreshError, r.LastError} {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Errorf("%s: a result of %v", want, x)
			}
		}
	}
}

func TestChecks(t *testing.T) {
	var told []spec.Check
	run := small(func(r *spec.Run) { r.Protocol.MaxEpochs, r.Protocol.CheckEvery, r.Protocol.StopLoss = 8, 3, 0 })
	r, err := Train(context.Background(), run, Options{Progress: func(c spec.Check) { told = append(told, c) }})
	if err != nil {
		t.Fatal(err)
	}
	var epochs []int
	for _, c := range r.Checks {
		epochs = append(epochs, c.Epoch)
	}
	if want := []int{3, 6, 8}; !reflect.DeepEqual(epochs, want) || !reflect.DeepEqual(told, r.Checks) {
		t.Errorf("checks after epochs %v, told of %d; want after %v", epochs, len(told), want)
	}
	if r.Steps != 8*320/16 || r.TrainingSize != 320 {
		t.Errorf("%d steps on %d data", r.Steps, r.TrainingSize)
	}
}

// The checkpoint decides which check counts.
func TestCheckpoints(t *testing.T) {
	checks := []spec.Check{
		{Error: 0.4, FreshError: 0.35, Validation: 0.3},
		{Error: 0.2, FreshError: 0.22, Validation: 0.25},
		{Error: 0.3, FreshError: 0.21, Validation: 0.2},
		{Error: 0.5, FreshError: 0.45, Validation: 0.2},
	}
	for checkpoint, want := range map[string][2]float64{
		spec.BestTest: {0.2, 0.21}, spec.BestValidation: {0.3, 0.21}, spec.Last: {0.5, 0.45},
	} {
		full, err := spec.Preset("authors")
		if err != nil {
			t.Fatal(err)
		}
		full.Checkpoint = checkpoint
		r := summary(checks, full)
		if at := checks[chosen(checks, full)].Error; at != want[0] {
			t.Errorf("%s: the check with error %v counts, want %v", checkpoint, at, want[0])
		}
		if r.Error != want[0] || r.FreshError != want[1] || r.LastError != 0.5 {
			t.Errorf("%s: %v, %v, last %v; want %v", checkpoint, r.Error, r.FreshError, r.LastError, want)
		}
	}
}

// Records do not depend on the kernels' tier, nor on threads.
func TestSameBits(t *testing.T) {
	for name, change := range map[string]func(*spec.Run){
		"lcn":    nil,
		"cnn":    func(r *spec.Run) { r.Network.Kind, r.Protocol.Encoding = spec.CNN, srhm.Zero },
		"fcn":    func(r *spec.Run) { r.Network.Kind, r.Network.Width = spec.FCN, 16 },
		"probed": func(r *spec.Run) { r.Probe.Inputs, r.Probe.Times = 20, 2 },
		"shallow": func(r *spec.Run) {
			r.Task.L, r.Network.Layers, r.Network.Tied, r.Network.Init = 3, 2, "1,2", spec.PyTorchInit
		},
		"tied": func(r *spec.Run) { r.Network.Kind, r.Network.Tied, r.Network.Init = spec.CNN, "2", spec.PatchInit },
		"deep": func(r *spec.Run) {
			r.Network = spec.Network{Kind: spec.FCN, Width: 8, Layers: 4, Readout: spec.RootReadout}
		},
		"careful": func(r *spec.Run) {
			r.Protocol.Batching, r.Protocol.Checkpoint, r.Protocol.Batch = spec.Shuffled, spec.BestValidation, 12
		},
	} {
		run := small(func(r *spec.Run) { r.P, r.Protocol.MaxEpochs, r.Protocol.CheckEvery = 100, 6, 2 })
		if change != nil {
			change(&run)
		}
		want := train(t, run)
		for _, tier := range kernels.Tiers() {
			undo, err := kernels.Force(tier)
			if err != nil {
				t.Logf("skip %v: %v", tier, err)
				continue
			}
			for _, threads := range []int{1, 2, 3} {
				got, err := Train(context.Background(), run, Options{Threads: threads})
				if err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("%s, %v, %d threads: %+v, want %+v (%v)", name, tier, threads, got, want, err)
				}
			}
			undo()
		}
	}
}

// A probe adds its numbers to a record and changes nothing else in it.
func TestProbeChangesNothingElse(t *testing.T) {
	for _, checkpoint := range []string{spec.BestTest, spec.BestValidation, spec.Last} {
		run := small(func(r *spec.Run) {
			r.P, r.Protocol.Checkpoint = 160, checkpoint
			r.Protocol.MaxEpochs, r.Protocol.CheckEvery = 100, 2 // the best check is not the last
		})
		want := train(t, run)
		run.Probe.Inputs = 30
		got := train(t, run)
		if s := got.Sensitivities; s == nil || s.Inputs != 30 || s.Epoch == 0 || s.Displacements == nil {
			t.Errorf("%s: sensitivities %+v", checkpoint, s)
		}
		got.Sensitivities = nil
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v with a probe, %+v without", checkpoint, got, want)
		}
	}
}

// What is measured is the network of the check that counts: that of a training which ends there.
func TestProbeAtTheCheckpoint(t *testing.T) {
	for _, checkpoint := range []string{spec.BestTest, spec.BestValidation, spec.Last} {
		run := small(func(r *spec.Run) {
			r.P, r.Protocol.Checkpoint, r.Probe.Inputs = 160, checkpoint, 30
			r.Protocol.MaxEpochs, r.Protocol.CheckEvery = 100, 2
		})
		long := train(t, run)
		at := long.Sensitivities.Epoch
		if checkpoint == spec.Last && at != long.Epochs || checkpoint != spec.Last && at == long.Epochs {
			t.Errorf("%s: measured at epoch %d of %d", checkpoint, at, long.Epochs)
		}
		run.Protocol.MaxEpochs = at
		if short := train(t, run); !reflect.DeepEqual(short.Sensitivities, long.Sensitivities) {
			t.Errorf("%s: at epoch %d %+v, when that is the end %+v", checkpoint, at, long.Sensitivities, short.Sensitivities)
		}
	}
}

// Without a network that counts there are no numbers.
func TestProbeOfNothing(t *testing.T) {
	r := train(t, small(func(r *spec.Run) { r.Protocol.LR, r.Probe.Inputs = 1e15, 20 }))
	if len(r.Checks) > 0 || r.Sensitivities != nil {
		t.Errorf("%d checks, sensitivities %+v", len(r.Checks), r.Sensitivities)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	run := small(func(r *spec.Run) { r.Protocol.MaxEpochs, r.Protocol.StopLoss = 1e6, 0 })
	_, err := Train(ctx, run, Options{Progress: func(spec.Check) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestRefusals(t *testing.T) {
	for want, change := range map[string]func(*spec.Run){
		"training-set size P":  func(r *spec.Run) { r.P = 0 },
		"GiB of training data": func(r *spec.Run) { r.P = 1 << 30 },
		"GiB of parameters":    func(r *spec.Run) { r.Network.Width = 1 << 16 },
		"different ones":       func(r *spec.Run) { r.Task = srhm.Task{V: 2, S0: 0, L: 1}.WithDefaults() },
		"width":                func(r *spec.Run) { r.Network.Width = 0 },
		"of 4096 examples": func(r *spec.Run) {
			r.Task = srhm.Task{V: 64, S0: 2}.WithDefaults()
			r.Network.Width, r.Protocol.TestSize, r.Probe.Inputs = 1<<16, 10, 2
		},
	} {
		_, err := Train(context.Background(), small(change), Options{})
		if err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("error %v, want one line with %q", err, want)
		} else if !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}
