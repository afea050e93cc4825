package kernels

// Rows selects rows of a row-major matrix: those listed in Index, where row r begins at Data[r*Stride].
type Rows struct {
	Data   []float32
	Stride int // elements, at least the width of a row
	Index  []int32
}

// Gather holds the operands of [GatherRows]. Row i of the result is dst_i; Dst.Index, Base.Index and the lists that
// Start delimits run in parallel.
type Gather struct {
	Dst   Rows    // rows to write
	Base  Rows    // the row each of them starts from, -1 for zero; with a nil Index all start from zero
	Src   Rows    // rows to add, list after list
	Start []int32 // row i adds the rows Src.Index[Start[i]:Start[i+1]]
	Width int     // columns
	Scale float32
}

// GatherRows computes, for each i,
//
//	Dst[Dst.Index[i]] = Base[Base.Index[i]] + Scale·Σ_e Src[Src.Index[e]],   e from Start[i] to Start[i+1]-1
//
// over Width columns, the sum as one chain in the order of the list. Dst may be Base or Src or whole rows of them, and
// then a row may be its own base or source, since each column is read before it is written. It is the caller's error
// if another row reads it, or if there is any other overlap. GatherRows panics when a list is too short or names a row
// that does not exist.
func GatherRows(g Gather) {
	const op = "GatherRows"
	dst, base, src := g.Dst.block(op, "Dst", g.Width), g.Base.block(op, "Base", g.Width), g.Src.block(op, "Src", g.Width)
	rows := len(g.Dst.Index)
	if rows == 0 || g.Width == 0 {
		return
	}
	needLen(op, "Start", len(g.Start), rows+1)
	needIndices(op, "Dst.Index", g.Dst.Index, 0, dst.rows)
	if g.Base.Index != nil {
		needLen(op, "Base.Index", len(g.Base.Index), rows)
		needIndices(op, "Base.Index", g.Base.Index, -1, base.rows)
	}
	needOffsets(op, g.Start, len(g.Src.Index))
	needIndices(op, "Src.Index", g.Src.Index[g.Start[0]:g.Start[rows]], 0, src.rows)
	needAligned(op, dst, base)
	needAligned(op, dst, src)
	if g.Base.Index != nil {
		g.run(0, rows, g.Base.Index)
		return
	}
	for lo := 0; lo < rows; lo += len(fromZero) {
		hi := min(lo+len(fromZero), rows)
		g.run(lo, hi, fromZero[:hi-lo])
	}
}

// run writes rows lo to hi.
func (g *Gather) run(lo, hi int, base []int32) {
	active.Load().GatherRows(g.Dst.Data, g.Dst.Stride, g.Dst.Index[lo:hi], g.Base.Data, g.Base.Stride, base,
		g.Src.Data, g.Src.Stride, g.Start[lo:hi+1], g.Src.Index, g.Width, g.Scale)
}

// fromZero is the Base.Index of rows that start from zero.
var fromZero = func() (index [256]int32) {
	for i := range index {
		index[i] = -1
	}
	return index
}()

// block returns the matrix the rows belong to.
func (r *Rows) block(op, name string, width int) block {
	return block{name, r.Data, needRows(op, name, len(r.Data), width, r.Stride), width, r.Stride}
}
