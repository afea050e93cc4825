package kernels

import (
	"fmt"
	"math/bits"
)

// DropoutMask writes 1/keep for each element that stays, which happens with probability keep, and 0 for the others.
// The key and the number first+i alone decide element i, so threads may fill parts of a mask in any order. keep is in
// (0, 1]. The stream is Philox4x32-10 (Salmon and others, Parallel random numbers: as easy as 1, 2, 3, 2011), whose
// block n decides the elements 4n to 4n+3. Different layers and steps need different keys.
func DropoutMask(mask []float32, key, first uint64, keep float64) {
	if !(keep > 0 && keep <= 1) {
		panic(fmt.Sprintf("kernels.DropoutMask: keep is %v, want more than 0 and at most 1", keep))
	}
	if first+uint64(len(mask)) < first {
		panic(fmt.Sprintf("kernels.DropoutMask: %d elements from number %d on, want numbers below 2^64", len(mask), first))
	}
	below, stays := uint64(keep*(1<<32)), float32(1/keep)
	var block [4]uint32
	for i := range mask {
		n := first + uint64(i)
		if i == 0 || n%4 == 0 {
			block = philox([4]uint32{uint32(n / 4), uint32(n / 4 >> 32)}, [2]uint32{uint32(key), uint32(key >> 32)})
		}
		mask[i] = 0
		if uint64(block[n%4]) < below {
			mask[i] = stays
		}
	}
}

// philox is Philox4x32-10.
func philox(c [4]uint32, k [2]uint32) [4]uint32 {
	for range 10 {
		high0, low0 := bits.Mul32(0xD2511F53, c[0])
		high1, low1 := bits.Mul32(0xCD9E8D57, c[2])
		c = [4]uint32{high1 ^ c[1] ^ k[0], low1, high0 ^ c[3] ^ k[1], low0}
		k[0] += 0x9E3779B9
		k[1] += 0xBB67AE85
	}
	return c
}
