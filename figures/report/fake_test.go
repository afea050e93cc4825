package report

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/plot/vg"

	"srhmbench/figures"
	"srhmbench/internal/plot"
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/store"
	"srhmbench/srhm/sweep"
)

// records is a store in memory.
type records map[string]store.Record

func (r records) Get(id string) (store.Record, bool) {
	x, ok := r[id]
	return x, ok
}

// run is one of many that differ in the seed.
func run(seed uint64) spec.Run {
	p, err := spec.Preset("authors")
	if err != nil {
		panic(err)
	}
	return spec.Run{
		Task:    srhm.Task{V: 4, S0: 1}.WithDefaults(),
		Network: spec.Network{Kind: spec.LCN, Width: 64, Bias: true}, Protocol: p, P: 160, Seed: seed,
	}
}

// trained are the records of runs with these seeds, made in different circumstances.
func trained(seeds ...uint64) records {
	out := records{}
	for _, s := range seeds {
		r := store.NewRecord(run(s), spec.Result{Outcome: spec.Fitted, Error: 0.1}, store.Provenance{
			Commit: fmt.Sprintf("commit%d", s), Dirty: s == 2, Go: "go1", Tier: "generic", Threads: int(s),
			Machine: fmt.Sprintf("machine %d", s), Seconds: 3600,
		})
		out[r.ID] = r
	}
	return out
}

// invented is a figure that asks for seeds 1 to 3, twice, and says what it is told to.
func invented(name string, claims ...figures.Claim) figures.Figure {
	return figures.Figure{
		Name: name, Title: "an invented figure",
		Plan: func(figures.Scale) sweep.Plan { return sweep.Plan{Runs: []spec.Run{run(1), run(2), run(3)}} },
		Draw: func(src figures.Source, _ figures.Scale) (figures.Drawing, error) {
			for _, seed := range []uint64{1, 2, 3, 1, 2, 3} {
				src.Get(run(seed).ID())
			}
			axis := plot.Axis{Label: "x", Min: 0, Max: 1}
			return figures.Drawing{
				Page: plot.Page{
					Width: 2 * vg.Inch, Height: 2 * vg.Inch, Title: "A picture", Description: "What it shows.",
					Panels: []plot.Panel{{X: axis, Y: axis}}, Notes: []string{"A note on $P$"},
				},
				Data:   figures.Table{Columns: []string{"a", "b"}, Rows: [][]string{{"1", "2,\"3\""}}},
				Claims: claims,
			}, nil
		},
	}
}

// theory is an invented figure that needs no training.
func theory(name string) figures.Figure {
	f := invented(name)
	f.Plan = func(figures.Scale) sweep.Plan { return sweep.Plan{} }
	draw := f.Draw
	f.Draw = func(_ figures.Source, s figures.Scale) (figures.Drawing, error) { return draw(ask(records{}), s) }
	return f
}

func claimOf(sentence string, v figures.Verdict) figures.Claim {
	return figures.Claim{
		Figure: "9Z", Sentence: sentence, Paper: "1.00", Ours: "2.00 [1.50, 2.50]", Bound: "0.9 to 1.1",
		Value: 2, Low: 1.5, High: math.NaN(), Verdict: v, Note: "note on " + sentence,
	}
}

// reported draws figures from records.
func reported(t *testing.T, from Records, list ...figures.Figure) Report {
	t.Helper()
	r := Report{Scale: figures.Smoke}
	for _, f := range list {
		e, err := Draw(f, from, r.Scale)
		if err != nil {
			t.Fatal(err)
		}
		r.Entries = append(r.Entries, e)
	}
	return r
}

// htmlOf and markdownOf are its two forms.
func htmlOf(t *testing.T, r Report) string {
	t.Helper()
	b, err := r.HTML()
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func markdownOf(t *testing.T, r Report) string {
	t.Helper()
	b, err := r.Markdown()
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
