package srhm

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestBatches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		task := tasks().Draw(t, "task")
		g, err := NewGrammar(task)
		if err != nil {
			t.Fatal(err)
		}
		perClass := 4
		if most := task.perClassMax(); most.IsInt64() {
			perClass = int(min(4, most.Int64()))
		}
		seed := rapid.Uint64().Draw(t, "seed")
		all, err := Batches(g, seed, perClass, 0, 6)
		if err != nil {
			t.Fatal(err)
		}
		if err := g.checkAll(all); err != nil {
			t.Fatal(err)
		}
		size := perClass * task.NC
		if all.Len() != 6*size {
			t.Fatalf("%d data", all.Len())
		}
		for b := range 6 {
			batch := all.Slice(b*size, (b+1)*size)
			seen := make(map[string]bool)
			for i := range size {
				if int(batch.Labels[i]) != i/perClass {
					t.Fatalf("labels %v", batch.Labels)
				}
				seen[dense(task, batch, i)] = true
			}
			if len(seen) != size {
				t.Fatalf("batch %d has duplicates", b)
			}
		}
		cut := rapid.IntRange(0, 6).Draw(t, "cut")
		head, err1 := Batches(g, seed, perClass, 0, cut)
		tail, err2 := Batches(g, seed, perClass, cut, 6-cut)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		head.Append(tail)
		if !reflect.DeepEqual(head, all) {
			t.Fatal("batches depend on how many are asked for")
		}
	})
}

// TestWholeClass takes all data there are into one batch.
func TestWholeClass(t *testing.T) {
	g := grammarOf(t, Task{V: 3}) // 3^3 data a class
	set, err := Batches(g, 1, 27, 0, 2)
	if err != nil {
		t.Fatal(err)
	}
	if n := NewIndex(set).Len(); n != 81 {
		t.Errorf("%d different data, want all 81", n)
	}
	_, err = Batches(g, 1, 28, 0, 1)
	if err == nil || !strings.Contains(err.Error(), "only 27") {
		t.Errorf("28 data of a class that has 27: error %v", err)
	}
}

func TestBatchesErrors(t *testing.T) {
	g := grammarOf(t, Task{V: 4})
	for _, c := range [][3]int{{0, 0, 1}, {-1, 0, 1}, {1, -1, 1}, {1, 0, -1}} {
		if _, err := Batches(g, 1, c[0], c[1], c[2]); err == nil {
			t.Errorf("perClass, first, count = %v: no error", c)
		}
	}
}

func TestBatchesDiffer(t *testing.T) {
	g := grammarOf(t, Task{V: 6, S0: 2})
	a, err1 := Batches(g, 1, 4, 0, 1)
	b, err2 := Batches(g, 1, 4, 1, 1)
	c, err3 := Batches(g, 2, 4, 0, 1)
	if err1 != nil || err2 != nil || err3 != nil {
		t.Fatal(err1, err2, err3)
	}
	if reflect.DeepEqual(a, b) || reflect.DeepEqual(a, c) || reflect.DeepEqual(b, c) {
		t.Error("equal batches")
	}
}

func BenchmarkBatches(b *testing.B) {
	g := grammarOf(b, Task{V: 10, S0: 4, L: 3})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Batches(g, 1, 4, 0, 250); err != nil {
			b.Fatal(err)
		}
	}
}
