package figures

import (
	"slices"
	"strings"
	"testing"

	"srhmbench/figures/figuretest"
	"srhmbench/internal/plot"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// A world where sensitivities fall with the error is found to be so, at every scale that has enough tasks.
func TestThresholdsHolds(t *testing.T) {
	for _, c := range []struct {
		figure string
		scale  Scale
	}{{"6", Paper}, {"6", Quick}, {"11", Paper}, {"14", Paper}, {"14", Quick}, {"16", Paper}} {
		d := drawn(t, c.figure, c.scale, figuretest.ExactLaw)
		for _, part := range []string{"P*_S equals P*", "P*_S and P* are within", "S_2 and error are half-way", "P*_D equals P*", "P*_D and P* are within", "D_2 and error are half-way"} {
			if c.figure == "16" {
				part = strings.ReplaceAll(part, "_2", "_{out}")
			}
			want := Holds
			if strings.Contains(part, "are within") {
				want = Undecided // it takes 36 tasks, see TestShareTakesMany
			}
			if got := verdict(t, d, part); got.Verdict != want || got.Value > 1 || want == Undecided && got.Value < 1 {
				t.Errorf("%s %s: %s: %s, %s (%s)", c.figure, c.scale, got.Sentence, got.Ours, got.Verdict, got.Note)
			}
		}
	}
}

// Every claim can fail.
func TestThresholdsFails(t *testing.T) {
	early := figuretest.Law{Prefactor: 1.7, Power: 1, Lead: 4.5}
	for _, c := range []struct {
		figure, part string
		w            figuretest.Law
	}{
		{"6", "P*_S equals P*", early}, {"6", "P*_S and P* are within", early}, {"6", "S_2 and error are half-way", early},
		{"6", "P*_D equals P*", early}, {"6", "D_2 and error are half-way", early},
		{"14", "P*_D and P* are within", early},
		{"6", "the published P*_S come back", figuretest.Law{Prefactor: 0.8, Power: 1}},
		{"14", "the published P*_D come back", figuretest.Law{Prefactor: 0.6, Power: 1}},
	} {
		if got := verdict(t, drawn(t, c.figure, Quick, c.w), c.part); got.Verdict != Fails {
			t.Errorf("figure %s, %q: %s, %s (%s)", c.figure, c.part, got.Ours, got.Verdict, got.Note)
		}
	}
}

// The output of the fully connected networks falls where its second layer need not.
func TestSecondLayerOfFCN(t *testing.T) {
	w := figuretest.ExactLaw
	if c := verdict(t, drawn(t, "16", Quick, w), "S_2, of the second layer"); c.Verdict != Undecided || c.Value != 1 {
		t.Errorf("%s, %s (%s)", c.Ours, c.Verdict, c.Note)
	}
	w.Rigid = true
	d := drawn(t, "16", Quick, w)
	if c := verdict(t, d, "S_2, of the second layer"); c.Verdict != Fails || !strings.Contains(c.Note, "The smallest is 0.6") {
		t.Errorf("%s, %s (%s)", c.Ours, c.Verdict, c.Note)
	}
	if c := verdict(t, d, "P*_S equals P*"); c.Verdict != Fails {
		t.Errorf("an output that stays at 0.6: %s, %s", c.Ours, c.Verdict)
	}
}

// A threshold that is not crossed is drawn as a limit, said in the table, and not counted.
func TestThresholdsLimits(t *testing.T) {
	w := figuretest.ExactLaw
	w.Rigid = true // S_2 ends at 0.6
	tasks := thresholds6.parts[0].compare(w.Fill(thresholds6.plan(Quick)), Quick)
	for _, m := range tasks {
		k := m.marks(plot.Accent)
		if m.L == 2 && (m.at.Status != sweep.NotReached || len(k) != 1 || k[0].Bound != plot.Beyond || !k[0].Hollow || k[0].X != m.at.Low || k[0].High == 0) {
			t.Errorf("%v: %+v, drawn as %+v", m.Task, m.at, k)
		}
	}
	d := drawn(t, "6", Quick, w)
	limits := 0
	for _, row := range d.Data.Rows {
		if slices.Contains(row, "not-reached") {
			limits++
		}
	}
	if c := verdict(t, d, "P*_S equals P*"); limits != len(tasks) || c.Verdict != Fails || !strings.Contains(c.Note, "A threshold is not crossed in 12 of 12: 11 count") {
		t.Errorf("%d limits of %d; %s (%s)", limits, len(tasks), c.Verdict, c.Note)
	}
	// Neither crossed: two arrows in one place.
	w.Outcome = func(r spec.Run) (spec.Outcome, bool) { return spec.Exhausted, r.Task.V == 4 }
	for _, m := range thresholds6.parts[0].compare(w.Fill(thresholds6.plan(Quick)), Quick) {
		if k := m.marks(plot.Accent); m.V == 4 && m.L == 2 && (len(k) != 2 || k[0].Bound != plot.Beyond || k[1].Bound != plot.Above) {
			t.Errorf("%v: %+v", m.Task, k)
		}
	}
	// Below the smallest size.
	w = figuretest.ExactLaw
	w.Lead = 40
	for _, m := range thresholds6.parts[1].compare(w.Fill(thresholds6.plan(Quick)), Quick) {
		if k := m.marks(plot.Accent); m.at.Status != sweep.BelowSmallest || len(k) != 1 || k[0].Bound != plot.Before {
			t.Errorf("%v: %+v, %+v", m.Task, m.at, k)
		}
	}
}

// What is not there or broke down is named.
func TestThresholdsNotes(t *testing.T) {
	w := figuretest.ExactLaw
	w.Missing = func(r spec.Run) bool { return r.Task.V == 6 && r.Task.S0 == 1 }
	w.Outcome = func(r spec.Run) (spec.Outcome, bool) { return spec.Collapsed, r.Task.V == 4 && r.Task.S0 == 2 }
	notes := strings.Join(drawn(t, "6", Quick, w).Page.Notes, "\n")
	for _, want := range []string{"unfinished: 8 of 96 runs", "collapsed or diverged, not counted: 8 of 96", "not drawn, unfinished or broken down (2): $s$ 2 $v$ 4 $s_0$ 2 $L$ 2; $s$ 2 $v$ 6 $s_0$ 1 $L$ 2", "lacks the square"} {
		if !strings.Contains(notes, want) {
			t.Errorf("the notes do not say %q:\n%s", want, notes)
		}
	}
}

// The contradictions of the paper are said under the figures they touch.
func TestContradictionsAreSaid(t *testing.T) {
	for figure, want := range map[string]string{
		"6": "lacks the square", "11": "should be $P^*_D$", "12": "$P/[8(s_0+1)^L]$", "14": "The caption and the labels", "15": "which are all there are", "16": "that of $s_0=0$",
	} {
		if notes := strings.Join(drawn(t, figure, Quick, figuretest.ExactLaw).Page.Notes, "\n"); !strings.Contains(notes, want) {
			t.Errorf("figure %s does not say %q:\n%s", figure, want, notes)
		}
	}
}

// Panels, published points and ours are all in the table, each row as long as its columns.
func TestThresholdsTable(t *testing.T) {
	for _, name := range []string{"6", "11", "12", "14", "15", "16"} {
		d := drawn(t, name, Quick, figuretest.ExactLaw)
		series := map[string]int{}
		for _, row := range d.Data.Rows {
			if len(row) != len(d.Data.Columns) {
				t.Fatalf("figure %s: a row of %d, %d columns", name, len(row), len(d.Data.Columns))
			}
			series[row[slices.Index(d.Data.Columns, "series")]]++
		}
		if series["paper"] == 0 || series["ours"] == 0 {
			t.Errorf("figure %s: %v", name, series)
		}
	}
}
