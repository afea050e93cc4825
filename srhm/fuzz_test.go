package srhm

import (
	"fmt"
	"math"
	"testing"
)

func FuzzGrammarName(f *testing.F) {
	for _, name := range []string{"authors:1", "random:18446744073709551615", "authors:", ":1", "random:01", "random:1:2", "authors:-0", ""} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		kind, seed, err := parseGrammar(name)
		if err == nil && (kind != "authors" && kind != "random" || fmt.Sprintf("%s:%d", kind, seed) != name) {
			t.Errorf("%q taken as %s, %d", name, kind, seed)
		}
	})
}

// FuzzValidate checks that whatever is valid works, and nothing panics.
func FuzzValidate(f *testing.F) {
	f.Add(4, 4, 4, 2, 1, 2, "A", "authors:1")
	f.Add(4, 0, 0, 0, 0, 0, "", "")
	f.Add(65536, 2, 1, 2, 1<<20, 16, "B", "random:1")
	f.Add(-1, -1, -1, -1, -1, -1, "C", "x")
	f.Add(2, 2, 1, 25, math.MaxInt, 1, "B", "random:0")
	f.Fuzz(func(t *testing.T, v, nc, m, s, s0, l int, sparsity, grammar string) {
		task := Task{v, nc, m, s, s0, l, Sparsity(sparsity), grammar}
		for _, task := range []Task{task, task.WithDefaults()} {
			if task.Validate() != nil || mul(task.L, pow(task.V, task.S)) > 1<<16 || task.Leaves() > 1<<8 {
				continue
			}
			g, err := NewGrammar(task)
			if err != nil {
				t.Fatal(err)
			}
			if err := g.checkAll(Draw(g, 1, "test", 2)); err != nil {
				t.Fatalf("%+v: %v", task, err)
			}
			if n := task.PMax(); n.Sign() <= 0 {
				t.Fatalf("%+v: PMax %v", task, n)
			}
		}
	})
}
