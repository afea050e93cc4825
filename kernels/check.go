package kernels

import "fmt"

// need panics when a matrix of rows×cols with the stride does not fit in n elements: a bug of the
// caller, caught before any assembly runs.
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

func needPanels(op string, n int) {
	if n%16 != 0 {
		panic(fmt.Sprintf("kernels.%s: %d columns, want a multiple of 16", op, n))
	}
}

func needLen(op, name string, n, want int) {
	if n != want {
		panic(fmt.Sprintf("kernels.%s: %s has %d elements, want %d", op, name, n, want))
	}
}

// needIndices panics when an index would address a row outside a matrix of so many rows; low is the
// smallest index allowed.
func needIndices(op, name string, list []int32, low, rows int) {
	for _, i := range list {
		if int(i) < low || int(i) >= rows {
			panic(fmt.Sprintf("kernels.%s: %s names row %d of %d", op, name, i, rows))
		}
	}
}

// rowsIn is how many rows of cols elements fit.
func rowsIn(n, cols, stride int) int {
	if n < cols || stride <= 0 {
		return 0
	}
	return (n-cols)/stride + 1
}
