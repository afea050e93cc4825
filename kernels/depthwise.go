package kernels

// DepthwiseConv computes y = x * w with a kernel of its own for every channel: the sum over the taps that meet
// the image, ascending, as one chain from 0. w is [tap][channel]; x and y are images of as many channels,
// ldx and ldy the distances of positions. y must not overlap x or w.
func DepthwiseConv(y []float32, ldy int, x []float32, ldx int, w []float32, v Window, channels int) {
	const op = "DepthwiseConv"
	wb := needDepthwise(op, "w", w, v, channels)
	needApart(op, needImages(op, "y", y, v.Outputs(), channels, ldy), needImages(op, "x", x, v.Inputs(), channels, ldx), wb)
	if v.Batch > 0 {
		active.Load().DepthwiseConv(y, ldy, x, ldx, w, v, channels)
	}
}

// DepthwiseConvGradInput computes dx from dy and w: the sum over the taps through which an input was read,
// ascending, as one chain from 0. Sizes as in DepthwiseConv. dx must not overlap dy or w.
func DepthwiseConvGradInput(dx []float32, lddx int, dy []float32, lddy int, w []float32, v Window, channels int) {
	const op = "DepthwiseConvGradInput"
	wb := needDepthwise(op, "w", w, v, channels)
	needApart(op, needImages(op, "dx", dx, v.Inputs(), channels, lddx), needImages(op, "dy", dy, v.Outputs(), channels, lddy), wb)
	if v.Batch > 0 {
		active.Load().DepthwiseConvGradInput(dx, lddx, dy, lddy, w, v, channels)
	}
}

// DepthwiseConvGradWeights computes dw, in the layout of w: the sum over the output positions at which the tap
// meets the image, image by image and row by row, as one chain from 0 for every group of images, which ConvGradWeights
// describes with the error. dw must not overlap x or dy.
func DepthwiseConvGradWeights(dw []float32, x []float32, ldx int, dy []float32, lddy int, v Window, channels int) {
	const op = "DepthwiseConvGradWeights"
	wb := needDepthwise(op, "dw", dw, v, channels)
	needApart(op, wb, needImages(op, "x", x, v.Inputs(), channels, ldx), needImages(op, "dy", dy, v.Outputs(), channels, lddy))
	grad, add, part := active.Load().DepthwiseConvGradWeights, active.Load().Add, v
	part.Batch = min(v.Batch, groupImages(v))
	grad(dw, x, ldx, dy, lddy, part, channels)
	image, total := oneImage(v), dw[:v.Taps()*channels]
	eachLaterGroup(v, len(total), func(lo, images int, sum []float32) {
		part.Batch = images
		grad(sum, x[lo*image.Inputs()*ldx:], ldx, dy[lo*image.Outputs()*lddy:], lddy, part, channels)
		add(total, total, sum)
	})
}

func needDepthwise(op, name string, w []float32, v Window, channels int) block {
	needWindow(op, v)
	needSide(op, "channels", channels, 1)
	needCountable(op, name, v.Kernel[0], v.Kernel[1], channels)
	return needWeights(op, name, w, v.Taps()*channels)
}
