package srhm

import "math/bits"

// Parameters of MT19937 (Matsumoto and Nishimura 1998, with the seeding of 2002).
const (
	mtSize  = 624
	mtShift = 397
)

// mt19937 is the generator behind CPython's random module, of which the
// authors' grammars need seed and shuffle.
type mt19937 struct {
	state [mtSize]uint32
	next  int // words of state already given out
}

// newMT19937 seeds as random.seed(seed) does for an integer: by its 32-bit
// words, lowest first, without leading zero words.
func newMT19937(seed uint64) *mt19937 {
	key := []uint32{uint32(seed)}
	if high := uint32(seed >> 32); high != 0 {
		key = append(key, high)
	}
	mt := new(mt19937)
	mt.seedByArray(key)
	return mt
}

func (mt *mt19937) seedByWord(word uint32) {
	mt.state[0] = word
	for i := 1; i < mtSize; i++ {
		mt.state[i] = 1812433253*mixed(mt.state[i-1]) + uint32(i)
	}
	mt.next = mtSize
}

func (mt *mt19937) seedByArray(key []uint32) {
	mt.seedByWord(19650218)
	i := 1
	advance := func() {
		if i++; i == mtSize {
			mt.state[0] = mt.state[mtSize-1]
			i = 1
		}
	}
	for k := range max(mtSize, len(key)) {
		j := k % len(key)
		mt.state[i] = (mt.state[i] ^ mixed(mt.state[i-1])*1664525) + key[j] + uint32(j)
		advance()
	}
	for range mtSize - 1 {
		mt.state[i] = (mt.state[i] ^ mixed(mt.state[i-1])*1566083941) - uint32(i)
		advance()
	}
	mt.state[0] = 1 << 31
}

func mixed(x uint32) uint32 { return x ^ x>>30 }

// uint32 returns the next 32 random bits.
func (mt *mt19937) uint32() uint32 {
	if mt.next == mtSize {
		mt.refill()
	}
	x := mt.state[mt.next]
	mt.next++
	x ^= x >> 11
	x ^= x << 7 & 0x9d2c5680
	x ^= x << 15 & 0xefc60000
	return x ^ x>>18
}

func (mt *mt19937) refill() {
	for i := range mt.state {
		y := mt.state[i]&(1<<31) | mt.state[(i+1)%mtSize]&(1<<31-1)
		x := mt.state[(i+mtShift)%mtSize] ^ y>>1
		if y&1 == 1 {
			x ^= 0x9908b0df
		}
		mt.state[i] = x
	}
	mt.next = 0
}

// below returns a uniform integer in [0, n), n >= 1, from as many leading bits
// of a word as n has, rejecting what is too large, as CPython does.
func (mt *mt19937) below(n uint32) uint32 {
	shift := 32 - bits.Len32(n)
	for {
		if x := mt.uint32() >> shift; x < n {
			return x
		}
	}
}

// shuffle permutes as random.shuffle does.
func (mt *mt19937) shuffle(list []int32) {
	for i := len(list) - 1; i > 0; i-- {
		j := mt.below(uint32(i + 1))
		list[i], list[j] = list[j], list[i]
	}
}
