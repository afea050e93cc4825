package kerneltest

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"testing"

	"srhmbench/kernels"
)

// Digest hashes the bits of everything the calls of an operation's cases compute on a tier, any NaN as one.
// It is empty for an operation whose rounding is outside the contract.
func Digest(t testing.TB, op string, tier kernels.Tier) string {
	t.Helper()
	o, ok := Lookup(op)
	if !ok {
		t.Fatalf("Operations lacks %s", op)
	}
	hash := sha256.New()
	loose := false
	for _, kind := range allKinds {
		o.Cases(NewSource(kind, 1), func(c Call) {
			if loose = c.Loose; loose {
				return
			}
			res, err := c.run(tier, AtEnd, nil)
			if err != nil {
				t.Fatalf("%s %s: %v", op, c.Shape, err)
			}
			for _, list := range append(res.floats, res.scalars) {
				hash.Write(words(list))
			}
		})
	}
	if loose {
		return ""
	}
	return fmt.Sprintf("%x", hash.Sum(nil)[:16])
}

func words(list []float32) []byte {
	var b []byte
	for _, x := range list {
		if x != x {
			x = float32(math.NaN())
		}
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return b
}
