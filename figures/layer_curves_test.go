package figures

import (
	"strings"
	"testing"

	"srhmbench/figures/figuretest"
	"srhmbench/srhm/spec"
)

// A world with the published plateaus, whose drops collapse, is found to be so.
func TestLayersHold(t *testing.T) {
	for _, name := range []string{"12", "15"} {
		d := drawn(t, name, Quick, figuretest.ExactLaw)
		for _, c := range d.Claims {
			if strings.HasPrefix(c.Sentence, "all S_{k,l}") {
				continue // the invented world has one plateau for all s0
			}
			if c.Verdict != Holds {
				t.Errorf("figure %s: %s: %s, %s (%s)", name, c.Sentence, c.Ours, c.Verdict, c.Note)
			}
		}
	}
	if d := drawn(t, "12", Smoke, figuretest.ExactLaw); verdict(t, d, "S_{2,1} at large P").Verdict != Undecided {
		t.Error("the plateau of another task is compared")
	}
}

func TestLayersFail(t *testing.T) {
	for _, c := range []struct {
		figure, part string
		w            figuretest.Law
	}{
		{"12", "S_{k,l} falls for k > l", figuretest.Law{Prefactor: 1.7, Power: 1, Rigid: true}},
		{"12", "S_{k,l} stays for k ≤ l", figuretest.Law{Prefactor: 1.7, Power: 1, Loose: true}},
		{"15", "D_{k,l} stays for k < l", figuretest.Law{Prefactor: 1.7, Power: 1, Loose: true}},
		{"12", "S_{2,1} at large P", figuretest.Law{Prefactor: 1.7, Power: 1, Rigid: true}},
		{"12", "all S_{k,l} and D_{k,l}", figuretest.Law{Prefactor: 1.7, Power: 1, Rigid: true}},
		{"12", "the drops of S_{2,1}", figuretest.Law{Prefactor: 1.7, Power: 1, Extra: -0.8}},
		{"15", "the drops of D_{2,1}", figuretest.Law{Prefactor: 3, Power: 1, Extra: -0.8}},
	} {
		if got := verdict(t, drawn(t, c.figure, Quick, c.w), c.part); got.Verdict != Fails {
			t.Errorf("figure %s, %q: %s, %s (%s)", c.figure, c.part, got.Ours, got.Verdict, got.Note)
		}
	}
}

// Curves without their ends count for nothing, and are drawn as far as they go.
func TestLayersUnfinished(t *testing.T) {
	w := figuretest.ExactLaw
	w.Missing = func(r spec.Run) bool { return r.Task.S0 > 0 && r.P > 7000 }
	d := drawn(t, "12", Quick, w)
	if c := verdict(t, d, "D_{2,1} at large P"); c.Verdict != Undecided || !strings.Contains(c.Note, "are wanted") {
		t.Errorf("%s (%s)", c.Verdict, c.Note)
	}
	if notes := strings.Join(d.Page.Notes, "\n"); !strings.Contains(notes, "unfinished: ") {
		t.Errorf("notes:\n%s", notes)
	}
}
