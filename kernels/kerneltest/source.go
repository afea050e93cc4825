package kerneltest

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
)

// Kind says which float32 a Source makes.
type Kind int

// The kinds.
const (
	Ordinary  Kind = iota // of magnitude 1/8 to 8, with all bits of the mantissa in use
	Edges                 // with zeros of both signs, denormals and every exponent among them
	Nonfinite             // ordinary with a few NaN and infinities
	Ties                  // zeros of both signs, 1 and -1
)

var allKinds = []Kind{Ordinary, Edges, Nonfinite, Ties}

var kinds = map[Kind]string{Ordinary: "ordinary", Edges: "edges", Nonfinite: "nonfinite", Ties: "ties"}

// Source makes the values of operands, the same ones on every machine.
type Source struct {
	kind Kind
	rand *rand.Rand
	raw  []byte
	at   int
}

// NewSource makes values of a kind.
func NewSource(kind Kind, seed uint64) *Source {
	return &Source{kind: kind, rand: rand.New(rand.NewPCG(seed, uint64(kind)))}
}

// FromBytes takes each float32 from the next four bytes, again and again; a fuzzer chooses them.
func FromBytes(raw []byte) *Source {
	s := NewSource(Ordinary, 1)
	if len(raw) >= 4 {
		s.raw = raw[:len(raw)/4*4]
	}
	return s
}

// gap fills what no kernel may read or write: a NaN, so that reading it shows, of bits that nothing computes.
var gap = math.Float32frombits(0x7fa5a5a5)

var edges = func() []float32 {
	var all []float32
	for _, bits := range []uint32{
		0, 1, 2, 0x007fffff, // zero and denormals
		0x00800000, 0x00800001, 0x33800000, // smallest normal, 2^-24
		0x3f7fffff, 0x3f800000, 0x3f800001, 0x4b800001, // around 1, above 2^24
		0x42ae0000, 0x42b00000, // 87 and 88, around where exp stops
		0x5f000000, 0x7f000000, 0x7f7fffff, // large, largest
	} {
		all = append(all, math.Float32frombits(bits), math.Float32frombits(bits|1<<31))
	}
	return all
}()

var negativeZero = float32(math.Copysign(0, -1))

var ties = []float32{0, negativeZero, 0, negativeZero, 1, -1}

var nonfinite = []float32{float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1))}

// Float makes the next value.
func (s *Source) Float() float32 {
	if s.raw != nil {
		x := math.Float32frombits(binary.LittleEndian.Uint32(s.raw[s.at:]))
		s.at = (s.at + 4) % len(s.raw)
		return x
	}
	bits := s.rand.Uint32()
	switch {
	case s.kind == Edges && s.rand.IntN(3) == 0:
		return edges[s.rand.IntN(len(edges))]
	case s.kind == Edges && s.rand.IntN(2) == 0 && bits&0x7f800000 != 0x7f800000:
		return math.Float32frombits(bits)
	case s.kind == Ties:
		return ties[s.rand.IntN(len(ties))]
	case s.kind == Nonfinite && s.rand.IntN(24) == 0:
		return nonfinite[s.rand.IntN(len(nonfinite))]
	}
	exponent := uint32(127-3) + uint32(s.rand.IntN(6))
	return math.Float32frombits(bits&0x807fffff | exponent<<23)
}

// Int makes a number below n.
func (s *Source) Int(n int) int { return s.rand.IntN(n) }

// matrix makes an operand of rows×cols whose rows are pad elements apart.
func (s *Source) matrix(name string, rows, cols, pad int) Operand {
	m := Operand{Name: name, Rows: rows, Cols: cols, Stride: cols + pad}
	if rows > 0 && cols > 0 {
		m.Data = make([]float32, (rows-1)*m.Stride+cols)
	}
	for i := range m.Data {
		m.Data[i] = gap
		if m.inside(i) {
			m.Data[i] = s.Float()
		}
	}
	return m
}

func (s *Source) vector(name string, n int) Operand { return s.matrix(name, 1, n, 0) }
