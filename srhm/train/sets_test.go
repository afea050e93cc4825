package train

import (
	"reflect"
	"strings"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

func TestData(t *testing.T) {
	run := small(func(r *spec.Run) { r.Task.S0, r.P, r.Protocol.Checkpoint = 0, 160, spec.BestValidation })
	got, err := Data(run)
	if err != nil {
		t.Fatal(err)
	}
	d := dataOf(t, run)
	if !reflect.DeepEqual(got, Sets{d.training, d.unseen, d.fresh, d.valid}) {
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
