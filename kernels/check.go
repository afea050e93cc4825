package kernels

import "fmt"

// need panics when a rows×cols matrix with the given stride does not fit in n elements: a bug of the caller, caught
// before any assembly runs.
func need(op, name string, n, rows, cols, stride int) {
	if rows < 0 || cols < 0 || stride < 0 {
		panic(fmt.Sprintf("kernels.%s: %s has a negative size: %d×%d, stride %d", op, name, rows, cols, stride))
	}
	if rows == 0 || cols == 0 {
		return
	}
	if cols > stride && rows > 1 {
		panic(fmt.Sprintf("kernels.%s: %s has stride %d, want at least its %d columns", op, name, stride, cols))
	}
	if (rows-1) > (n-cols)/max(stride, 1) || cols > n {
		panic(fmt.Sprintf("kernels.%s: %s has %d elements, too few for %d×%d with stride %d", op, name, n, rows, cols, stride))
	}
}

// needPanelled is need for a panelled k×cols matrix. It divides because the product may overflow.
func needPanelled(op, name string, n, k, cols int) {
	if k < 0 || cols < 0 {
		panic(fmt.Sprintf("kernels.%s: %s has a negative size: %d×%d", op, name, k, cols))
	}
	if cols > 0 && k > n/cols {
		panic(fmt.Sprintf("kernels.%s: %s has %d elements, too few for %d×%d in panels", op, name, n, k, cols))
	}
}

func needMultiple(op, name string, n, of int) {
	if n%of != 0 {
		panic(fmt.Sprintf("kernels.%s: %s is %d, want a multiple of %d", op, name, n, of))
	}
}

func needLen(op, name string, n, want int) {
	if n != want {
		panic(fmt.Sprintf("kernels.%s: %s has %d elements, want %d", op, name, n, want))
	}
}

// needIndices panics when an index is below low, the smallest one allowed, or beyond the rows of a matrix.
func needIndices(op, name string, list []int32, low, rows int) {
	for _, i := range list {
		if int(i) < low || int(i) >= rows {
			panic(fmt.Sprintf("kernels.%s: %s names row %d of %d", op, name, i, rows))
		}
	}
}

// needOffsets panics unless offsets ascend within a list of n entries.
func needOffsets(op string, offsets []int32, n int) {
	last := int32(0)
	for _, o := range offsets {
		if o < last || int(o) > n {
			panic(fmt.Sprintf("kernels.%s: offset %d after %d, want ascending offsets into %d indices", op, o, last, n))
		}
		last = o
	}
}

// needRows returns how many rows of cols > 0 elements fit in n elements, 0 in an empty matrix. It panics when rows
// would overlap.
func needRows(op, name string, n, cols, stride int) int {
	if cols < 0 || stride < 0 {
		panic(fmt.Sprintf("kernels.%s: %s has a negative size: rows of %d, stride %d", op, name, cols, stride))
	}
	if n < cols || cols == 0 {
		return 0
	}
	if n == cols {
		return 1
	}
	if stride < cols {
		panic(fmt.Sprintf("kernels.%s: %s has stride %d, want at least its %d columns", op, name, stride, cols))
	}
	return (n-cols)/stride + 1
}
