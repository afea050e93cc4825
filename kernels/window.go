package kernels

import (
	"fmt"
	"math"
)

// Window describes how a convolution or pooling moves over images. Images are stored channels last: element (b, row,
// col, channel) of a batch is at ((b·Height+row)·Width+col)·ld + channel. One-dimensional signals have Height 1, and
// Kernel, Stride and Pad of {1, k}, {1, s} and {0, p}.
type Window struct {
	Batch, Height, Width int    // of the input
	Kernel, Stride, Pad  [2]int // along the height and the width; Pad on both sides
}

// OutHeight returns the height of the output.
func (v Window) OutHeight() int { return v.axis(0).out }

// OutWidth returns the width of the output.
func (v Window) OutWidth() int { return v.axis(1).out }

// Inputs returns the number of positions of all input images.
func (v Window) Inputs() int { return v.Batch * v.Height * v.Width }

// Outputs returns the number of positions of all output images.
func (v Window) Outputs() int { return v.Batch * v.OutHeight() * v.OutWidth() }

// Taps returns the number of elements of the kernel.
func (v Window) Taps() int { return v.Kernel[0] * v.Kernel[1] }

func (v Window) axis(i int) axis {
	in := [2]int{v.Height, v.Width}[i]
	return axis{in, (in+2*v.Pad[i]-v.Kernel[i])/v.Stride[i] + 1, v.Kernel[i], v.Stride[i], v.Pad[i]}
}

// axis is one of the two dimensions that a window moves along.
type axis struct{ in, out, kernel, stride, pad int }

// largestSide bounds the sizes of a window, so that sums of them stay far from overflow.
const largestSide = 1 << 24

// needWindow panics when a window makes no sense, or when an int cannot count the positions of its images.
func needWindow(op string, v Window) {
	needSide(op, "Batch", v.Batch, 0)
	needSide(op, "Height", v.Height, 1)
	needSide(op, "Width", v.Width, 1)
	for i, in := range [2]int{v.Height, v.Width} {
		needSide(op, [2]string{"Kernel[0]", "Kernel[1]"}[i], v.Kernel[i], 1)
		needSide(op, [2]string{"Stride[0]", "Stride[1]"}[i], v.Stride[i], 1)
		needSide(op, [2]string{"Pad[0]", "Pad[1]"}[i], v.Pad[i], 0)
		if in+2*v.Pad[i] < v.Kernel[i] {
			panic(fmt.Sprintf("kernels.%s: Kernel[%d] is %d, larger than the padded input of %d", op, i, v.Kernel[i], in+2*v.Pad[i]))
		}
	}
	needCountable(op, "the input", v.Batch, v.Height, v.Width)
	needCountable(op, "the output", v.Batch, v.OutHeight(), v.OutWidth())
}

func needSide(op, name string, n, low int) {
	if n < low || n > largestSide {
		panic(fmt.Sprintf("kernels.%s: %s is %d, want %d to %d", op, name, n, low, largestSide))
	}
}

// needCountable panics when a product of sizes, none negative, overflows.
func needCountable(op, name string, a, b, c int) {
	if a != 0 && b != 0 && c > math.MaxInt/a/b {
		panic(fmt.Sprintf("kernels.%s: %s has more elements than an int counts: %d·%d·%d", op, name, a, b, c))
	}
}

// visit calls f for everything a position gathers: the inputs of an output position or, when back is set, the outputs
// of an input position. Taps ascend, and those in the padding are skipped.
func (v Window) visit(back bool, p int, f func(tap, from int)) {
	if back {
		backward(v, p, f)
	} else {
		forward(v, p, f)
	}
}

// forward visits the taps of output position p that meet the input.
func forward(v Window, p int, f func(tap, from int)) {
	rows, cols := v.axis(0), v.axis(1)
	b, row, col := p/cols.out/rows.out, p/cols.out%rows.out, p%cols.out
	for i := range rows.kernel {
		for j := range cols.kernel {
			y, x := row*rows.stride-rows.pad+i, col*cols.stride-cols.pad+j
			if 0 <= y && y < rows.in && 0 <= x && x < cols.in {
				f(i*cols.kernel+j, (b*rows.in+y)*cols.in+x)
			}
		}
	}
}

// backward visits the taps through which input position p reached an output.
func backward(v Window, p int, f func(tap, from int)) {
	rows, cols := v.axis(0), v.axis(1)
	b, row, col := p/cols.in/rows.in, p/cols.in%rows.in, p%cols.in
	for i := range rows.kernel {
		for j := range cols.kernel {
			y, x := row+rows.pad-i, col+cols.pad-j
			if y >= 0 && y%rows.stride == 0 && y/rows.stride < rows.out && x >= 0 && x%cols.stride == 0 && x/cols.stride < cols.out {
				f(i*cols.kernel+j, (b*rows.out+y/rows.stride)*cols.out+x/cols.stride)
			}
		}
	}
}
