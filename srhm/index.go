package srhm

import (
	"math/bits"
	"slices"
)

// Index knows exactly which data are in a set: a hash finds candidates, the
// data themselves decide. It takes 8 to 16 bytes a datum and may be read by many
// goroutines at once.
type Index struct {
	set   Set
	slots []uint32 // open addressing: 0 if free, else 1 + the number of a datum
	n     int
}

// NewIndex returns an index of the data of a set, fewer than 2^32. It refers to
// their memory, which must not change while the index is used; appending to the
// set is allowed and not seen by the index.
func NewIndex(set *Set) *Index {
	ix := newIndex(set, set.Len())
	for i := range set.Len() {
		ix.insert(i)
	}
	return ix
}

// newIndex returns an empty index with room for n data of the set.
func newIndex(set *Set, n int) *Index {
	return &Index{set: *set, slots: make([]uint32, 1<<bits.Len(uint(2*n)))}
}

// clear forgets all data.
func (ix *Index) clear() {
	clear(ix.slots)
	ix.n = 0
}

// insert adds datum i of the index's own set, unless an equal one is in.
func (ix *Index) insert(i int) bool {
	at, found := ix.find(&ix.set, i)
	if found {
		return false
	}
	ix.slots[at] = uint32(i + 1)
	ix.n++
	return true
}

// find returns the slot of the datum, or the free one where it belongs.
func (ix *Index) find(set *Set, i int) (at int, found bool) {
	symbols, cells := set.symbols(i), set.cells(i)
	mask := len(ix.slots) - 1
	at = int(hash(symbols, cells)) & mask
	for ix.slots[at] != 0 {
		j := int(ix.slots[at] - 1)
		if slices.Equal(symbols, ix.set.symbols(j)) && slices.Equal(cells, ix.set.cells(j)) {
			return at, true
		}
		at = (at + 1) & mask
	}
	return at, false
}

// Contains says whether datum i of a set, of the same task as the index's, is in
// the index: the same symbols on the same cells. Labels, which follow from
// those, are not looked at.
func (ix *Index) Contains(set *Set, i int) bool {
	_, found := ix.find(set, i)
	return found
}

// Len returns the number of different data in the index.
func (ix *Index) Len() int { return ix.n }

// hash folds each leaf into 64 bits by a 128-bit product, whose halves mix both
// ways.
func hash(symbols []Symbol, cells []uint32) uint64 {
	h := uint64(0x9e3779b97f4a7c15)
	for i, c := range cells {
		hi, lo := bits.Mul64(h^(uint64(c)<<16|uint64(symbols[i])), 0xd6e8feb86659fd93)
		h = hi ^ lo ^ h>>32
	}
	return h ^ h>>32
}
