package srhm

import (
	"fmt"
	"math/rand/v2"
)

// ExchangeSynonyms writes into dst the data of src with new rules, drawn
// uniformly, at the nodes of one tree level, or of levels 1 to level if upTo (the
// authors' S_{k,l}; Eqs. 6 and 13). Each node's rule stays what it was with
// probability 1/m. Placements stay, labels stay, and nodes that are not redrawn
// keep their rule numbers: below an exchanged node, the same rule of the new symbol
// is used.
//
// level is in [1, L] as the package comment numbers them: 1 exchanges tuples of
// leaves, L the rule of the class. dst may be src; otherwise they must not share
// memory, and dst's is used again where it suffices. A level out of range or data
// of another grammar are bugs of the caller and panic ([Grammar.Label] tells).
func (g *Grammar) ExchangeSynonyms(dst, src *Set, level int, upTo bool, r *rand.Rand) {
	lowest := g.lowestLevel(level, upTo)
	dst.copyFrom(src)
	tree := newDerivation(g)
	for i := range dst.Len() {
		class, err := tree.parse(dst.symbols(i))
		if err != nil {
			panic(fmt.Sprintf("srhm: datum %d is not of this grammar: %v", i, err))
		}
		for l := lowest; l <= level; l++ {
			tree.redraw(l, r)
		}
		tree.derive(dst.symbols(i), class)
	}
}

// Displace is [Grammar.ExchangeSynonyms] for placements: it redraws where the
// children stand in the patches of one level, or of levels 1 to level if upTo
// (D_{k,l}; Eqs. 7 and 14), and keeps all symbols. Each node's placement stays
// what it was with probability 1/placements.
func (g *Grammar) Displace(dst, src *Set, level int, upTo bool, r *rand.Rand) {
	lowest := g.lowestLevel(level, upTo)
	dst.copyFrom(src)
	place := newPlacer(g.task)
	for i := range dst.Len() {
		for l := lowest; l <= level; l++ {
			place.redraw(dst.cells(i), l, r)
		}
	}
}

func (g *Grammar) lowestLevel(level int, upTo bool) int {
	if level < 1 || level > g.task.L {
		panic(fmt.Sprintf("srhm: level %d of a grammar of %d levels", level, g.task.L))
	}
	if upTo {
		return 1
	}
	return level
}

// Label parses datum i by the inverse rules, from the leaves up, and returns its
// class. The error says why it is not a datum of this grammar: a tuple that no rule
// gives, or cells that no placements give. A set whose Labels[i] differs
// is corrupt.
func (g *Grammar) Label(set *Set, i int) (int, error) {
	if set.Leaves != g.task.Leaves() {
		return 0, fmt.Errorf("srhm: data of %d leaves, this grammar gives %d", set.Leaves, g.task.Leaves())
	}
	class, err := newDerivation(g).parse(set.symbols(i))
	if err == nil {
		err = newPlacer(g.task).check(append([]uint32(nil), set.cells(i)...))
	}
	if err != nil {
		return 0, fmt.Errorf("srhm: datum %d: %w", i, err)
	}
	return int(class), nil
}
