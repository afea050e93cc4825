package layers

import (
	"encoding/binary"
	"io"
	"slices"
)

// WriteState writes all that steps change: parameters, running moments, momenta, how many steps were made and how many
// numbers dropouts have decided. A network of the same shape that reads it goes on with the same bits.
func (n *Net) WriteState(w io.Writer) error {
	for _, x := range n.state() {
		if err := writeFloats(w, x); err != nil {
			return err
		}
	}
	return binary.Write(w, binary.LittleEndian, n.counters())
}

// ReadState reads what WriteState wrote. After an error the network is good for nothing.
func (n *Net) ReadState(r io.Reader) error {
	for _, x := range n.state() {
		if err := readFloats(r, x); err != nil {
			return err
		}
	}
	c := n.counters()
	if err := binary.Read(r, binary.LittleEndian, c); err != nil {
		return err
	}
	n.steps = int64(c[0])
	for i, d := range n.drops {
		d.decided = c[1+i]
	}
	return nil
}

// StateBytes is the length of what WriteState writes.
func (n *Net) StateBytes() int64 { return 4*length(n.state()) + 8*int64(len(n.counters())) }

// counters are the steps and what dropouts have decided; their keys follow from the seed.
func (n *Net) counters() []uint64 {
	c := []uint64{uint64(n.steps)}
	for _, d := range n.drops {
		c = append(c, d.decided)
	}
	return c
}

// state lists all other numbers that steps change.
func (n *Net) state() [][]float32 {
	all := n.weights()
	for _, t := range n.tensors {
		if t.learned {
			all = append(all, t.m)
		}
	}
	return all
}

// weights lists parameters and running moments.
func (n *Net) weights() (all [][]float32) {
	for _, t := range n.tensors {
		all = append(all, t.w)
	}
	return all
}

func length(x [][]float32) (n int64) {
	for _, part := range x {
		n += int64(len(part))
	}
	return n
}

// piece is how many numbers are converted at a time.
const piece = 1 << 14

func writeFloats(w io.Writer, x []float32) error {
	for part := range slices.Chunk(x, piece) {
		if err := binary.Write(w, binary.LittleEndian, part); err != nil {
			return err
		}
	}
	return nil
}

func readFloats(r io.Reader, x []float32) error {
	for part := range slices.Chunk(x, piece) {
		if err := binary.Read(r, binary.LittleEndian, part); err != nil {
			return err
		}
	}
	return nil
}
