package srhm

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/big"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// checkAll parses every datum and compares its label.
func (g *Grammar) checkAll(set *Set) error {
	for i := range set.Len() {
		class, err := g.Label(set, i)
		if err != nil {
			return err
		}
		if class != int(set.Labels[i]) {
			return fmt.Errorf("datum %d: label %d, parsed %d", i, set.Labels[i], class)
		}
	}
	return nil
}

func TestSamplesParse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		task := tasks().Draw(t, "task")
		g, err := NewGrammar(task)
		if err != nil {
			t.Fatal(err)
		}
		set := Draw(g, rapid.Uint64().Draw(t, "seed"), "test", 20)
		if err := g.checkAll(set); err != nil {
			t.Fatal(err)
		}
		for i := range set.Len() {
			cells := set.cells(i)
			for k, c := range cells {
				if int(c) >= task.Cells() || k > 0 && c <= cells[k-1] {
					t.Fatalf("cells %v of %d", cells, task.Cells())
				}
			}
		}
	})
}

// TestSampleStatistics checks the distribution of data against the model:
// uniform classes, and at every node a uniform pair of rule and placement.
func TestSampleStatistics(t *testing.T) {
	for _, task := range []Task{
		{V: 4, S0: 2, L: 2},
		{V: 4, NC: 3, M: 3, S0: 1, L: 3, Sparsity: SparsityB},
		{V: 3, S: 3, M: 2, S0: 1, L: 2, Sparsity: SparsityB, Grammar: "random:2"},
		{V: 3, S: 3, M: 9, S0: 2, L: 1},
	} {
		g := grammarOf(t, task)
		task = g.Task()
		number := placements(task)
		if len(number) != task.Placements() {
			t.Fatalf("%+v: %d placements, counted %d", task, task.Placements(), len(number))
		}
		set := Draw(g, 3, "test", 40000)
		classes := make([]int, task.NC)
		for _, c := range set.Labels {
			classes[c]++
		}
		checkUniform(t, "classes", classes)
		for level := 1; level <= task.L; level++ {
			for node := range pow(task.S, task.L-level) {
				rule, placement := g.nodeRule(t), g.nodePlacement(t)
				counts := make([]int, task.M*len(number))
				for i := range set.Len() {
					counts[rule(set, i, level, node)*len(number)+placement(set, i, level, node)]++
				}
				checkUniform(t, fmt.Sprintf("%+v: rule and placement of node %d of level %d", task, node, level), counts)
			}
		}
	}
}

// TestRelevantFraction checks that with sparsity A each cell carries a symbol
// with probability F.
func TestRelevantFraction(t *testing.T) {
	g := grammarOf(t, Task{V: 4, S0: 2})
	const n = 100000
	set := Draw(g, 1, "test", n)
	counts := make([]int, g.Task().Cells())
	for _, c := range set.Cells {
		counts[c]++
	}
	for c, k := range counts {
		checkChance(t, fmt.Sprint("cell ", c), k, n, g.Task().RelevantFraction())
	}
}

func TestDrawIsNested(t *testing.T) {
	g := grammarOf(t, Task{V: 6, S0: 1})
	if !reflect.DeepEqual(Draw(g, 5, "test", 30), Draw(g, 5, "test", 100).Slice(0, 30)) {
		t.Error("a small set is not the beginning of a large one")
	}
	for _, other := range []*Set{Draw(g, 6, "test", 30), Draw(g, 5, "tests", 30)} {
		if reflect.DeepEqual(Draw(g, 5, "test", 30), other) {
			t.Error("another seed or purpose, the same data")
		}
	}
}

func TestStreams(t *testing.T) {
	first := make(map[uint64]string)
	for _, s := range []struct {
		purpose string
		keys    []uint64
	}{
		{"", nil}, {"", []uint64{0}}, {"", []uint64{0, 0}}, {"", []uint64{1, 0}}, {"", []uint64{0, 1}},
		{"a", nil}, {"a\x00", nil}, {"aaaaaaaa", nil}, {"", []uint64{0x6161616161616161}},
	} {
		x := Stream(s.purpose, s.keys...).Uint64()
		name := fmt.Sprintf("%q %v", s.purpose, s.keys)
		if other, ok := first[x]; ok {
			t.Errorf("%s and %s are the same stream", name, other)
		}
		first[x] = name
		if Stream(s.purpose, s.keys...).Uint64() != x {
			t.Errorf("%s is not reproducible", name)
		}
	}
}

