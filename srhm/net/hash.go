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
	write := func(p param) {
		buf = buf[:0]
		for _, x := range p.w {
			buf = binary.LittleEndian.AppendUint32(buf, math.Float32bits(x))
		}
		h.Write(buf)
	}
	write(n.first.rows)
	write(n.first.shared)
	for i := range n.hidden {
		write(n.hidden[i].param)
	}
	for _, b := range n.bias {
		write(b)
	}
	write(n.read)
	return hex.EncodeToString(h.Sum(nil)[:8])
}
