package srhm

import "fmt"

// Set holds data as what they are: for each datum a label, and for each of its
// s^L leaves a symbol and a cell. Blanks are not stored.
type Set struct {
	Leaves  int      // leaves per datum, s^L
	Labels  []uint16 // n classes in [0, n_c)
	Symbols []Symbol // n*Leaves symbols in [0, v), in tree order
	Cells   []uint32 // n*Leaves cells in [0, d), increasing inside a datum
}

func newSet(n, leaves int) *Set {
	return &Set{
		Leaves:  leaves,
		Labels:  make([]uint16, n),
		Symbols: make([]Symbol, n*leaves),
		Cells:   make([]uint32, n*leaves),
	}
}

// Len returns the number of data.
func (s *Set) Len() int { return len(s.Labels) }

// Slice returns a view of data lo to hi-1, sharing memory with s. Appending to
// the view does not overwrite s.
func (s *Set) Slice(lo, hi int) *Set {
	a, b := lo*s.Leaves, hi*s.Leaves
	return &Set{
		Leaves:  s.Leaves,
		Labels:  s.Labels[lo:hi:hi],
		Symbols: s.Symbols[a:b:b],
		Cells:   s.Cells[a:b:b],
	}
}

// Append adds the data of other, of equally many leaves each; an empty s takes
// over the number of leaves of other.
func (s *Set) Append(other *Set) {
	if s.Len() == 0 {
		s.Leaves = other.Leaves
	}
	if s.Leaves != other.Leaves {
		panic(fmt.Sprintf("srhm: data of %d leaves appended to data of %d", other.Leaves, s.Leaves))
	}
	s.Labels = append(s.Labels, other.Labels...)
	s.Symbols = append(s.Symbols, other.Symbols...)
	s.Cells = append(s.Cells, other.Cells...)
}

// Bytes returns the memory the data take: 2 + 6 s^L bytes a datum.
func (s *Set) Bytes() int64 {
	return 2*int64(len(s.Labels)) + 2*int64(len(s.Symbols)) + 4*int64(len(s.Cells))
}

// copyFrom makes s equal to src, in the memory of s where it suffices.
func (s *Set) copyFrom(src *Set) {
	s.Leaves = src.Leaves
	s.Labels = append(s.Labels[:0], src.Labels...)
	s.Symbols = append(s.Symbols[:0], src.Symbols...)
	s.Cells = append(s.Cells[:0], src.Cells...)
}

func (s *Set) symbols(i int) []Symbol { return s.Symbols[i*s.Leaves : (i+1)*s.Leaves] }

func (s *Set) cells(i int) []uint32 { return s.Cells[i*s.Leaves : (i+1)*s.Leaves] }
