package srhm

import (
	"fmt"
	"math/rand/v2"
)

// sampler draws data into a set, without allocating.
type sampler struct {
	tree  *derivation
	place *placer
}

func newSampler(g *Grammar) *sampler { return &sampler{newDerivation(g), newPlacer(g.task)} }

// draw makes datum i of the set a random one of the class.
func (s *sampler) draw(set *Set, i int, class Symbol, r *rand.Rand) {
	set.Labels[i] = class
	// Every digit of every cell is drawn, so it does not matter what was there.
	for level := len(s.tree.rules); level > 0; level-- {
		s.tree.redraw(level, r)
		s.place.redraw(set.cells(i), level, r)
	}
	s.tree.derive(set.symbols(i), class)
}

// Draw returns n independent data of uniformly drawn classes, from
// Stream(purpose, seed): for one purpose and seed, a smaller set is the beginning of a
// larger one. n must not be negative.
func Draw(g *Grammar, seed uint64, purpose string, n int) *Set {
	set := newSet(n, g.task.Leaves())
	s, r := newSampler(g), Stream(purpose, seed)
	for i := range n {
		s.draw(set, i, Symbol(r.IntN(g.task.NC)), r)
	}
	return set
}

// DrawUnseen returns n data as [Draw] does, leaving out those in seen: independent
// draws from the distribution conditioned on being unseen. A datum may come
// twice, and classes are as frequent as their unseen data. The error says that
// too few data are unseen (less than about one in a thousand).
func DrawUnseen(g *Grammar, seed uint64, purpose string, n int, seen *Index) (*Set, error) {
	if n < 0 {
		return nil, fmt.Errorf("srhm: %d unseen data asked for: allowed is 0 or more", n)
	}
	set := newSet(n, g.task.Leaves())
	s, r := newSampler(g), Stream(purpose, seed)
	// Enough that a single datum, or many, are found if one in a thousand is unseen.
	tries := 100_000 + mul(n, 1000)
	for i := 0; i < n; {
		if tries--; tries < 0 {
			return nil, fmt.Errorf("srhm: only %d of %d unseen data found: nearly all data of this task (%v) are among the %d seen",
				i, n, g.task.PMax(), seen.Len())
		}
		s.draw(set, i, Symbol(r.IntN(g.task.NC)), r)
		if !seen.Contains(set, i) {
			i++
		}
	}
	return set, nil
}
