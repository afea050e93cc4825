package srhm

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	_ "srhmbench/internal/testseed"
)

// grammarOf returns the grammar of a task, whose unset fields are defaults.
func grammarOf(t testing.TB, task Task) *Grammar {
	t.Helper()
	g, err := NewGrammar(task.WithDefaults())
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// tasks generates small valid tasks, at and below the maximal m.
func tasks() *rapid.Generator[Task] {
	return rapid.Custom(func(t *rapid.T) Task {
		v := rapid.IntRange(2, 6).Draw(t, "v")
		s := rapid.IntRange(2, 3).Draw(t, "s")
		m := rapid.IntRange(1, pow(v, s-1)).Draw(t, "m")
		return Task{
			V: v, S: s, M: m,
			NC:       rapid.IntRange(2, min(9, pow(v, s)/m)).Draw(t, "nc"),
			S0:       rapid.IntRange(0, 3).Draw(t, "s0"),
			L:        rapid.IntRange(1, 3).Draw(t, "l"),
			Sparsity: rapid.SampledFrom([]Sparsity{SparsityA, SparsityB}).Draw(t, "sparsity"),
			Grammar:  rapid.SampledFrom([]string{"authors:1", "authors:99", "random:1"}).Draw(t, "grammar"),
		}
	})
}

// checkChance fails unless hits out of n agree with a probability, within 5
// standard deviations.
func checkChance(t testing.TB, what string, hits, n int, p float64) {
	t.Helper()
	sigma := math.Sqrt(float64(n) * p * (1 - p))
	if off := math.Abs(float64(hits) - float64(n)*p); off > 5*sigma {
		t.Errorf("%s: %d of %d, expected %.4g of them: off by %.3g, sigma is %.3g", what, hits, n, p, off, sigma)
	}
}

// checkUniform fails unless counts, which sum to n, agree with a uniform
// distribution over as many outcomes, within 5 standard deviations of chi-square.
func checkUniform(t testing.TB, what string, counts []int) {
	t.Helper()
	n := 0
	for _, c := range counts {
		n += c
	}
	mean := float64(n) / float64(len(counts))
	chi2 := 0.0
	for _, c := range counts {
		chi2 += (float64(c) - mean) * (float64(c) - mean) / mean
	}
	df := float64(len(counts) - 1)
	if math.Abs(chi2-df) > 5*math.Sqrt(2*df)+5 {
		t.Errorf("%s: chi-square %.1f for %v degrees of freedom", what, chi2, df)
	}
}

// place returns where the child of a level's node stands in its patch, read off
// the cell of any leaf below it.
func place(task Task, cell uint32, level int) int {
	for range level - 1 {
		cell /= uint32(task.PatchCells())
	}
	return int(cell) % task.PatchCells()
}

// placements numbers the placements of a task by the places of the children.
func placements(task Task) map[string]int {
	number := make(map[string]int)
	var extend func(pos []byte)
	extend = func(pos []byte) {
		j := len(pos)
		if j == task.S {
			number[string(pos)] = len(number)
			return
		}
		lo, hi := 0, task.PatchCells()
		if task.Sparsity == SparsityA {
			lo, hi = j*(task.S0+1), (j+1)*(task.S0+1)
		} else if j > 0 {
			lo = int(pos[j-1]) + 1
		}
		for at := lo; at < hi; at++ {
			extend(append(pos[:j:j], byte(at)))
		}
	}
	extend(nil)
	return number
}

// nodePlaces returns the places of the children of the k-th node of a level.
func nodePlaces(task Task, cells []uint32, level, k int) string {
	below := pow(task.S, level-1)
	pos := make([]byte, task.S)
	for j := range pos {
		pos[j] = byte(place(task, cells[(k*task.S+j)*below], level))
	}
	return string(pos)
}

// nodeState gives the rule number, or the number of the placement, of a node.
type nodeState func(set *Set, i, level, node int) int

func (g *Grammar) nodeRule(t testing.TB) nodeState {
	d := newDerivation(g)
	return func(set *Set, i, level, node int) int {
		if _, err := d.parse(set.symbols(i)); err != nil {
			t.Fatal(err)
		}
		return int(d.rules[g.task.L-level][node])
	}
}

func (g *Grammar) nodePlacement(t testing.TB) nodeState {
	number := placements(g.task)
	return func(set *Set, i, level, node int) int {
		pos, ok := number[nodePlaces(g.task, set.cells(i), level, node)]
		if !ok {
			t.Fatal("not a placement")
		}
		return pos
	}
}
