package srhm

import (
	"fmt"
	"math"
)

// Encoding says what a network sees of a cell, v numbers: one-hot for a symbol,
// and for a blank all zeros, then possibly shifted and scaled.
type Encoding string

// The two encodings (SPEC section 1).
const (
	// Whitened is that of the authors' program: x -> x(1+a) - a with
	// a = (v-1)^(-1/2), so that a symbol is 1 at its place and -a elsewhere, and a
	// blank is the constant column -a.
	Whitened Encoding = "whitened"
	// Zero is that of the paper's text: a blank is a column of zeros.
	Zero Encoding = "zero"
)

// Validate returns nil for a known encoding, else one line saying what is
// allowed.
func (e Encoding) Validate() error {
	if e != Whitened && e != Zero {
		return fmt.Errorf("srhm: encoding %q: allowed is whitened or zero", string(e))
	}
	return nil
}

// Blank returns what stands wherever no symbol does: -(v-1)^(-1/2) or 0, for v of
// at least 2. An encoding that is not valid panics.
func (e Encoding) Blank(v int) float32 {
	if err := e.Validate(); err != nil {
		panic(err.Error())
	}
	if e == Zero {
		return 0
	}
	return float32(-1 / math.Sqrt(float64(v-1)))
}

// Encode writes datum i of the set as the authors' tensors have it: v rows
// (channels) of d cells, row-major, so that dst[x*d+c] is 1 where cell c has symbol x
// and e.Blank(v) elsewhere. dst has at least v*d numbers, of which the first v*d
// are written.
func Encode(dst []float32, t Task, e Encoding, set *Set, i int) {
	d, blank := t.Cells(), e.Blank(t.V)
	dst = dst[:t.V*d]
	for k := range dst {
		dst[k] = blank
	}
	for k, c := range set.cells(i) {
		dst[int(set.symbols(i)[k])*d+int(c)] = 1
	}
}