func fingerprint(sets ...*Set) string {
	h := sha256.New()
	for _, s := range sets {
		for _, part := range []any{s.Labels, s.Symbols, s.Cells} {
			if err := binary.Write(h, binary.LittleEndian, part); err != nil {
				panic(err)
			}
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}

// TestSameData pins all data of a task. If this fails, records made before are
// no longer reproducible: do not change the value without saying so.
func TestSameData(t *testing.T) {
	for _, c := range []struct {
		grammar  string
		sparsity Sparsity
		want     string
	}{
		{"authors:1", SparsityA, "b1e47c50318ee45e"},
		{"authors:1", SparsityB, "f6273f0c8621e912"},
		{"random:1", SparsityA, "0d3b2c356d3aae45"},
		{"random:1", SparsityB, "55558265942b9a21"},
	} {
		g := grammarOf(t, Task{V: 5, M: 4, NC: 6, S0: 2, L: 3, Sparsity: c.sparsity, Grammar: c.grammar})
		train, err := Batches(g, 7, 2, 3, 4)
		if err != nil {
			t.Fatal(err)
		}
		test, err := DrawUnseen(g, 7, "test", 50, NewIndex(train))
		if err != nil {
			t.Fatal(err)
		}
		var exchanged, displaced Set
		g.ExchangeSynonyms(&exchanged, test, 2, true, Stream("exchange", 7))
		g.Displace(&displaced, test, 2, true, Stream("displace", 7))
		if got := fingerprint(train, test, &exchanged, &displaced); got != c.want {
			t.Errorf("%s, sparsity %s: fingerprint %s, want %s", c.grammar, c.sparsity, got, c.want)
		}
	}
}

// TestMillionData checks that 10^6 data of d = 1000 and v = 10 fit in 200 MB, and
// that none is allocated on its own.
func TestMillionData(t *testing.T) {
	const n = 1_000_000
	g := grammarOf(t, Task{V: 10, S0: 4, L: 3})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	set := Draw(g, 1, "test", n)
	runtime.ReadMemStats(&after)
	if set.Bytes() != n*(2+6*8) || set.Bytes() > 200e6 {
		t.Errorf("%d bytes", set.Bytes())
	}
	if b := after.TotalAlloc - before.TotalAlloc; b > 200e6 || b > uint64(set.Bytes())+1e6 {
		t.Errorf("%d bytes allocated for a set of %d", b, set.Bytes())
	}
	if m := after.Mallocs - before.Mallocs; m > 1000 {
		t.Errorf("%d allocations for %d data", m, n)
	}
	if d := g.Task().Cells(); d != 1000 {
		t.Errorf("d = %d", d)
	}
}

func TestDrawUnseen(t *testing.T) {
	// The smallest of sets: 2 * 2^3 data, of which a few remain unseen.
	g := grammarOf(t, Task{V: 2})
	seen := Draw(g, 1, "seen", 20)
	ix := NewIndex(seen)
	left := int(g.Task().PMax().Int64()) - ix.Len()
	if left < 2 || left > 8 {
		t.Fatalf("%d data left: the test wants a few", left)
	}
	set, err := DrawUnseen(g, 1, "test", 5000, ix)
	if err != nil {
		t.Fatal(err)
	}
	if err := g.checkAll(set); err != nil {
		t.Error(err)
	}
	counts := make(map[string]int)
	for i := range set.Len() {
		if ix.Contains(set, i) {
			t.Fatal("a seen datum")
		}
		counts[dense(g.Task(), set, i)]++
	}
	if len(counts) != left {
		t.Errorf("%d different data, %d are unseen", len(counts), left)
	}
	var list []int
	for _, c := range counts {
		list = append(list, c)
	}
	checkUniform(t, "unseen data", list)
}

func TestDrawUnseenErrors(t *testing.T) {
	g := grammarOf(t, Task{V: 2})
	all := NewIndex(Draw(g, 1, "seen", 1000))
	if big.NewInt(int64(all.Len())).Cmp(g.Task().PMax()) != 0 {
		t.Fatal("the test wants all data seen")
	}
	if _, err := DrawUnseen(g, 1, "test", 1, all); err == nil || !strings.Contains(err.Error(), "0 of 1 unseen") {
		t.Errorf("all data seen: error %v", err)
	}
	if set, err := DrawUnseen(g, 1, "test", 0, all); err != nil || set.Len() != 0 {
		t.Errorf("nothing asked for: %v", err)
	}
	if _, err := DrawUnseen(g, 1, "test", -1, all); err == nil {
		t.Error("a negative number of data: no error")
	}
	none := NewIndex(&Set{})
	if set, err := DrawUnseen(g, 1, "test", 9, none); err != nil || !reflect.DeepEqual(set, Draw(g, 1, "test", 9)) {
		t.Errorf("nothing seen: not as Draw, %v", err)
	}
}

func BenchmarkDraw(b *testing.B) {
	g := grammarOf(b, Task{V: 10, S0: 4, L: 3})
	b.ReportAllocs()
	for b.Loop() {
		Draw(g, 1, "test", 10000)
	}
}
