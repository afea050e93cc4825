package reproducible

import (
	"slices"
	"strings"
	"testing"
)

func parsed(t *testing.T, text string) record {
	t.Helper()
	r, err := parseRecord([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestNewTraining(t *testing.T) {
	base := parsed(t, `{"result":{"weights_hash":"a","error":0.25,"checks":[{"loss":1}],"old":1}}`)
	for text, want := range map[string][]string{
		`{"result":{"weights_hash":"a","error":0.25,"checks":[{"loss":1}],"new":2}}`: nil,
		`{"result":{"weights_hash":"b","error":0.25,"checks":[{"loss":1}]}}`:         {"weights_hash"},
		`{"result":{"weights_hash":"b","error":0.5,"checks":[{"loss":1.0001}]}}`:     {"checks", "error", "weights_hash"},
	} {
		if got := newTraining("", base, parsed(t, text)); !slices.Equal(got.Differ, want) {
			t.Errorf("%s: %v, want %v", text, got.Differ, want)
		}
	}
	for _, text := range []string{"", "{}", `{"result":{"error":1}}`, `{"result":{"weights_hash":"a"}}`, `[]`} {
		if _, err := parseRecord([]byte(text)); err == nil {
			t.Errorf("%q is a record", text)
		}
	}
}

func TestMoved(t *testing.T) {
	same := claim{"5", "s", "1.00", "holds"}
	base := []claim{same, {"4B", "slope", "1.00", "holds"}, {"4B", "gone", "–", "undecided"}}
	head := []claim{same, {"7", "new", "2.00", "fails"}, {"4B", "slope", "1.00", "fails"}}
	got := moved(base, head)
	want := []Moved{
		{"4B", "slope", [2]string{"1.00", "1.00"}, [2]string{"holds", "fails"}},
		{"4B", "gone", [2]string{"–", "none"}, [2]string{"undecided", "none"}},
		{"7", "new", [2]string{"none", "2.00"}, [2]string{"none", "fails"}},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	r := Report{Claims: got, Trainings: []Training{{Flags: "--v 4", Weights: [2]any{"a", "b"}, Errors: [2]any{1, 1}, Differ: []string{"weights_hash"}}}}.conclude(nil)
	for format, parts := range map[string][]string{
		"text":     {"train --v 4: weights_hash differ; weights b, was a;", "figure 4B: slope: 1.00, was 1.00; FAILS, was holds\n", "verdict: other bits: 1 of 1 trainings; at smoke scale 3 claims move, in figures 4B, 7\n"},
		"markdown": {"### Figures: other bits\n", "\n- figure 7: new: 2.00, was none; FAILS, was none\n"},
		"json":     {`"verdict": "other bits"`, `"figure": "7"`},
	} {
		var b strings.Builder
		if err := r.Write(&b, format); err != nil {
			t.Fatal(err)
		}
		for _, part := range parts {
			if !strings.Contains(b.String(), part) {
				t.Errorf("%s lacks %q:\n%s", format, part, &b)
			}
		}
	}
	if r.Write(&strings.Builder{}, "xml") == nil {
		t.Error("xml is a format")
	}
}

// The statuses are those of the gate of speeds.
func TestExit(t *testing.T) {
	if Same.Exit() != 0 || Other.Exit() != 1 || Void.Exit() != 2 {
		t.Errorf("%d %d %d", Same.Exit(), Other.Exit(), Void.Exit())
	}
}

func FuzzParseRecord(f *testing.F) {
	f.Add(`{"result":{"weights_hash":"a","error":0.25}}`)
	f.Add(`{"result":null}`)
	f.Fuzz(func(t *testing.T, text string) {
		if r, err := parseRecord([]byte(text)); err == nil && len(newTraining("", r, r).Differ) != 0 {
			t.Errorf("%q differs from itself", text)
		}
	})
}
