package srhm

import (
	"math/bits"

	"gonum.org/v1/gonum/mathext/prng"
)

// pythonRandom is CPython's random module, as far as the authors' grammars
// need it: seed and shuffle on top of the Mersenne Twister.
type pythonRandom struct{ twister *prng.MT19937 }

// newPythonRandom seeds as random.seed(seed) does for an integer: by its 32-bit
// words, lowest first, without leading zero words.
func newPythonRandom(seed uint64) pythonRandom {
	keys := []uint32{uint32(seed)}
	if high := uint32(seed >> 32); high != 0 {
		keys = append(keys, high)
	}
	r := pythonRandom{prng.NewMT19937()}
	r.twister.SeedFromKeys(keys)
	return r
}

// below returns a uniform integer in [0, n), n >= 1, from as many leading bits
// of a word as n has, rejecting what is too large, as CPython does.
func (r pythonRandom) below(n uint32) uint32 {
	shift := 32 - bits.Len32(n)
	for {
		if x := r.twister.Uint32() >> shift; x < n {
			return x
		}
	}
}

// shuffle permutes as random.shuffle does.
func (r pythonRandom) shuffle(list []int32) {
	for i := len(list) - 1; i > 0; i-- {
		j := r.below(uint32(i + 1))
		list[i], list[j] = list[j], list[i]
	}
}
