package figures

import (
	"slices"
	"srhmbench/figures/pstar"
	"strings"
	"testing"
)

func TestSelect(t *testing.T) {
	everything := strings.Join(Names(), " ")
	for list, want := range map[string]string{"": everything, "all": everything, "5, 4B,5": "4b 5", "4c": "4c", "10,2": "2 10", "4": "4a 4b 4c", "5,4,4b": "4a 4b 4c 5"} {
		figures, err := Select(list)
		var names []string
		for _, f := range figures {
			names = append(names, f.Name)
		}
		if err != nil || strings.Join(names, " ") != want {
			t.Errorf("Select(%q) = %v, %v; want %s", list, names, err, want)
		}
	}
	for _, list := range []string{"99", "4b,,5", "4d", "04", "a"} {
		if _, err := Select(list); err == nil || !strings.Contains(err.Error(), strings.Join(Names(), ", ")) {
			t.Errorf("Select(%q): %v", list, err)
		}
	}
	if _, err := ParseScale("huge"); err == nil || !strings.Contains(err.Error(), "smoke, quick, paper") {
		t.Errorf("ParseScale: %v", err)
	}
}

// The names are those of the paper, in its order, each once.
func TestNames(t *testing.T) {
	names := Names()
	files := make([]string, len(names))
	for i, f := range All() {
		files[i] = f.File() // zero-padded
	}
	if !slices.IsSorted(files) || len(slices.Compact(files)) != len(names) || len(names) < 16 {
		t.Errorf("figures %v", names)
	}
}

func TestFileNames(t *testing.T) {
	for name, want := range map[string]string{"4a": "fig04a", "5": "fig05", "14": "fig14", "2": "fig02"} {
		if got := (Figure{Name: name}).File(); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestPlansAreValid(t *testing.T) {
	for _, scale := range Scales {
		p := Plan(All(), scale)
		if err := p.Validate(); err != nil {
			t.Errorf("%s: %v", scale, err)
		}
		if len(p.Searches) == 0 || len(p.Runs) == 0 {
			t.Errorf("%s: %d searches, %d runs", scale, len(p.Searches), len(p.Runs))
		}
		for f := range panels {
			last := 0.0
			for _, s := range f.searches(scale) {
				if c := pstar.Prediction(s.Network.Kind, s.Task); c < last {
					t.Errorf("%s %v: a search at %v after one at %v", scale, f, c, last)
				} else {
					last = c
				}
			}
		}
	}
}

// At the scale of the paper every published task is looked for twice, by the error of unseen data and by that of
// fresh draws, on the authors' grid.
func TestPaperScale(t *testing.T) {
	for f := range panels {
		list := f.searches(Paper)
		if want := 2 * len(f.points()); len(list) != want || want == 0 {
			t.Errorf("%v: %d searches, want %d", f, len(list), want)
		}
		for _, s := range list {
			unknown := f == cnn3 && s.Task.V == 6 // their grid
			if len(s.Grid) == 0 && !unknown || s.Network.Width != 512 || s.Protocol.StopLoss != 1e-3 {
				t.Errorf("%v v=%d s0=%d L=%d: grid %d, width %d, stop loss %v", f, s.Task.V, s.Task.S0, s.Task.L, len(s.Grid), s.Network.Width, s.Protocol.StopLoss)
			}
		}
	}
	if runs := plan4A(Paper).Runs; len(runs) != 14 {
		t.Errorf("%d runs, want the 14 of the paper", len(runs))
	}
}
