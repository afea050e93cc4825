package train

import (
	"srhmbench/srhm"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
)

// Sets are the data that a run trains and is judged on.
type Sets struct {
	Training   *srhm.Set
	Unseen     *srhm.Set // test data that are not in the training set; Fresh where hardly any datum is not
	Fresh      *srhm.Set // test data as drawn; if none is in the training set, the same
	Validation *srhm.Set // nil unless the protocol chooses its epoch by it
	Seen       float64   // share of Fresh that is in the training set
}

// Data draws the sets of a run, datum for datum those of Train. The error is that of an invalid run, or that they
// would not fit in memory.
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
