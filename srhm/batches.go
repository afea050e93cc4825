package srhm

import (
	"fmt"
	"math/big"
)

// Batches returns mini-batches number first to first+count-1 of the training data of
// a seed, one after the other: each has perClass data of every class, class by
// class, none twice inside a batch. Batch i comes from Stream("train", seed, i),
// whatever else is asked for, so training sets of different P are nested.
//
// This is the authors' data law (SPEC section 1): they use perClass = 4, fixed
// batches, and drop duplicates inside a batch only.
//
// The error says which argument is out of range, or that a class has fewer than
// perClass different data.
func Batches(g *Grammar, seed uint64, perClass, first, count int) (*Set, error) {
	if err := checkBatches(g, perClass, first, count); err != nil {
		return nil, err
	}
	size := perClass * g.task.NC
	set := newSet(count*size, g.task.Leaves())
	batch := newIndex(set, size)
	s := newSampler(g)
	for b := range count {
		r := Stream("train", seed, uint64(first+b))
		batch.clear()
		for k := range size {
			i := b*size + k
			s.draw(set, i, Symbol(k/perClass), r)
			for !batch.insert(i) {
				s.draw(set, i, Symbol(k/perClass), r)
			}
		}
	}
	return set, nil
}

func checkBatches(g *Grammar, perClass, first, count int) error {
	if perClass < 1 {
		return fmt.Errorf("srhm: %d data per class in a batch: allowed is 1 or more", perClass)
	}
	if first < 0 || count < 0 {
		return fmt.Errorf("srhm: %d batches from number %d: both must be 0 or more", count, first)
	}
	if most := g.task.perClassMax(); most.Cmp(big.NewInt(int64(perClass))) < 0 {
		return fmt.Errorf("srhm: %d data per class in a batch: a class of this task has only %v different ones", perClass, most)
	}
	return nil
}
