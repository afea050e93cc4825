package kernels

import (
	"fmt"
	"unsafe"
)

// block is a matrix in memory: rows of cols elements, stride elements apart.
type block struct {
	name               string
	data               []float32
	rows, cols, stride int
}

func vector(name string, data []float32) block { return block{name, data, 1, len(data), len(data)} }

// panelled is a k×n matrix in panels, which fill the memory without gaps.
func panelled(name string, data []float32, k, n int) block { return block{name, data, 1, k * n, k * n} }

// needApart panics when out shares an element with one of the others: the tiers read and write in different
// orders, so the result would depend on the tier.
func needApart(op string, out block, others ...block) {
	noteWrite(out)
	for i := range others { // most operands lie far apart, and these checks take as long as a small kernel
		if in := &others[i]; !disjoint(out.data, in.data) && shares(out, *in) {
			panic(fmt.Sprintf("kernels.%s: %s overlaps %s", op, out.name, in.name))
		}
		noteRead(others[i])
	}
}

// needSameOrApart panics unless out is in, element for element, or the two lie apart.
func needSameOrApart(op string, out, in block) {
	if unsafe.SliceData(out.data) == unsafe.SliceData(in.data) && out.stride == in.stride {
		noteWrite(out)
		noteRead(in)
		return
	}
	needApart(op, out, in)
}

// needAligned is needSameOrApart for matrices where one may also start some whole rows into the other.
func needAligned(op string, out, in block) {
	if out.stride == in.stride && distance(out, in)%max(out.stride, 1) == 0 {
		noteWrite(out)
		noteRead(in)
		return
	}
	needApart(op, out, in)
}

// distance returns how many elements y starts after x.
func distance(x, y block) int {
	return (int(uintptr(unsafe.Pointer(unsafe.SliceData(y.data)))) - int(uintptr(unsafe.Pointer(unsafe.SliceData(x.data))))) / 4
}

// shares reports whether two matrices have an element in common. Matrices in each other's gaps are told apart only
// when their strides are equal; with different strides they count as sharing.
func shares(x, y block) bool {
	if x.rows == 0 || x.cols == 0 || y.rows == 0 || y.cols == 0 {
		return false
	}
	d := distance(x, y)
	if d < 0 {
		x, y, d = y, x, -d
	}
	if d >= (x.rows-1)*x.stride+x.cols {
		return false
	}
	if x.rows == 1 || (y.rows > 1 && y.stride != x.stride) {
		return true
	}
	column := d % x.stride
	return column < x.cols || column+y.cols > x.stride
}

// mayShare spares short vectors that lie apart the blocks of needApart, which take as long as hundreds of elements.
// Under the race detector it is always true, because needApart tells the detector what is read and written.
func mayShare(x, y []float32) bool { return raceDetector || !disjoint(x, y) }

// disjoint reports whether two slices certainly share no memory.
func disjoint(x, y []float32) bool {
	xs, ys := uintptr(unsafe.Pointer(unsafe.SliceData(x))), uintptr(unsafe.Pointer(unsafe.SliceData(y)))
	return xs+uintptr(4*len(x)) <= ys || ys+uintptr(4*len(y)) <= xs
}
