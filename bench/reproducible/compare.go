package reproducible

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
)

// record holds the result of a record by the names of its fields, whatever they are at that commit.
type record struct {
	Result map[string]any `json:"result"`
}

func parseRecord(text []byte) (record, error) {
	var r record
	if err := json.Unmarshal(text, &r); err != nil {
		return r, fmt.Errorf("no record: %w", err)
	}
	if r.Result["weights_hash"] == nil || r.Result["error"] == nil {
		return r, errors.New("a record without error and weights_hash: want both")
	}
	return r, nil
}

// Training compares a training that both programs did. Pairs have the value of base first.
type Training struct {
	Flags   string   `json:"flags"`
	Weights [2]any   `json:"weights_hash"`
	Errors  [2]any   `json:"error"`
	Differ  []string `json:"differ,omitempty"` // fields of the result that are not equal
}

// compareTraining does a training with both programs. The error is of type refused if only base does not know the flags.
func compareTraining(ctx context.Context, base, head program, flags string) (Training, error) {
	h, err := head.train(ctx, flags)
	if err != nil {
		return Training{}, fmt.Errorf("%v", err) // not of type refused: head must know all
	}
	b, err := base.train(ctx, flags)
	if err != nil {
		return Training{}, err
	}
	return newTraining(flags, b, h), nil
}

// newTraining compares the fields that both results have: a field that only one commit writes changes no bit.
func newTraining(flags string, base, head record) Training {
	t := Training{
		Flags:   flags,
		Weights: [2]any{base.Result["weights_hash"], head.Result["weights_hash"]},
		Errors:  [2]any{base.Result["error"], head.Result["error"]},
	}
	for _, field := range slices.Sorted(maps.Keys(base.Result)) {
		if value, both := head.Result[field]; both && !reflect.DeepEqual(value, base.Result[field]) {
			t.Differ = append(t.Differ, field)
		}
	}
	return t
}

// claim is a claim of a figure, as *.claims.json has it.
type claim struct {
	Figure   string `json:"figure"`
	Sentence string `json:"sentence"`
	Ours     string `json:"ours"`
	Verdict  string `json:"verdict"`
}

// Moved is a claim whose verdict or number, in the digits shown, changed. Pairs have base first, and "none" for a commit
// that does not make the claim.
type Moved struct {
	Figure   string    `json:"figure"`
	Sentence string    `json:"sentence"`
	Ours     [2]string `json:"ours"`
	Verdicts [2]string `json:"verdicts"`
}

func compareClaims(ctx context.Context, base, head program) ([]Moved, error) {
	b, err := base.reproduce(ctx)
	if err != nil {
		return nil, err
	}
	h, err := head.reproduce(ctx)
	if err != nil {
		return nil, err
	}
	return moved(b, h), nil
}

func readClaims(dir string) ([]claim, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.claims.json"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("%s: no claims", filepath.Base(dir))
	}
	var all []claim
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var list []claim
		if err := json.Unmarshal(text, &list); err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Base(file), err)
		}
		all = append(all, list...)
	}
	return all, nil
}

// moved compares claims by figure and sentence, in the order of base.
func moved(base, head []claim) []Moved {
	find := func(list []claim, c claim) claim {
		for _, x := range list {
			if x.Figure == c.Figure && x.Sentence == c.Sentence {
				return x
			}
		}
		return claim{c.Figure, c.Sentence, "none", "none"}
	}
	var out []Moved
	note := func(b, h claim) {
		if b != h {
			out = append(out, Moved{b.Figure, b.Sentence, [2]string{b.Ours, h.Ours}, [2]string{b.Verdict, h.Verdict}})
		}
	}
	for _, b := range base {
		note(b, find(head, b))
	}
	for _, h := range head {
		if b := find(base, h); b.Verdict == "none" {
			note(b, h)
		}
	}
	return out
}
