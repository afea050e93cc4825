package srhm

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

func csvOf(t testing.TB, task Task) string {
	t.Helper()
	var b bytes.Buffer
	if err := grammarOf(t, task).WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// fixtures calls f with each file of a folder, and refuses an empty folder.
func fixtures(t *testing.T, folder string, f func(name, want string)) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("testdata", folder, "*.csv"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no files in testdata/%s (%v)", folder, err)
	}
	for _, name := range names {
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f(filepath.Base(name), string(want))
	}
}

// TestAuthorsRules compares with the rules of the authors' program, for every v
// and s of the paper; they do not depend on sparsity.
func TestAuthorsRules(t *testing.T) {
	fixtures(t, "grammars", func(name, want string) {
		task := Task{L: 4}
		if _, err := fmt.Sscanf(name, "v%d-s%d-seed1.csv", &task.V, &task.S); err != nil {
			t.Fatal(name, err)
		}
		if task.S == 3 {
			task.L = 3
		}
		if csvOf(t, task) != want {
			t.Errorf("%s: other rules", name)
		}
		task.S0, task.Sparsity = 2, SparsityB
		if csvOf(t, task) != want {
			t.Errorf("%s: rules depend on sparsity", name)
		}
	})
}

// TestPythonRules compares with rules made by CPython: m below its maximum,
// n_c != v, symbols without rules, seeds of 0 and beyond 32 bits.
func TestPythonRules(t *testing.T) {
	fixtures(t, "python", func(name, want string) {
		var task Task
		var seed uint64
		if _, err := fmt.Sscanf(name, "v%d-nc%d-m%d-s%d-l%d-seed%d.csv", &task.V, &task.NC, &task.M, &task.S, &task.L, &seed); err != nil {
			t.Fatal(name, err)
		}
		task.Grammar = fmt.Sprint("authors:", seed)
		if csvOf(t, task) != want {
			t.Errorf("%s: other rules", name)
		}
	})
}

// TestRules checks what every grammar promises: at each step all right-hand
// sides differ, are found by the inverse, and whatever is produced has rules.
func TestRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		task := tasks().Draw(t, "task")
		g, err := NewGrammar(task)
		if err != nil {
			t.Fatal(err)
		}
		needed := symbolsBelow(task.NC)
		for step := range task.L {
			seen := make(map[string]bool)
			var produced []Symbol
			for _, parent := range needed {
				for rule := range task.M {
					children := g.Children(step, int(parent), rule)
					if len(children) != task.S {
						t.Fatalf("step %d, parent %d, rule %d: children %v", step, parent, rule, children)
					}
					seen[fmt.Sprint(parent, rule, children)] = true
					p, k, err := g.ruleOf(step, children)
					if err != nil || p != parent || int(k) != rule {
						t.Fatalf("step %d: %v comes from %d by rule %d; the inverse says %d, %d, %v", step, children, parent, rule, p, k, err)
					}
					produced = append(produced, children...)
				}
			}
			needed = needed[:0]
			for x := range task.V {
				for _, y := range produced {
					if int(y) == x {
						needed = append(needed, y)
						break
					}
				}
			}
			if len(needed) == 0 {
				t.Fatal("nothing produced")
			}
		}
	})
}

// TestRandomRules checks that the first and the last tuple used are uniform, and
// that a random grammar gives rules to all symbols.
func TestRandomRules(t *testing.T) {
	task := Task{V: 3, M: 2, NC: 2, L: 2}
	var first, last [9]int
	for seed := range 5000 {
		task.Grammar = fmt.Sprint("random:", seed)
		g := grammarOf(t, task)
		first[g.code(g.Children(0, 0, 0))]++
		last[g.code(g.Children(1, 2, 1))]++
	}
	checkUniform(t, "first tuple", first[:])
	checkUniform(t, "last tuple", last[:])
}

func TestGrammarsDiffer(t *testing.T) {
	seen := make(map[string]string)
	for _, name := range []string{"authors:0", "authors:1", "authors:4294967297", "random:0", "random:1", "random:4294967297"} {
		csv := csvOf(t, Task{V: 8, Grammar: name})
		if other, ok := seen[csv]; ok {
			t.Errorf("%s and %s have the same rules", name, other)
		}
		seen[csv] = name
	}
}

func TestSymbolWithoutRules(t *testing.T) {
	g := grammarOf(t, Task{V: 6, NC: 2, M: 1, L: 4, Grammar: "authors:5"})
	if got := g.Children(1, 0, 0); got != nil {
		t.Errorf("symbol 0 is not produced at step 0, yet has children %v", got)
	}
	if set := Draw(g, 1, "test", 100); g.checkAll(set) != nil {
		t.Error(g.checkAll(set))
	}
}

// TestConcurrentUse is for the race detector.
func TestConcurrentUse(t *testing.T) {
	g := grammarOf(t, Task{V: 6, S0: 1})
	ix := NewIndex(Draw(g, 1, "test", 100))
	var wg sync.WaitGroup
	for k := range 4 {
		wg.Go(func() {
			set := Draw(g, uint64(k), "test", 100)
			if err := g.checkAll(set); err != nil {
				t.Error(err)
			}
			if ix.Contains(set, 0) != (k == 1) {
				t.Error("index")
			}
			g.ExchangeSynonyms(set, set, 2, true, Stream("test", uint64(k)))
		})
	}
	wg.Wait()
}
