package train

import (
	"srhmbench/srhm"
	"srhmbench/srhm/net"
	"srhmbench/srhm/spec"
)

// data holds the examples that a run trains on and is judged by.
type data struct {
	training *srhm.Set
	unseen   *srhm.Set // not in the training set
	fresh    *srhm.Set // drawn without looking at the training set; nil if none is in it, and unseen is the same
	valid    *srhm.Set // validation set; nil unless the protocol chooses its epoch by it
	seen     float64   // share of fresh examples that are in the training set
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

// drawTest draws test examples as the authors do and, if some are in the training set, others that are not. Where nearly
// all examples are in the training set, only the former exist.
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

// testSet is a test set in batches.
type testSet struct {
	chunks []net.Batch
	size   int
}

func newTestSet(n net.Network, set *srhm.Set) *testSet {
	if set == nil {
		return nil
	}
	t, chunk := &testSet{size: set.Len()}, n.Design().Chunk()
	for lo := 0; lo < set.Len(); lo += chunk {
		t.chunks = append(t.chunks, n.NewBatch(set.Slice(lo, min(lo+chunk, set.Len()))))
	}
	return t
}

// measure returns the test error, and whether all examples are assigned to one class.
func (t *testSet) measure(n net.Trainer) (testError float64, constant bool) {
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
