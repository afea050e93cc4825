package train

import (
	"reflect"
	"strings"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/net"
	"srhmbench/srhm/spec"
)

func TestData(t *testing.T) {
	run := small(func(r *spec.Run) { r.Task.S0, r.P, r.Protocol.Checkpoint = 0, 160, spec.BestValidation })
	got, err := Data(run)
	if err != nil {
		t.Fatal(err)
	}
	d := dataOf(t, run)
	if !reflect.DeepEqual(got, Sets{d.training, d.unseen, d.fresh, d.valid, d.seen}) {
		t.Error("other data than those of a training")
	}
	index, hits := srhm.NewIndex(got.Training), 0
	for i := range got.Fresh.Len() {
		if index.Contains(got.Fresh, i) {
			hits++
		}
	}
	if hits == 0 || got.Validation.Len() != run.Protocol.TestSize {
		t.Errorf("%d fresh data are training data, %d validation data", hits, got.Validation.Len())
	}
	if got, err := Data(small(func(r *spec.Run) { r.Task.S0 = 4 })); err != nil || got.Fresh == nil || got.Validation != nil {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := Data(small(func(r *spec.Run) { r.P = 1 << 29 })); err == nil || !strings.Contains(err.Error(), "GiB of training data") {
		t.Errorf("error %v", err)
	}
}

// The network handed over has the error of the result, and asking for it changes nothing.
func TestNetworkThatCounts(t *testing.T) {
	for _, checkpoint := range []string{spec.BestTest, spec.BestValidation, spec.Last} {
		for _, inputs := range []int{0, 20} {
			run := small(func(r *spec.Run) {
				r.P, r.Protocol.Checkpoint, r.Probe.Inputs = 160, checkpoint, inputs
				r.Protocol.MaxEpochs, r.Protocol.CheckEvery = 100, 2 // the best check is not the last
			})
			want := train(t, run)
			var given net.Network
			got, err := Train(t.Context(), run, Options{Network: func(n net.Network) { given = n }})
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: %+v, without the network %+v (%v)", checkpoint, got, want, err)
			}
			if e, _ := newTestSet(given, dataOf(t, run).unseen).measure(given); e != want.Error {
				t.Errorf("%s, probe %d: the network's error is %v, the result's %v", checkpoint, inputs, e, want.Error)
			}
		}
	}
}
