package srhm

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
)

// Stream returns the random stream of one purpose: a PCG seeded by a hash of the
// purpose and its keys. Streams of different purposes or keys are independent for all
// practical ends, and equal arguments give equal streams on every machine. The
// stream itself must not be shared between goroutines.
//
// This package uses the purposes "grammar" (key: seed) and "train" (keys: seed,
// batch number), and whatever its callers name in [Draw] and [DrawUnseen] (key:
// seed).
func Stream(purpose string, keys ...uint64) *rand.Rand { return rand.New(Source(purpose, keys...)) }

// Source is what [Stream] draws from, for callers that save how far they have come: the stream has no
// other state.
func Source(purpose string, keys ...uint64) *rand.PCG {
	// The length in front keeps ("ab", keys) apart from ("a", keys beginning like "b").
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(purpose)))
	b = append(b, purpose...)
	for _, k := range keys {
		b = binary.LittleEndian.AppendUint64(b, k)
	}
	sum := sha256.Sum256(b)
	return rand.NewPCG(binary.LittleEndian.Uint64(sum[:8]), binary.LittleEndian.Uint64(sum[8:16]))
}
