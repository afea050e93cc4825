package train

import (
	"slices"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
)

func dataOf(t *testing.T, run spec.Run) *data {
	t.Helper()
	g, err := srhm.NewGrammar(run.Task)
	if err != nil {
		t.Fatal(err)
	}
	d, err := newData(g, run)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// No unseen datum is in the training set, however many fresh ones are.
func TestUnseenAreUnseen(t *testing.T) {
	for _, batching := range []string{spec.Fixed, spec.Shuffled} {
		run := small(func(r *spec.Run) { r.Task.S0, r.P, r.Protocol.Batching = 0, 160, batching })
		d := dataOf(t, run)
		index := srhm.NewIndex(d.training)
		for i := range d.unseen.Len() {
			if index.Contains(d.unseen, i) {
				t.Fatalf("%s: test datum %d is a training datum", batching, i)
			}
		}
		// 256 data exist; 160 draws hit about half of them.
		if d.fresh == nil || d.seen < 0.3 || d.seen > 0.6 {
			t.Errorf("%s: share of fresh data seen %v", batching, d.seen)
		}
	}
}

func TestEverythingSeen(t *testing.T) {
	d := dataOf(t, small(func(r *spec.Run) { r.Task.S0, r.P = 0, 6400 }))
	if d.seen != 1 || d.fresh != nil || d.unseen.Len() != 500 {
		t.Errorf("seen %v, fresh %v, %d test data", d.seen, d.fresh, d.unseen.Len())
	}
}

// An epoch meets every training datum once, in a new order.
func TestEpochsCoverTheData(t *testing.T) {
	for _, batching := range []string{spec.Fixed, spec.Shuffled} {
		run := small(func(r *spec.Run) { r.P, r.Protocol.Batching, r.Protocol.Batch = 100, batching, 3 })
		d := dataOf(t, run)
		n, err := zoo.New(run.Task, run.Network, run.Protocol.Encoding, 1, 1)
		if err != nil {
			t.Fatal(err)
		}
		b := newBatches(n, run, d.training)
		var before []int
		for range 3 {
			b.shuffle()
			total := 0
			for i := range b.count() {
				total += b.get(i).Len()
			}
			if total != d.training.Len() {
				t.Errorf("%s: %d data in an epoch of %d", batching, total, d.training.Len())
			}
			order := slices.Clone(b.now().of)
			if slices.Equal(order, before) {
				t.Errorf("%s: the same order twice", batching)
			}
			before = slices.Clone(order)
			slices.Sort(order)
			if !slices.Equal(order, identity(len(order))) {
				t.Errorf("%s: order %v", batching, order)
			}
		}
	}
}
