package net

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io"
	"math"
	"slices"
)

// WriteState writes everything that steps change. A network of the same design and seed that reads it continues with
// the same bits.
func WriteState(w io.Writer, n Stored) error {
	if err := writeAll(w, n.State()); err != nil {
		return err
	}
	return binary.Write(w, binary.LittleEndian, n.Counters())
}

// ReadState reads what WriteState wrote. After an error the network is unusable.
func ReadState(r io.Reader, n Stored) error {
	if err := readAll(r, n.State()); err != nil {
		return err
	}
	c := n.Counters()
	if err := binary.Read(r, binary.LittleEndian, c); err != nil {
		return err
	}
	n.SetCounters(c)
	return nil
}

// StateBytes returns the length of what WriteState writes.
func StateBytes(n Stored) int64 { return 4*length(n.State()) + 8*int64(len(n.Counters())) }

// Weights is a copy of a network's weights.
type Weights struct{ parts [][]float32 }

// Save copies the weights of a network into w and reuses its memory. Call Sync before.
func (w *Weights) Save(n Stored) {
	parts := n.Weights()
	if w.parts == nil {
		w.parts = make([][]float32, len(parts))
	}
	for i, p := range parts {
		w.parts[i] = append(w.parts[i][:0], p...)
	}
}

// Load copies saved weights into a network of the same design, to evaluate it; its momenta stay. Call Sync before.
func (w *Weights) Load(n Stored) {
	for i, p := range n.Weights() {
		copy(p, w.parts[i])
	}
	n.Loaded()
}

// Write writes saved weights.
func (w *Weights) Write(to io.Writer) error { return writeAll(to, w.parts) }

// Read reads what Write wrote for a network of the same design as n.
func (w *Weights) Read(from io.Reader, n Stored) error {
	w.Save(n) // for its shape
	return readAll(from, w.parts)
}

// WeightsBytes returns the length of what Write writes for a network.
func WeightsBytes(n Stored) int64 { return 4 * length(n.Weights()) }

// Hash returns the first 16 hexadecimal digits of the SHA-256 of all weights. Call Sync before.
func Hash(n Stored) string {
	h := sha256.New()
	var buf []byte
	for _, w := range n.Weights() {
		buf = buf[:0]
		for _, x := range w {
			buf = binary.LittleEndian.AppendUint32(buf, math.Float32bits(x))
		}
		h.Write(buf)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func length(x [][]float32) (n int64) {
	for _, part := range x {
		n += int64(len(part))
	}
	return n
}

// piece is the number of values converted at a time.
const piece = 1 << 14

func writeAll(w io.Writer, parts [][]float32) error {
	for _, x := range parts {
		for p := range slices.Chunk(x, piece) {
			if err := binary.Write(w, binary.LittleEndian, p); err != nil {
				return err
			}
		}
	}
	return nil
}

func readAll(r io.Reader, parts [][]float32) error {
	for _, x := range parts {
		for p := range slices.Chunk(x, piece) {
			if err := binary.Read(r, binary.LittleEndian, p); err != nil {
				return err
			}
		}
	}
	return nil
}
