package reproducible

import (
	"context"
	"io"
	"strings"
	"testing"

	"srhmbench/bench/checkout/repotest"
)

// source is a program that trains at once: it prints a record, or writes the claims of a figure.
const source = `package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const (
	weights = "abc"
	claim   = "1.00"
	unknown = "--nothing"
)

func main() {
	if os.Args[1] == "train" {
		if strings.Contains(strings.Join(os.Args, " "), unknown) {
			fmt.Fprintln(os.Stderr, "unknown flag")
			os.Exit(2)
		}
		hash := "same"
		if strings.Contains(strings.Join(os.Args, " "), "cnn") {
			hash = weights
		}
		fmt.Printf("{\"result\":{\"weights_hash\":%q,\"error\":0.5}}\n", hash)
		return
	}
	dir := filepath.Join(os.Args[len(os.Args)-1], "figures")
	if os.MkdirAll(dir, 0o777) != nil {
		os.Exit(1)
	}
	text := "[{\"figure\":\"4B\",\"sentence\":\"slope\",\"ours\":\"" + claim + "\",\"value\":1,\"verdict\":\"holds\"}]"
	if os.WriteFile(filepath.Join(dir, "x.claims.json"), []byte(text), 0o666) != nil {
		os.Exit(1)
	}
}
`

func newRepository(t *testing.T) string {
	t.Helper()
	return repotest.New(t, map[string]string{"go.mod": "module invented\n\ngo 1.26\n", "main.go": source})
}

func run(t *testing.T, root, base string) Report {
	t.Helper()
	r, err := Run(t.Context(), Plan{Root: root, Base: base, Dir: t.TempDir(), Log: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRun(t *testing.T) {
	for _, c := range []struct {
		name     string
		old, new string // what head changes
		verdict  Verdict
		reason   string
	}{
		{"a lost flag", `"--nothing"`, `"--probe"`, Void, "head: train: exit status 2: unknown flag"},
		{"nothing", "", "", Same, "identical programs"},
		{"no bit", `"no"`, ``, Same, "19 trainings"},
		{"weights", `"abc"`, `"abd"`, Other, "5 of 19 trainings; at smoke scale no claim moves"},
		{"a claim", `"abc"
	claim   = "1.00"`, `"abd"
	claim   = "1.01"`, Other, "5 of 19 trainings; at smoke scale 1 claims move, in figures 4B"},
		{"another field", `\"error\":0.5`, `\"error\":0.5,\"new\":1`, Same, "19 trainings"},
		{"a lost field", `\"error\":0.5`, `\"errors\":0.5`, Void, "head: train --net lcn"},
		{"no program", `package main`, `package`, Void, "head: go build"},
		{"a crash", `hash := "same"`, `hash := "same"; os.Exit(3)`, Void, "head: train: exit status 3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			root, text := newRepository(t), source
			if c.name == "no bit" {
				text = source + "\nfunc init() { if len(os.Args) < 1 { fmt.Println() } }\n"
			} else {
				text = strings.Replace(text, c.old, c.new, 1)
			}
			repotest.Write(t, root, "main.go", text)
			r := run(t, root, "HEAD")
			if r.Verdict != c.verdict || !strings.HasPrefix(r.Reason, c.reason) {
				t.Errorf("%s: %s, want %s: %s", r.Verdict, r.Reason, c.verdict, c.reason)
			}
			if list := repotest.Git(t, root, "worktree", "list"); strings.Contains(list, "\n") {
				t.Errorf("worktrees:\n%s", list)
			}
		})
	}
}

// What base does not know yet is named, and the rest compared.
func TestNewTrainings(t *testing.T) {
	for unknown, want := range map[string]Report{
		"--tied ": {Verdict: Same, Reason: "18 trainings"},
		"train":   {Verdict: Void, Reason: "base refuses every training: want one that both know"},
	} {
		root := newRepository(t)
		repotest.Commit(t, root, map[string]string{"main.go": strings.Replace(source, "--nothing", unknown, 1)})
		repotest.Write(t, root, "main.go", source)
		r := run(t, root, "HEAD")
		if r.Verdict != want.Verdict || r.Reason != want.Reason || r.Verdict == Same && len(r.New) != 1 {
			t.Errorf("%q: %s: %s, new %v", unknown, r.Verdict, r.Reason, r.New)
		}
	}
}

// Bits that differ are reported even if the figures cannot be made.
func TestFiguresFail(t *testing.T) {
	root := newRepository(t)
	repotest.Write(t, root, "main.go", strings.NewReplacer(`"abc"`, `"abd"`, `dir := `, `os.Exit(4); dir := `).Replace(source))
	r := run(t, root, "HEAD")
	if r.Verdict != Other || !strings.Contains(r.Reason, "claims could not be compared: head: reproduce: exit status 4") {
		t.Errorf("%s: %s", r.Verdict, r.Reason)
	}
}

func TestRefusals(t *testing.T) {
	root := newRepository(t)
	if r := run(t, root, "nowhere"); r.Verdict != Void || !strings.HasPrefix(r.Reason, `base "nowhere": want a commit`) {
		t.Errorf("%+v", r)
	}
	if _, err := Run(t.Context(), Plan{Root: root, Log: io.Discard}); err == nil {
		t.Error("no base is accepted")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Run(ctx, Plan{Root: root, Base: "HEAD", Dir: t.TempDir(), Log: io.Discard}); err != context.Canceled {
		t.Errorf("interrupted: %v", err)
	}
}
