package srhm

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"
)

func TestDefaults(t *testing.T) {
	got := Task{V: 6}.WithDefaults()
	want := Task{V: 6, NC: 6, M: 6, S: 2, S0: 0, L: 2, Sparsity: SparsityA, Grammar: "authors:1"}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	full := Task{V: 6, NC: 3, M: 2, S: 3, S0: 4, L: 1, Sparsity: SparsityB, Grammar: "random:5"}
	if full.WithDefaults() != full {
		t.Error("defaults changed what was set")
	}
	if m := (Task{V: 4, S: 3}).WithDefaults().M; m != 16 {
		t.Errorf("m = %d, want v^(s-1) = 16", m)
	}
}

func TestTaskJSON(t *testing.T) {
	task := Task{V: 6, NC: 3, M: 2, S: 3, S0: 4, L: 1, Sparsity: SparsityB, Grammar: "random:5"}
	b, err := json.Marshal(task)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"v":6,"nc":3,"m":2,"s":3,"s0":4,"l":1,"sparsity":"B","grammar":"random:5"}`
	if string(b) != want {
		t.Errorf("got %s, want %s", b, want)
	}
	var back Task
	if err := json.Unmarshal(b, &back); err != nil || back != task {
		t.Errorf("back: %+v, %v", back, err)
	}
}

func TestSizes(t *testing.T) {
	task := Task{V: 10, S0: 4, L: 3}.WithDefaults()
	if task.PatchCells() != 10 || task.Cells() != 1000 || task.Leaves() != 8 || task.Placements() != 25 {
		t.Errorf("A: patch %d, cells %d, leaves %d, placements %d", task.PatchCells(), task.Cells(), task.Leaves(), task.Placements())
	}
	b := Task{V: 4, S0: 1, Sparsity: SparsityB}.WithDefaults()
	if b.Placements() != 6 {
		t.Errorf("B, s = 2, s0 = 1: %d placements, the paper draws 6", b.Placements())
	}
	if n := (Task{V: 4, S0: math.MaxInt32 - 1, S: 25, Sparsity: SparsityB}).Placements(); n != math.MaxInt {
		t.Errorf("overflow not told: %d", n)
	}
}

func TestValidate(t *testing.T) {
	ok := Task{V: 4, NC: 4, M: 4, S: 2, S0: 1, L: 2, Sparsity: SparsityA, Grammar: "authors:1"}
	if err := ok.Validate(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		change func(*Task)
		says   string
	}{
		{func(t *Task) { t.V = 1 }, "v = 1"},
		{func(t *Task) { t.V = 65537 }, "v = 65537"},
		{func(t *Task) { t.V = -4 }, "v = -4"},
		{func(t *Task) { t.NC = 1 }, "nc = 1"},
		{func(t *Task) { t.NC = 5 }, "nc m up to v^s = 16"},
		{func(t *Task) { t.NC, t.M = 65536, 1<<25 }, "nc m up to"},
		{func(t *Task) { t.M = 0 }, "m = 0"},
		{func(t *Task) { t.NC, t.M = 2, 5 }, "m up to v^(s-1) = 4"},
		{func(t *Task) { t.S = 1 }, "s = 1"},
		{func(t *Task) { t.S = math.MaxInt }, "s = "},
		{func(t *Task) { t.S = 13 }, "v^s"},
		{func(t *Task) { t.S0 = -1 }, "s0 = -1"},
		{func(t *Task) { t.S0 = math.MaxInt }, "s0 = "},
		{func(t *Task) { t.S0 = 1 << 15 }, "less than 2^32"},
		{func(t *Task) { t.L = 0 }, "l = 0"},
		{func(t *Task) { t.L = 17 }, "l = 17"},
		{func(t *Task) { t.S, t.M, t.L = 3, 1, 11 }, "leaves"},
		{func(t *Task) { t.V, t.NC, t.M, t.S, t.S0, t.L = 2, 2, 1, 25, 1000, 1 }, "placements"},
		{func(t *Task) { t.V, t.M, t.L = 4096, 1, 3 }, "2^25"},
		{func(t *Task) { t.Sparsity = "a" }, `sparsity "a"`},
		{func(t *Task) { t.Sparsity = "" }, `sparsity ""`},
		{func(t *Task) { t.Grammar = "" }, `grammar ""`},
		{func(t *Task) { t.Grammar = "authors" }, "grammar"},
		{func(t *Task) { t.Grammar = "authors:-1" }, "grammar"},
		{func(t *Task) { t.Grammar = "authors:01" }, "grammar"},
		{func(t *Task) { t.Grammar = "authors:+1" }, "grammar"},
		{func(t *Task) { t.Grammar = "authors:1 " }, "grammar"},
		{func(t *Task) { t.Grammar = "authors:18446744073709551616" }, "grammar"},
		{func(t *Task) { t.Grammar = "Random:1" }, "grammar"},
	} {
		task := ok
		c.change(&task)
		err := task.Validate()
		if err == nil {
			t.Errorf("%+v: no error", task)
			continue
		}
		msg := err.Error()
		if !strings.Contains(msg, c.says) || !strings.Contains(msg, "allowed") || strings.Contains(msg, "\n") {
			t.Errorf("%+v: error %q; it should say %q, and what is allowed, in one line", task, msg, c.says)
		}
		if _, err := NewGrammar(task); err == nil {
			t.Errorf("%+v: NewGrammar gives no error", task)
		}
	}
}

// patterns lists, blanks included, all that a symbol can be rewritten to.
func patterns(g *Grammar, step int, x Symbol) []string {
	task := g.Task()
	if step == task.L {
		return []string{string(rune('a' + x))}
	}
	width := pow(task.PatchCells(), task.L-step-1)
	var all []string
	for rule := range task.M {
		children := g.Children(step, int(x), rule)
		for pos := range placements(task) {
			heads := []string{""}
			for c := range task.PatchCells() {
				tails := []string{strings.Repeat(".", width)}
				if j := strings.IndexByte(pos, byte(c)); j >= 0 {
					tails = patterns(g, step+1, children[j])
				}
				heads = product(heads, tails)
			}
			all = append(all, heads...)
		}
	}
	return all
}

func product(heads, tails []string) []string {
	var all []string
	for _, h := range heads {
		for _, t := range tails {
			all = append(all, h+t)
		}
	}
	return all
}

// dense writes a datum as patterns does.
func dense(task Task, set *Set, i int) string {
	b := []byte(strings.Repeat(".", task.Cells()))
	for k, c := range set.cells(i) {
		b[c] = byte('a' + set.symbols(i)[k])
	}
	return string(b)
}

// TestPMaxAndSupport compares with an enumeration that shares no code with the
// sampler: as many data as PMax says, and the sampler reaches each and no other,
// with its label.
func TestPMaxAndSupport(t *testing.T) {
	for _, task := range []Task{
		{V: 2, S0: 1},
		{V: 2, S0: 1, Sparsity: SparsityB},
		{V: 3, M: 2, NC: 4, S0: 1, L: 1},
		{V: 3, M: 2, NC: 4, S0: 0, Grammar: "random:3"},
		{V: 3, M: 2, NC: 2, S0: 2, L: 1, Sparsity: SparsityB},
		{V: 2, M: 1, S0: 0, L: 3},
		{V: 2, S: 3, M: 2, S0: 0},
		{V: 3, M: 1, NC: 2, S0: 1, Grammar: "authors:4"},
	} {
		task = task.WithDefaults()
		t.Run(fmt.Sprintf("%+v", task), func(t *testing.T) {
			g := grammarOf(t, task)
			label := make(map[string]int)
			for class := range task.NC {
				for _, p := range patterns(g, 0, Symbol(class)) {
					if _, twice := label[p]; twice {
						t.Fatal("a datum is derived twice")
					}
					label[p] = class
				}
			}
			if task.PMax().Cmp(big.NewInt(int64(len(label)))) != 0 {
				t.Fatalf("PMax = %v, enumerated %d", task.PMax(), len(label))
			}
			counts := make(map[string]int)
			set := Draw(g, 1, "test", 30*len(label))
			for i := range set.Len() {
				p := dense(task, set, i)
				if class, ok := label[p]; !ok || class != int(set.Labels[i]) {
					t.Fatalf("drew %s with label %d", p, set.Labels[i])
				}
				counts[p]++
			}
			var list []int
			for p := range label {
				list = append(list, counts[p])
			}
			checkUniform(t, "data", list)
			if n := NewIndex(set).Len(); n != len(counts) {
				t.Errorf("index of %d different data, drew %d", n, len(counts))
			}
		})
	}
}
