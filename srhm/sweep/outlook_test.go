package sweep

import (
	"math"
	"path/filepath"
	"slices"
	"testing"

	"srhmbench/srhm"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/store"
)

func authorsRun(t *testing.T, task srhm.Task, kind string, width, p int) spec.Run {
	t.Helper()
	how, err := spec.Preset("authors")
	if err != nil {
		t.Fatal(err)
	}
	return spec.Run{Task: task.WithDefaults(), Network: spec.Network{Kind: kind, Width: width, Bias: true}, Protocol: how, P: p, Seed: 1}
}

// The steps predicted are those of the committed records, to a factor of 1.5 for most and of 3 for nearly all.
func TestPredictedSteps(t *testing.T) {
	st, err := store.OpenReadOnly(filepath.Join("..", "..", "results", "runs"))
	if err != nil {
		t.Fatal(err)
	}
	var ratios []float64
	for _, r := range st.Records() {
		if r.Result.Outcome == spec.Fitted || r.Result.Outcome == spec.Decided {
			d, err := zoo.Design(r.Run.Network, r.Run.Task)
			if err != nil {
				t.Fatal(err)
			}
			ratios = append(ratios, math.Abs(math.Log(steps(d, r.Run)/float64(r.Result.Steps))))
		}
	}
	slices.Sort(ratios)
	n := len(ratios)
	if n < 100 || ratios[2*n/3] > math.Log(1.5) || ratios[19*n/20] > math.Log(3) {
		t.Errorf("of %d records, two thirds within a factor of %.2f, 95 %% within %.2f", n, math.Exp(ratios[2*n/3]), math.Exp(ratios[19*n/20]))
	}
}

// What the store has is not to be done, and what two ask for is done once.
func TestOutlook(t *testing.T) {
	st, err := store.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	run := authorsRun(t, srhm.Task{V: 4}, spec.LCN, 16, 64)
	search := Search{Task: run.Task, Network: run.Network, Protocol: run.Protocol, Seed: 1}
	first, _ := search.Next(nil)
	plan := Plan{Searches: []Search{search}, Runs: []spec.Run{run, search.RunAt(first)}}

	before := plan.Outlook(st, 2)
	if before.Searches != 1 || before.Singles != 2 || before.Stored != 0 || before.Runs != search.left(nil)+1 || before.Core <= 0 {
		t.Errorf("before: %+v", before)
	}
	if one := plan.Outlook(st, 1); one.Memory >= before.Memory {
		t.Errorf("memory %v with one at a time, %v with two", one.Memory, before.Memory)
	}
	if err := st.Append(store.NewRecord(run, spec.Result{Outcome: spec.Fitted, TrainingSize: 64}, store.Provenance{})); err != nil {
		t.Fatal(err)
	}
	after := plan.Outlook(st, 2)
	if after.Stored != 1 || after.Runs != before.Runs-1 || after.Core >= before.Core || after.Memory >= before.Memory {
		t.Errorf("after: %+v, before %+v", after, before)
	}
}
