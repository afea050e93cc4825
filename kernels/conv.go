package kernels

import "fmt"

// ConvShape is a convolution: a Window, and channels in Groups groups of which each sees only its own. Its
// weights are, group after group, panelled matrices of Kernel[0]·Kernel[1]·In/Groups rows (tap after tap, the
// input channels of a tap together) and Out/Groups columns, the last panel padded to 16 columns.
type ConvShape struct {
	Window
	In, Out int // channels
	Groups  int // divides both
}

// Weights is the number of elements of the weights, padding included.
func (s ConvShape) Weights() int {
	return s.Groups * Panelled(s.Taps()*s.In/s.Groups, s.Out/s.Groups)
}

// TurnedWeights is the number of elements of the weights that ConvGradInput wants.
func (s ConvShape) TurnedWeights() int {
	return s.Groups * Panelled(s.Taps()*s.Out/s.Groups, s.In/s.Groups)
}

// WeightIndex is where the weight from input channel in to output channel out at a tap stands; both channels
// count within their group.
func (s ConvShape) WeightIndex(group, tap, in, out int) int {
	k := s.Taps() * s.In / s.Groups
	return group*Panelled(k, s.Out/s.Groups) + PanelIndex(k, tap*(s.In/s.Groups)+in, out)
}

// Conv computes y = x * w, or y += x * w when accumulate is set: for every output position and channel the sum
// over the taps that meet the image, row by row, and over the input channels of each, as one chain. ldy and
// ldx are the distances of positions in elements, at least Out and In. y must not overlap x or w.
func Conv(y []float32, ldy int, x []float32, ldx int, w []float32, s ConvShape, accumulate bool) {
	const op = "Conv"
	needConv(op, s)
	yb, xb := needImages(op, "y", y, s.Outputs(), s.Out, ldy), needImages(op, "x", x, s.Inputs(), s.In, ldx)
	wb := needWeights(op, "w", w, s.Weights())
	needApart(op, yb, xb, wb)
	if s.Batch > 0 {
		active.Load().Conv(y, ldy, x, ldx, w, s, accumulate)
	}
}

// ConvGradInput computes dx, or dx += with accumulate, from dy and the weights as TurnWeights leaves them:
// for every input position and channel the sum over the taps through which it was read, ascending, and over
// the output channels of each, as one chain. Strides as in Conv. dx must not overlap dy or wt.
func ConvGradInput(dx []float32, lddx int, dy []float32, lddy int, wt []float32, s ConvShape, accumulate bool) {
	const op = "ConvGradInput"
	needConv(op, s)
	xb, yb := needImages(op, "dx", dx, s.Inputs(), s.In, lddx), needImages(op, "dy", dy, s.Outputs(), s.Out, lddy)
	wb := needWeights(op, "wt", wt, s.TurnedWeights())
	needApart(op, xb, yb, wb)
	if s.Batch > 0 {
		active.Load().ConvGradInput(dx, lddx, dy, lddy, wt, s, accumulate)
	}
}

// ConvGradWeights computes dw, or dw += with accumulate, in the layout of the weights: for every weight the
// sum over the output positions at which its tap meets the image, image by image and row by row. Images are taken in
// groups of 1024 output positions, of one image at least; a group is one chain, the first one from the stored value with
// accumulate, the others from 0, and their sums are added in order. The error is at most (n + N/n)·2^-24 of the sum of
// magnitudes for N positions in groups of n. Columns that pad a panel are left alone. Strides as in Conv. dw must not
// overlap x or dy.
func ConvGradWeights(dw []float32, x []float32, ldx int, dy []float32, lddy int, s ConvShape, accumulate bool) {
	const op = "ConvGradWeights"
	needConv(op, s)
	wb := needWeights(op, "dw", dw, s.Weights())
	xb, yb := needImages(op, "x", x, s.Inputs(), s.In, ldx), needImages(op, "dy", dy, s.Outputs(), s.Out, lddy)
	needApart(op, wb, xb, yb)
	grad, part := active.Load().ConvGradWeights, s
	part.Batch = min(s.Batch, groupImages(s.Window))
	grad(dw, x, ldx, dy, lddy, part, accumulate)
	image := oneImage(s.Window)
	eachLaterGroup(s.Window, s.Weights(), func(lo, images int, sum []float32) {
		part.Batch = images
		grad(sum, x[lo*image.Inputs()*ldx:], ldx, dy[lo*image.Outputs()*lddy:], lddy, part, false)
		addWeights(dw, sum, s)
	})
}

// TurnWeights writes to wt the weights w with the channels of every tap exchanged: the panelled matrices have
// Kernel[0]·Kernel[1]·Out/Groups rows and In/Groups columns. Columns that pad a panel are left alone. wt must
// not overlap w.
func TurnWeights(wt, w []float32, s ConvShape) {
	const op = "TurnWeights"
	needConv(op, s)
	needApart(op, needWeights(op, "wt", wt, s.TurnedWeights()), needWeights(op, "w", w, s.Weights()))
	in, out := s.In/s.Groups, s.Out/s.Groups
	k, kt := s.Taps()*in, s.Taps()*out
	transpose := active.Load().Transpose
	for g := range s.Groups {
		from, to := w[g*Panelled(k, out):], wt[g*Panelled(kt, in):]
		for tap := range s.Taps() {
			for i := 0; i < in; i += 16 {
				for o := 0; o < out; o += 16 {
					transpose(to[PanelIndex(kt, tap*out+o, i):], 16, from[PanelIndex(k, tap*in+i, o):], 16, min(16, in-i), min(16, out-o))
				}
			}
		}
	}
}

func needConv(op string, s ConvShape) {
	needWindow(op, s.Window)
	if s.Groups < 1 || s.In < 1 || s.Out < 1 || s.In%s.Groups != 0 || s.Out%s.Groups != 0 {
		panic(fmt.Sprintf("kernels.%s: %d channels to %d in %d groups, want positive multiples of a positive number of groups", op, s.In, s.Out, s.Groups))
	}
	needSide(op, "In", s.In, 1)
	needSide(op, "Out", s.Out, 1)
	needCountable(op, "the kernel", s.Kernel[0], s.Kernel[1], Padded(max(s.In, s.Out)))
	needCountable(op, "w", s.Taps()*Padded(s.In), Padded(s.Out/s.Groups), 1)
	needCountable(op, "wt", s.Taps()*Padded(s.Out), Padded(s.In/s.Groups), 1)
}

// needImages is need for positions of so many channels, and the memory they take.
func needImages(op, name string, data []float32, positions, channels, ld int) block {
	need(op, name, len(data), positions, channels, ld)
	return block{name, data, positions, channels, ld}
}

func needWeights(op, name string, w []float32, n int) block {
	if len(w) < n {
		panic(fmt.Sprintf("kernels.%s: %s has %d elements, want %d", op, name, len(w), n))
	}
	return vector(name, w[:n])
}
