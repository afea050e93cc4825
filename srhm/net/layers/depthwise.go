package layers

import "srhmbench/kernels"

// depthwise is a convolution of every channel with a kernel of its own.
type depthwise struct {
	window  kernels.Window
	in, out Shape
	weight  *tensor

	x, y, gradient []float32
}

func (d *depthwise) forward(p *pass, x []float32) []float32 {
	d.x, d.y = x, grown(d.y, p.images*d.out.size())
	d.images(p, func(lo, hi int) {
		kernels.DepthwiseConv(d.y[lo*d.out.size():], d.out.Channels, x[lo*d.in.size():], d.in.Channels, d.weight.w, of(d.window, hi-lo), d.in.Channels)
	})
	return d.y
}

func (d *depthwise) backward(p *pass, dy []float32) []float32 {
	channels := d.in.Channels
	dx := p.take(p.images * d.in.size())
	d.gradient = grown(d.gradient, d.weight.length)
	d.images(p, func(lo, hi int) {
		kernels.DepthwiseConvGradInput(dx[lo*d.in.size():], channels, dy[lo*d.out.size():], channels, d.weight.w, of(d.window, hi-lo), channels)
	})
	kernels.DepthwiseConvGradWeights(d.gradient, d.x, channels, dy, channels, of(d.window, p.images), channels)
	p.step(d.weight, d.gradient)
	p.give(dy)
	return dx
}

func (d *depthwise) images(p *pass, f func(lo, hi int)) {
	p.split(p.images, 1, perNumber*p.images*(d.in.size()+d.out.size()), f)
}

func (d *depthwise) tensors() []*tensor { return []*tensor{d.weight} }

func (d *depthwise) cost() cost {
	k := d.in.Channels
	return cost{d.out.size() * d.window.Taps(), meetings(d.window) * k, d.out.size(), 0, max(d.in.size(), d.out.size())}
}
