package train

import (
	"srhmbench/srhm"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
)

// Sets are the examples that a run trains on and is judged by.
type Sets struct {
	Training   *srhm.Set
	Unseen     *srhm.Set // test examples outside the training set; the same as Fresh where nearly all are inside
	Fresh      *srhm.Set // test examples as drawn, as the authors measure; the same as Unseen if none is in the training set
	Validation *srhm.Set // nil unless the protocol chooses its epoch by it
	Seen       float64   // share of Fresh that is in the training set
}

// Data draws the sets of a run, the very examples that Train uses. It returns an error if the run is invalid or its
// training set too large.
func Data(run spec.Run) (Sets, error) {
	if err := zoo.Validate(run); err != nil {
		return Sets{}, err
	}
	if err := dataFits(run); err != nil {
		return Sets{}, err
	}
	g, err := srhm.NewGrammar(run.Task)
	if err != nil {
		return Sets{}, err
	}
	d, err := newData(g, run)
	if err != nil {
		return Sets{}, err
	}
	if d.fresh == nil {
		d.fresh = d.unseen
	}
	return Sets{d.training, d.unseen, d.fresh, d.valid, d.seen}, nil
}
