package kernels

import "fmt"

// Batch normalisation works on rows of channels, one row for every position of every image, ld elements apart.
//
// Sums over rows are pairwise in float32 for 16 rows at a time, then for 8, 4, 2 and 1 of the rest, and these sums are
// added in float64. Their error bounds, in units u = 2^-24, therefore hold for up to 2^29 rows.

// BatchNormMoments writes the mean of each channel over the rows and its variance, Σ(x-mean)²/rows with that mean. The
// mean is within 5u·Σ|x|/rows of the true one, and exact where all rows are equal; the variance is within 10u of itself
// and the square of the mean's error. There must be at least one row. mean and variance must not overlap anything.
func BatchNormMoments(mean, variance []float32, x []float32, ldx int, rows, channels int) {
	const op = "BatchNormMoments"
	needChannelRows(op, rows, channels)
	xb := needImages(op, "x", x, rows, channels, ldx)
	m, v := needChannels(op, "mean", mean, channels), needChannels(op, "variance", variance, channels)
	needApart(op, m, v, xb)
	needApart(op, v, xb)
	active.Load().BatchNormMoments(mean, variance, x, ldx, rows, channels)
}

// BatchNorm writes scale·(x - mean) + shift, channel by channel, to y, which may be x. mean and scale, which
// BatchNormScale computes, come from the batch in training and from running moments otherwise.
func BatchNorm(y []float32, ldy int, x []float32, ldx int, mean, scale, shift []float32, rows, channels int) {
	const op = "BatchNorm"
	needChannelRows(op, rows, channels)
	yb := needImages(op, "y", y, rows, channels, ldy)
	needSameOrApart(op, yb, needImages(op, "x", x, rows, channels, ldx))
	needApart(op, yb, needChannels(op, "mean", mean, channels), needChannels(op, "scale", scale, channels), needChannels(op, "shift", shift, channels))
	active.Load().BatchNorm(y, ldy, x, ldx, mean, scale, shift, rows, channels)
}

// BatchNormScale writes gamma/√(variance + epsilon), which multiplies differences from the mean.
func BatchNormScale(scale, gamma, variance []float32, epsilon float32) {
	const op = "BatchNormScale"
	needLen(op, "scale", len(scale), len(gamma))
	needLen(op, "variance", len(variance), len(gamma))
	for i, v := range variance {
		scale[i] = float32(gamma[i] * rsqrt32(v+epsilon))
	}
}

// BatchNormRunning moves running moments towards those of a batch of the given number of rows: running += rate·(batch
// - running), where the batch's variance is multiplied by rows/(rows-1) if there is more than one row.
func BatchNormRunning(mean, variance, batchMean, batchVariance []float32, rows int, rate float32) {
	const op = "BatchNormRunning"
	needLen(op, "variance", len(variance), len(mean))
	needLen(op, "batchMean", len(batchMean), len(mean))
	needLen(op, "batchVariance", len(batchVariance), len(mean))
	unbiased := float32(1)
	if rows > 1 {
		unbiased = float32(float64(rows) / float64(rows-1))
	}
	for i := range mean {
		mean[i] = fma32(rate, batchMean[i]-mean[i], mean[i])
		variance[i] = fma32(rate, float32(batchVariance[i]*unbiased)-variance[i], variance[i])
	}
}

// BatchNormGradSums writes two sums over the rows for each channel: dshift = Σdy, within 5u·Σ|dy|, and
// dscale = Σdy·(x - mean), within 9u·Σ|dy·(x - mean)|. They are the gradients of shift and scale, and must not overlap
// anything.
func BatchNormGradSums(dshift, dscale []float32, dy []float32, lddy int, x []float32, ldx int, mean []float32, rows, channels int) {
	const op = "BatchNormGradSums"
	needChannelRows(op, rows, channels)
	dyb, xb := needImages(op, "dy", dy, rows, channels, lddy), needImages(op, "x", x, rows, channels, ldx)
	a, b := needChannels(op, "dshift", dshift, channels), needChannels(op, "dscale", dscale, channels)
	m := needChannels(op, "mean", mean, channels)
	needApart(op, a, b, dyb, xb, m)
	needApart(op, b, dyb, xb, m)
	active.Load().BatchNormGradSums(dshift, dscale, dy, lddy, x, ldx, mean, rows, channels)
}

