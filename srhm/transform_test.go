package srhm

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

type transform func(dst, src *Set, level int, upTo bool, r *rand.Rand)

// TestTransformsKeepLabels checks, at every level of any task, that transformed
// data are data of the grammar with the same label, that exchange keeps cells and
// displacement keeps symbols, and that working in place makes no difference.
func TestTransformsKeepLabels(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		task := tasks().Draw(t, "task")
		g, err := NewGrammar(task)
		if err != nil {
			t.Fatal(err)
		}
		level := rapid.IntRange(1, task.L).Draw(t, "level")
		upTo := rapid.Bool().Draw(t, "upTo")
		src := Draw(g, 1, "test", 20)
		check := func(f transform) *Set {
			dst := &Set{Leaves: 1, Labels: make([]uint16, 3), Symbols: make([]Symbol, 500)}
			f(dst, src, level, upTo, Stream("transform"))
			if err := g.checkAll(dst); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(dst.Labels, src.Labels) || !reflect.DeepEqual(src, Draw(g, 1, "test", 20)) {
				t.Fatal("labels or the source changed")
			}
			inPlace := Draw(g, 1, "test", 20)
			f(inPlace, inPlace, level, upTo, Stream("transform"))
			if !reflect.DeepEqual(inPlace, dst) {
				t.Fatal("in place it does something else")
			}
			return dst
		}
		if dst := check(g.ExchangeSynonyms); !reflect.DeepEqual(dst.Cells, src.Cells) {
			t.Fatal("exchange moved cells")
		}
		if dst := check(g.Displace); !reflect.DeepEqual(dst.Symbols, src.Symbols) {
			t.Fatal("displacement changed symbols")
		}
	})
}

// TestTransformsAreUniform checks node by node: at the levels asked for, the new
// rule or placement is uniform and independent of the old one (so the identity
// has probability 1/m, or 1/placements), and at all others it is the old one.
func TestTransformsAreUniform(t *testing.T) {
	for _, task := range []Task{
		{V: 4, S0: 1, L: 3},
		{V: 4, NC: 5, M: 3, S0: 1, L: 3, Sparsity: SparsityB, Grammar: "random:9"},
		{V: 3, S: 3, M: 2, S0: 1, L: 2, Sparsity: SparsityB},
	} {
		g := grammarOf(t, task)
		src := Draw(g, 1, "test", 4000)
		for level := 1; level <= g.Task().L; level++ {
			for _, upTo := range []bool{false, true} {
				g.checkTransform(t, "exchange", g.ExchangeSynonyms, g.nodeRule(t), g.Task().M, src, level, upTo)
				g.checkTransform(t, "displacement", g.Displace, g.nodePlacement(t), g.Task().Placements(), src, level, upTo)
			}
		}
	}
}

func (g *Grammar) checkTransform(t *testing.T, name string, f transform, state nodeState, states int, src *Set, level int, upTo bool) {
	var dst Set
	f(&dst, src, level, upTo, Stream(name, uint64(level)))
	for l := 1; l <= g.task.L; l++ {
		redrawn := l == level || upTo && l < level
		what := fmt.Sprintf("%+v: %s at level %d (up to: %v), nodes of level %d", g.task, name, level, upTo, l)
		pairs := make([]int, states*states)
		same, nodes := 0, 0
		for i := range src.Len() {
			for node := range pow(g.task.S, g.task.L-l) {
				was, is := state(src, i, l, node), state(&dst, i, l, node)
				pairs[was*states+is]++
				if was == is {
					same++
				}
				nodes++
			}
		}
		if redrawn {
			checkUniform(t, what, pairs)
			checkChance(t, what+", identity", same, nodes, 1/float64(states))
		} else if same != nodes {
			t.Errorf("%s: %d of %d changed", what, nodes-same, nodes)
		}
	}
}

func TestLevelOutOfRange(t *testing.T) {
	g := grammarOf(t, Task{V: 4})
	set := Draw(g, 1, "test", 1)
	for _, level := range []int{-1, 0, 3} {
		for _, f := range []transform{g.ExchangeSynonyms, g.Displace} {
			func() {
				defer func() {
					if s, _ := recover().(string); !strings.Contains(s, "level") {
						t.Errorf("level %d: panic %q", level, s)
					}
				}()
				f(set, set, level, true, Stream("test"))
			}()
		}
	}
}

// TestLabelRefuses spoils a datum in every way a file can be spoilt.
func TestLabelRefuses(t *testing.T) {
	for _, sparsity := range []Sparsity{SparsityA, SparsityB} {
		g := grammarOf(t, Task{V: 4, NC: 4, M: 2, S0: 1, Sparsity: sparsity, Grammar: "random:1"})
		d := uint32(g.Task().Cells())
		for name, spoil := range map[string]func(*Set){
			"symbol beyond v":  func(s *Set) { s.Symbols[0] = 4 },
			"unknown tuple":    func(s *Set) { copy(s.Symbols, unusedTuple(g)) },
			"cell beyond d":    func(s *Set) { s.Cells[3] += d },
			"all beyond d":     func(s *Set) { s.moveCells(d) },
			"cells exchanged":  func(s *Set) { s.Cells[0], s.Cells[1] = s.Cells[1], s.Cells[0] },
			"cell taken twice": func(s *Set) { s.Cells[1] = s.Cells[0] },
			"patch torn":       func(s *Set) { s.Cells[1] += 4 },
			"leaves":           func(s *Set) { s.Leaves = 2 },
		} {
			set := Draw(g, 1, "test", 1)
			if err := g.checkAll(set); err != nil {
				t.Fatal(err)
			}
			spoil(set)
			if _, err := g.Label(set, 0); err == nil {
				t.Errorf("sparsity %s, %s: no error", sparsity, name)
			}
		}
	}
	g := grammarOf(t, Task{V: 4, S0: 1})
	set := Draw(g, 1, "test", 1)
	set.Cells[0], set.Cells[1] = set.Cells[0]/4*4, set.Cells[0]/4*4+1
	if _, err := g.Label(set, 0); err == nil {
		t.Error("a placement of sparsity B passes for one of A")
	}
}

func (s *Set) moveCells(by uint32) {
	for k := range s.Cells {
		s.Cells[k] += by
	}
}

// unusedTuple returns a tuple of leaves that no rule gives.
func unusedTuple(g *Grammar) []Symbol {
	tuple := make([]Symbol, g.task.S)
	for code, at := range g.inverse[g.task.L-1] {
		if at < 0 {
			g.decode(tuple, int32(code))
		}
	}
	return tuple
}

// TestExchangeRefusesOtherData checks that wrong data are not silently changed.
func TestExchangeRefusesOtherData(t *testing.T) {
	defer func() {
		if s, _ := recover().(string); !strings.Contains(s, "not of this grammar") {
			t.Errorf("panic %q", s)
		}
	}()
	g := grammarOf(t, Task{V: 4, M: 2})
	set := Draw(g, 1, "test", 1)
	copy(set.Symbols, unusedTuple(g))
	g.ExchangeSynonyms(set, set, 1, false, Stream("test"))
}
