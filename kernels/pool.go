package kernels

import "fmt"

// MaxPool writes the largest element of each window to y, channel by channel, and the number of its tap, as a float32,
// to which. Between equal elements, and +0 and -0 are equal, the first tap wins. Padding does not take part; Pad must
// be less than Kernel, so that every window has an element. NaN compares larger than nothing: it is the result where
// it comes first, and is skipped elsewhere. Positions of y and which are ldy elements apart, those of x ldx. Neither
// result may overlap anything.
func MaxPool(y, which []float32, ldy int, x []float32, ldx int, v Window, channels int) {
	const op = "MaxPool"
	needPool(op, v, channels)
	yb, wb := needImages(op, "y", y, v.Outputs(), channels, ldy), needImages(op, "which", which, v.Outputs(), channels, ldy)
	xb := needImages(op, "x", x, v.Inputs(), channels, ldx)
	needApart(op, yb, wb, xb)
	needApart(op, wb, xb)
	if v.Batch > 0 {
		active.Load().MaxPool(y, which, ldy, x, ldx, v, channels)
	}
}

// MaxPoolGrad writes to dx, for each input, the sum of the gradients dy of the windows whose maximum it was, taps
// ascending, as one chain from 0. which is what MaxPool wrote; its positions and those of dy are lddy elements apart.
// dx must not overlap anything.
func MaxPoolGrad(dx []float32, lddx int, dy, which []float32, lddy int, v Window, channels int) {
	const op = "MaxPoolGrad"
	needPool(op, v, channels)
	needApart(op, needImages(op, "dx", dx, v.Inputs(), channels, lddx),
		needImages(op, "dy", dy, v.Outputs(), channels, lddy), needImages(op, "which", which, v.Outputs(), channels, lddy))
	if v.Batch > 0 {
		active.Load().MaxPoolGrad(dx, lddx, dy, which, lddy, v, channels)
	}
}

// AveragePool writes to y the sum of each window, taps ascending, as one chain from 0, times
// 1/(Kernel[0]·Kernel[1]): padding counts as zeros. Pad must be less than Kernel. y must not overlap x.
func AveragePool(y []float32, ldy int, x []float32, ldx int, v Window, channels int) {
	const op = "AveragePool"
	needPool(op, v, channels)
	needApart(op, needImages(op, "y", y, v.Outputs(), channels, ldy), needImages(op, "x", x, v.Inputs(), channels, ldx))
	if v.Batch > 0 {
		active.Load().AveragePool(y, ldy, x, ldx, v, channels)
	}
}

// AveragePoolGrad writes to dx the sum of dy over the windows that an input belongs to, taps ascending, as one
// chain from 0, times 1/(Kernel[0]·Kernel[1]). dx must not overlap dy.
func AveragePoolGrad(dx []float32, lddx int, dy []float32, lddy int, v Window, channels int) {
	const op = "AveragePoolGrad"
	needPool(op, v, channels)
	needApart(op, needImages(op, "dx", dx, v.Inputs(), channels, lddx), needImages(op, "dy", dy, v.Outputs(), channels, lddy))
	if v.Batch > 0 {
		active.Load().AveragePoolGrad(dx, lddx, dy, lddy, v, channels)
	}
}

func needPool(op string, v Window, channels int) {
	needWindow(op, v)
	needInside(op, v)
	needSide(op, "channels", channels, 1)
	if v.Kernel[0] > largestSide/v.Kernel[1] { // so that a float32 holds the number of a tap
		needSide(op, "Kernel[0]·Kernel[1]", v.Taps(), 1)
	}
}

// averaging returns the factor that turns a pooled sum into an average.
func averaging(v Window) float32 { return 1 / float32(v.Taps()) }

// needInside panics unless every window has an element inside the image.
func needInside(op string, v Window) {
	for i, pad := range v.Pad {
		if pad >= v.Kernel[i] {
			panic(fmt.Sprintf("kernels.%s: Pad[%d] is %d, want less than the kernel's %d", op, i, pad, v.Kernel[i]))
		}
	}
}
