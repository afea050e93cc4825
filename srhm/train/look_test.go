package train

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"srhmbench/srhm/spec"
)

// Looks at a training add their numbers to its record and change nothing else in it.
func TestLooksChangeNothingElse(t *testing.T) {
	for _, kind := range []string{spec.LCN, spec.CNN, spec.FCN} {
		run := small(func(r *spec.Run) { r.Network.Kind, r.P, r.Probe.Inputs = kind, 160, 20 })
		want := train(t, run)
		run.Probe.Times = 3
		got := train(t, run)
		var steps []int
		for _, m := range got.Trajectory {
			steps = append(steps, m.Step)
			if m.Synonyms == nil || m.Displacements == nil {
				t.Errorf("%s: nothing measured at step %d", kind, m.Step)
			}
		}
		if want := []int{0, 1, 2, 5, 10, 22, 46, 100, 215, 464, 600}; !slices.Equal(steps, want) {
			t.Errorf("%s: looks at %v, want %v", kind, steps, want)
		}
		got.Trajectory = nil
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v with looks, %+v without", kind, got, want)
		}
	}
}

// A look shows the network of that step: that of a training which ends there. At the end it shows what the
// probe shows.
func TestLooksShowTheMoment(t *testing.T) {
	run := small(func(r *spec.Run) {
		r.P, r.Protocol.Checkpoint, r.Protocol.CheckEvery = 160, spec.Last, 1
		r.Probe.Inputs, r.Probe.Times = 30, 1
	})
	look := train(t, run).Trajectory[3]
	run.Protocol.MaxEpochs = 10
	end := train(t, run)
	if look.Step != 100 || end.Steps != 100 || math.Abs(end.Error-look.Error) > 0.01 {
		t.Errorf("at step %d error %v, at the end at step %d %v", look.Step, look.Error, end.Steps, end.Error)
	}
	for k := range look.Displacements.UpTo {
		for l, got := range look.Displacements.UpTo[k] {
			// At the end of an epoch rows are brought up to date, with other roundings than during it.
			if e := end.Sensitivities.Displacements.UpTo[k][l]; math.Abs(got.Value-e.Value) > 1e-4 {
				t.Errorf("layer %d, level %d: %v, when that is the end %v", k+1, l+1, *got, *e)
			}
		}
	}
	run.Protocol.MaxEpochs = 9
	end = train(t, run)
	last, s := end.Trajectory[len(end.Trajectory)-1], end.Sensitivities
	if last.Step != 90 || last.Error != end.LastError || !reflect.DeepEqual(last.Synonyms, s.Synonyms) || !reflect.DeepEqual(last.Displacements, s.Displacements) {
		t.Errorf("at the end %+v, probed %+v", last, s)
	}
}

// A training that breaks down is looked at to its end.
func TestLooksAtNothing(t *testing.T) {
	r := train(t, small(func(r *spec.Run) { r.Protocol.LR, r.Probe.Inputs, r.Probe.Times = 1e15, 20, 1 }))
	if n := len(r.Trajectory); r.Outcome != spec.Diverged || r.Trajectory[n-1].Step != r.Steps || r.Trajectory[n-1].Error < 0.5 {
		t.Errorf("%s after %d steps: %+v", r.Outcome, r.Steps, r.Trajectory)
	}
}