// BatchNormGrad writes byDy·dy + byX·(x - mean) + constant, channel by channel, to dx, which may be dy or x. With
// factors from BatchNormGradFactors this is the gradient of a normalisation by the batch's own moments.
func BatchNormGrad(dx []float32, lddx int, dy []float32, lddy int, x []float32, ldx int, mean, byDy, byX, constant []float32, rows, channels int) {
	const op = "BatchNormGrad"
	needChannelRows(op, rows, channels)
	out := needImages(op, "dx", dx, rows, channels, lddx)
	needSameOrApart(op, out, needImages(op, "dy", dy, rows, channels, lddy))
	needSameOrApart(op, out, needImages(op, "x", x, rows, channels, ldx))
	needApart(op, out, needChannels(op, "mean", mean, channels), needChannels(op, "byDy", byDy, channels), needChannels(op, "byX", byX, channels), needChannels(op, "constant", constant, channels))
	active.Load().BatchNormGrad(dx, lddx, dy, lddy, x, ldx, mean, byDy, byX, constant, rows, channels)
}

// BatchNormGradFactors turns the sums of BatchNormGradSums over the given number of rows into the gradient of gamma,
// r·dscale, in place of dscale, and into the factors of BatchNormGrad: with r = 1/√(variance + epsilon), byDy =
// gamma·r, byX = -byDy·r²·dscale/rows and constant = -byDy·dshift/rows.
func BatchNormGradFactors(byDy, byX, constant, dshift, dscale, gamma, variance []float32, epsilon float32, rows int) {
	const op = "BatchNormGradFactors"
	if rows < 1 {
		panic(fmt.Sprintf("kernels.%s: %d rows, want at least 1", op, rows))
	}
	n := len(gamma)
	needLen(op, "byDy", len(byDy), n)
	needLen(op, "byX", len(byX), n)
	needLen(op, "constant", len(constant), n)
	needLen(op, "dshift", len(dshift), n)
	needLen(op, "dscale", len(dscale), n)
	needLen(op, "variance", len(variance), n)
	for i, v := range variance {
		r := rsqrt32(v + epsilon)
		dscale[i] = float32(r * dscale[i])
		byDy[i] = float32(gamma[i] * r)
		mean := float32(byDy[i] / float32(rows))
		byX[i] = float32(-mean * float32(r*dscale[i]))
		constant[i] = float32(-mean * dshift[i])
	}
}

// ScaleChannels multiplies the channels of each image by factors of their own: y = scale·x, where scale is
// batch×channels and each image has the given number of positions, ldy and ldx elements apart. y must not overlap
// anything.
func ScaleChannels(y []float32, ldy int, x []float32, ldx int, scale []float32, batch, positions, channels int) {
	const op = "ScaleChannels"
	image := needScale(op, batch, positions, channels)
	yb, xb := needImages(op, "y", y, batch*positions, channels, ldy), needImages(op, "x", x, batch*positions, channels, ldx)
	needApart(op, yb, xb, needWeights(op, "scale", scale, batch*channels))
	for b := range batch {
		active.Load().DepthwiseConv(y[b*positions*ldy:], ldy, x[b*positions*ldx:], ldx, scale[b*channels:], image, channels)
	}
}

// ScaleChannelsGrad writes the gradient of ScaleChannels by its factors: sums of x·dy over the positions of each
// image, as one chain. The gradient by x is ScaleChannels of dy. dscale must not overlap anything.
func ScaleChannelsGrad(dscale []float32, x []float32, ldx int, dy []float32, lddy int, batch, positions, channels int) {
	const op = "ScaleChannelsGrad"
	image := needScale(op, batch, positions, channels)
	xb, yb := needImages(op, "x", x, batch*positions, channels, ldx), needImages(op, "dy", dy, batch*positions, channels, lddy)
	needApart(op, needWeights(op, "dscale", dscale, batch*channels), xb, yb)
	for b := range batch {
		active.Load().DepthwiseConvGradWeights(dscale[b*channels:], x[b*positions*ldx:], ldx, dy[b*positions*lddy:], lddy, image, channels)
	}
}

// needScale checks the sizes and returns one image as a window of one position that moves along a line.
func needScale(op string, batch, positions, channels int) Window {
	needSide(op, "batch", batch, 0)
	needSide(op, "positions", positions, 1)
	needSide(op, "channels", channels, 1)
	needCountable(op, "scale", max(batch, 1), channels, 1)
	return Window{Batch: 1, Height: 1, Width: positions, Kernel: [2]int{1, 1}, Stride: [2]int{1, 1}}
}

func needChannelRows(op string, rows, channels int) {
	if rows < 1 || channels < 1 {
		panic(fmt.Sprintf("kernels.%s: %d rows of %d channels, want at least one of each", op, rows, channels))
	}
}

func needChannels(op, name string, v []float32, channels int) block {
	needLen(op, name, len(v), channels)
	return vector(name, v)
}
