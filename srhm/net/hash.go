package net

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
)

// Hash is the first 16 hexadecimal digits of the SHA-256 of all parameters. Call Sync before.
func (n *Net) Hash() string {
	h := sha256.New()
	var buf []byte
	for _, w := range n.weights() {
		buf = buf[:0]
		for _, x := range w {
			buf = binary.LittleEndian.AppendUint32(buf, math.Float32bits(x))
		}
		h.Write(buf)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
