package train

import (
	"fmt"

	"srhmbench/srhm"
	"srhmbench/srhm/net"
	"srhmbench/srhm/probe"
	"srhmbench/srhm/spec"
)

// data is what a run trains and is judged on.
type data struct {
	training *srhm.Set
	unseen   *srhm.Set // not in the training set
	fresh    *srhm.Set // whatever it hits; nil if it hits no training datum and so is the unseen set
	valid    *srhm.Set // of the protocol that chooses its epoch by it
	seen     float64   // share of fresh data that are in the training set
}

func newData(g *srhm.Grammar, run spec.Run) (*data, error) {
	d := &data{}
	var err error
	if run.Protocol.Batching == spec.Fixed {
		d.training, err = srhm.Batches(g, run.Seed, run.Protocol.Batch, 0, run.TrainingSize()/run.BatchSize())
	} else {
		d.training = srhm.Draw(g, run.Seed, "train", run.P)
	}
	if err != nil {
		return nil, err
	}
	if run.Protocol.Checkpoint == spec.BestValidation {
		d.valid = srhm.Draw(g, run.Seed, "validation", run.Protocol.TestSize)
	}
	d.drawTest(g, run)
	return d, nil
}

// drawTest draws test data as the authors do, and if training data are among them, also some that are
// certainly new. Where hardly any datum is new, there is only the former.
func (d *data) drawTest(g *srhm.Grammar, run spec.Run) {
	index := srhm.NewIndex(d.training)
	d.fresh = srhm.Draw(g, run.Seed, "test", run.Protocol.TestSize)
	hits := 0
	for i := range d.fresh.Len() {
		if index.Contains(d.fresh, i) {
			hits++
		}
	}
	d.seen = float64(hits) / float64(d.fresh.Len())
	unseen, err := d.fresh, error(nil)
	if hits > 0 {
		unseen, err = srhm.DrawUnseen(g, run.Seed, "unseen", run.Protocol.TestSize, index)
	}
	if hits == 0 || err != nil {
		d.unseen, d.fresh = d.fresh, nil
		return
	}
	d.unseen = unseen
}

// maxBytes bounds data and batches.
const maxBytes = 8 << 30

// Fits says why a run is refused for its size, whatever memory there is.
func Fits(run spec.Run) error {
	if err := net.Fits(run.Task, run.Network); err != nil {
		return err
	}
	return fits(run)
}

// fits refuses runs whose data or mini-batches would not fit in memory.
func fits(run spec.Run) error {
	leaves, width := float64(run.Task.Leaves()), float64(run.Network.Width)
	if b := float64(run.TrainingSize()) * (2 + 6*leaves + 16); b > maxBytes {
		return fmt.Errorf("training-set size P = %d: %.1f GiB of training data, want at most %d GiB", run.P, b/(1<<30), maxBytes>>30)
	}
	data := float64(max(run.BatchSize(), min(chunk, run.Protocol.TestSize)))
	if run.Probe.Inputs > 0 {
		data = max(data, probe.MaxBatch)
	}
	if b := data * leaves * width * 4 * 6 / float64(run.Task.S); b > maxBytes {
		return fmt.Errorf("batches of %.0f data at width %d: %.1f GiB of activations, want at most %d GiB", data, run.Network.Width, b/(1<<30), maxBytes>>30)
	}
	return nil
}

// chunk is how many test data are evaluated at once: patches are shared within it.
const chunk = 8192

// testSet is a set arranged for a network.
type testSet struct {
	chunks []*net.Batch
	size   int
}

func newTestSet(n *net.Net, set *srhm.Set) *testSet {
	if set == nil {
		return nil
	}
	t := &testSet{size: set.Len()}
	for lo := 0; lo < set.Len(); lo += chunk {
		t.chunks = append(t.chunks, n.NewBatch(set.Slice(lo, min(lo+chunk, set.Len()))))
	}
	return t
}

// measure returns the test error, and whether every datum gets the same class.
func (t *testSet) measure(n *net.Net) (testError float64, constant bool) {
	wrong := 0
	var predicted []int
	for _, b := range t.chunks {
		s := n.Evaluate(b)
		wrong += s.Wrong
		if predicted == nil {
			predicted = make([]int, len(s.Predicted))
		}
		for c, k := range s.Predicted {
			predicted[c] += k
		}
	}
	for _, k := range predicted {
		constant = constant || k == t.size
	}
	return float64(wrong) / float64(t.size), constant
}
