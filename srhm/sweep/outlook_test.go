package sweep

import (
	"testing"

	"srhmbench/results"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

func authorsRun(t *testing.T, task srhm.Task, kind string, width, p int) spec.Run {
	t.Helper()
	how, err := spec.Preset("authors")
	if err != nil {
		t.Fatal(err)
	}
	return spec.Run{Task: task.WithDefaults(), Network: spec.Network{Kind: kind, Width: width, Bias: true}, Protocol: how, P: p, Seed: 1}
}

// The estimate is within a factor of two of the peak resident memory that was measured.
func TestMemory(t *testing.T) {
	for _, c := range []struct {
		run spec.Run
		mib float64
	}{
		{authorsRun(t, srhm.Task{V: 4}, spec.LCN, 64, 64), 29},
		{authorsRun(t, srhm.Task{V: 10, S0: 2}, spec.LCN, 128, 8000), 53},
		{authorsRun(t, srhm.Task{V: 10, S0: 2}, spec.LCN, 512, 8000), 173},
		{authorsRun(t, srhm.Task{V: 4, S0: 1, L: 3}, spec.CNN, 128, 8000), 61},
		{authorsRun(t, srhm.Task{V: 4, S0: 1, L: 3}, spec.LCN, 512, 8000), 263},
		{authorsRun(t, srhm.Task{V: 10, S0: 2}, spec.LCN, 128, 100000), 96},
		{authorsRun(t, srhm.Task{V: 6, S0: 1}, spec.FCN, 128, 3000), 104},
	} {
		got := (Memory(c.run) + processBytes) / (1 << 20)
		if got < c.mib/2 || got > c.mib*2 {
			t.Errorf("%s: %.0f MiB, measured %.0f", Describe(c.run), got, c.mib)
		}
		t.Logf("%s: %.0f MiB, measured %.0f", Describe(c.run), got, c.mib)
	}
}

// What the store has is not to be done, and what two ask for is done once.
func TestOutlook(t *testing.T) {
	store, err := results.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	run := authorsRun(t, srhm.Task{V: 4}, spec.LCN, 16, 64)
	search := Search{Task: run.Task, Network: run.Network, Protocol: run.Protocol, Seed: 1}
	first, _ := search.Next(nil)
	plan := Plan{Searches: []Search{search}, Runs: []spec.Run{run, search.RunAt(first)}}

	before := plan.Outlook(store, 2)
	if before.Searches != 1 || before.Singles != 2 || before.Stored != 0 || before.Runs != search.left(nil)+1 || before.Core <= 0 {
		t.Errorf("before: %+v", before)
	}
	if one := plan.Outlook(store, 1); one.Memory >= before.Memory {
		t.Errorf("memory %v with one at a time, %v with two", one.Memory, before.Memory)
	}
	if err := store.Append(results.NewRecord(run, spec.Result{Outcome: spec.Fitted, TrainingSize: 64}, results.Provenance{})); err != nil {
		t.Fatal(err)
	}
	after := plan.Outlook(store, 2)
	if after.Stored != 1 || after.Runs != before.Runs-1 || after.Core >= before.Core || after.Memory >= before.Memory {
		t.Errorf("after: %+v, before %+v", after, before)
	}
}
