package layers

import "srhmbench/kernels"

// norm is a batch normalisation (Ioffe and Szegedy, 2015) as PyTorch does it: in training with the moments of the
// batch, over all its images and positions, and else with running ones, of which the variance is unbiased.
type norm struct {
	shape          Shape
	gamma, beta    *tensor
	mean, variance *tensor // running

	x, y                   []float32
	batchMean, batchSquare []float32 // moments of the batch
	scale, sums            []float32
}

const (
	normEpsilon = 1e-5
	normRate    = 0.1
)

func (n *norm) forward(p *pass, x []float32) []float32 {
	c, rows := n.shape.Channels, len(x)/n.shape.Channels
	n.x, n.scale = x, grown(n.scale, c)
	mean, variance := n.mean.w, n.variance.w
	if p.mode != evaluating {
		mean, variance = n.moments(p, rows)
	}
	y := x // nothing goes back through running moments, so that x is of no more use
	if p.mode == training {
		n.y = grown(n.y, len(x))
		y = n.y
		kernels.BatchNormRunning(n.mean.w, n.variance.w, mean, variance, rows, normRate)
	}
	kernels.BatchNormScale(n.scale, n.gamma.w, variance, normEpsilon)
	p.split(rows, 1, perNumber*len(x), func(lo, hi int) {
		kernels.BatchNorm(y[lo*c:], c, x[lo*c:], c, mean, n.scale, n.beta.w, hi-lo, c)
	})
	return y
}

func (n *norm) moments(p *pass, rows int) (mean, variance []float32) {
	c := n.shape.Channels
	n.batchMean, n.batchSquare = grown(n.batchMean, c), grown(n.batchSquare, c)
	p.split(c, 16, 2*perNumber*rows*c, func(lo, hi int) {
		kernels.BatchNormMoments(n.batchMean[lo:hi], n.batchSquare[lo:hi], n.x[lo:], c, rows, hi-lo)
	})
	return n.batchMean, n.batchSquare
}

func (n *norm) backward(p *pass, dy []float32) []float32 {
	c, rows := n.shape.Channels, len(dy)/n.shape.Channels
	n.sums = grown(n.sums, 5*c)
	part := func(i int) []float32 { return n.sums[i*c : (i+1)*c] }
	dbeta, dgamma, byDy, byX, constant := part(0), part(1), part(2), part(3), part(4)
	p.split(c, 16, 2*perNumber*rows*c, func(lo, hi int) {
		kernels.BatchNormGradSums(dbeta[lo:hi], dgamma[lo:hi], dy[lo:], c, n.x[lo:], c, n.batchMean[lo:hi], rows, hi-lo)
	})
	kernels.BatchNormGradFactors(byDy, byX, constant, dbeta, dgamma, n.gamma.w, n.batchSquare, normEpsilon, rows)
	p.split(rows, 1, perNumber*len(dy), func(lo, hi int) {
		kernels.BatchNormGrad(dy[lo*c:], c, dy[lo*c:], c, n.x[lo*c:], c, n.batchMean, byDy, byX, constant, hi-lo, c)
	})
	p.step(n.gamma, dgamma)
	p.step(n.beta, dbeta)
	return dy
}

func (n *norm) tensors() []*tensor { return []*tensor{n.gamma, n.beta, n.mean, n.variance} }

func (n *norm) cost() cost { return cost{training: n.shape.size(), gradient: n.shape.size()} }
