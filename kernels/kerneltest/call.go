package kerneltest

// Call is one use of a kernel: its operands and what must come out.
type Call struct {
	Shape  string    // sizes in key=value form, for messages
	Floats []Operand // in the order Do and Truth see them
	Ints   [][]int32 // lists of indices, never written
	Do     func(f [][]float32, n [][]int32) (scalars []float32)
	Truth  func(f [][]float32) (outs [][]Truth, scalars []Truth) // from the inputs; outs[i] is dense, nil for an input
	Onto   [][2]int                                              // pairs {out, in} of operands of one layout that may be the same memory
	Loose  bool                                                  // the rounding is outside the contract, only Truth binds
}

// Operand is a matrix, or a vector as its one row.
type Operand struct {
	Name               string
	Rows, Cols, Stride int
	Data               []float32 // contents before the call, gaps between rows included
	Out                bool      // the call writes it
}

// inside says whether element i belongs to the matrix and not to a gap.
func (o Operand) inside(i int) bool { return i%o.Stride < o.Cols }

func (o Operand) out() Operand {
	o.Out = true
	return o
}
