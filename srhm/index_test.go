package srhm

import "testing"

// TestIndexIsExact compares with a map of dense strings, on a task small enough
// for many repetitions, and on all that differs in one cell or one symbol only.
func TestIndexIsExact(t *testing.T) {
	g := grammarOf(t, Task{V: 3, S0: 1})
	task := g.Task()
	known := Draw(g, 1, "known", 20000)
	want := make(map[string]bool)
	for i := range known.Len() {
		want[dense(task, known, i)] = true
	}
	ix := NewIndex(known)
	if ix.Len() != len(want) {
		t.Fatalf("%d different data, want %d", ix.Len(), len(want))
	}
	asked := Draw(g, 1, "asked", 20000)
	hits := 0
	for i := range asked.Len() {
		in := want[dense(task, asked, i)]
		if ix.Contains(asked, i) != in {
			t.Fatalf("datum %d: Contains is wrong", i)
		}
		if in {
			hits++
		}
	}
	if hits == 0 || hits == asked.Len() {
		t.Fatalf("%d hits: nothing tested", hits)
	}
}

// TestIndexCollisions has one slot chain for everything.
func TestIndexCollisions(t *testing.T) {
	g := grammarOf(t, Task{V: 6, S0: 1})
	set := Draw(g, 1, "test", 8)
	ix := newIndex(set, 4)
	for i := range 7 {
		if !ix.insert(i) || ix.insert(i) {
			t.Fatal("insert")
		}
	}
	if ix.Contains(set, 7) || !ix.Contains(set, 6) || ix.Len() != 7 {
		t.Error("a full table confuses data")
	}
	ix.clear()
	if ix.Contains(set, 0) || ix.Len() != 0 {
		t.Error("not cleared")
	}
}

func TestIndexOutlivesAppend(t *testing.T) {
	g := grammarOf(t, Task{V: 6, S0: 1})
	set := Draw(g, 1, "test", 3)
	ix := NewIndex(set)
	set.Append(Draw(g, 2, "test", 100))
	if !ix.Contains(set, 2) || ix.Contains(set, 3) {
		t.Error("the index follows the set")
	}
	other := Draw(grammarOf(t, Task{V: 6, S0: 1, L: 3}), 1, "test", 1)
	if ix.Contains(other, 0) {
		t.Error("a datum of another task is found")
	}
}

func BenchmarkIndex(b *testing.B) {
	g := grammarOf(b, Task{V: 10, S0: 4, L: 3})
	set := Draw(g, 1, "test", 100000)
	b.ReportAllocs()
	for b.Loop() {
		NewIndex(set)
	}
}
