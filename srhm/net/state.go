package net

import (
	"encoding/binary"
	"io"
	"math"
	"slices"
)

// WriteState writes all that steps change: parameters, momenta, and which rows are behind. A network of
// the same shape that reads it goes on with the same bits.
func (n *Net) WriteState(w io.Writer) error {
	n.syncHidden()
	for _, x := range n.state() {
		if err := writeFloats(w, x); err != nil {
			return err
		}
	}
	return binary.Write(w, binary.LittleEndian, n.first.counters())
}

// ReadState reads what WriteState wrote. After an error the network is good for nothing.
func (n *Net) ReadState(r io.Reader) error {
	for i := range n.hidden {
		clear(n.hidden[i].due)
	}
	for _, x := range n.state() {
		if err := readFloats(r, x); err != nil {
			return err
		}
	}
	c := n.first.counters()
	if err := binary.Read(r, binary.LittleEndian, c); err != nil {
		return err
	}
	n.first.setCounters(c)
	return nil
}

// StateBytes is the length of what WriteState writes.
func (n *Net) StateBytes() int64 {
	return 4*length(n.state()) + 8*int64(len(n.first.counters()))
}

// WriteWeights writes saved parameters.
func (n *Net) WriteWeights(w io.Writer, saved *Weights) error {
	for _, x := range saved.w {
		if err := writeFloats(w, x); err != nil {
			return err
		}
	}
	return nil
}

// ReadWeights reads what WriteWeights wrote for a network of the same shape.
func (n *Net) ReadWeights(r io.Reader, saved *Weights) error {
	n.Save(saved) // for its shape
	for _, x := range saved.w {
		if err := readFloats(r, x); err != nil {
			return err
		}
	}
	return nil
}

// WeightsBytes is the length of what WriteWeights writes.
func (n *Net) WeightsBytes() int64 { return 4 * length(n.weights()) }

// state lists all that steps change but the counters of rows, in a fixed order.
func (n *Net) state() [][]float32 {
	params := []param{n.first.rows, n.first.shared, n.first.sum}
	for i := range n.hidden {
		params = append(params, n.hidden[i].param)
	}
	params = append(append(params, n.bias...), n.read)
	var out [][]float32
	for _, p := range params {
		out = append(out, p.w, p.m)
	}
	return out
}

func length(x [][]float32) (n int64) {
	for _, part := range x {
		n += int64(len(part))
	}
	return n
}

// counters are the steps made, the rate they were made with, and the steps of each row.
func (in *input) counters() []uint64 {
	out := []uint64{uint64(in.step), math.Float64bits(in.mu), math.Float64bits(in.lr)}
	for _, steps := range in.updated {
		out = append(out, uint64(steps))
	}
	return out
}

func (in *input) setCounters(c []uint64) {
	in.step, in.mu, in.lr = int(c[0]), math.Float64frombits(c[1]), math.Float64frombits(c[2])
	in.powers = powersOf(in.mu, in.lr)
	for i, steps := range c[3:] {
		in.updated[i] = int(steps)
	}
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
