package layers

import "srhmbench/kernels"

// add sums what a branch and a shortcut make of the same images, in the memory of the branch. A nil shortcut is the
// identity.
type add struct {
	branch, shortcut chain
	shape            Shape // of the sum
}

func (a *add) forward(p *pass, x []float32) []float32 {
	short := a.shortcut.forward(p, x) // before the branch, which may be inside memory that it shares with nothing
	y := a.branch.forward(p, x)
	p.each(len(y), func(lo, hi int) { kernels.Add(y[lo:hi], y[lo:hi], short[lo:hi]) })
	return y
}

func (a *add) backward(p *pass, dy []float32) []float32 {
	short := p.take(len(dy))
	copy(short, dy)
	dx := a.branch.backward(p, dy)
	short = a.shortcut.backward(p, short)
	p.each(len(dx), func(lo, hi int) { kernels.Add(dx[lo:hi], dx[lo:hi], short[lo:hi]) })
	p.give(short)
	return dx
}

func (a *add) tensors() []*tensor { return append(a.branch.tensors(), a.shortcut.tensors()...) }

func (a *add) cost() cost { return a.branch.cost().plus(a.shortcut.cost()) }

// scale multiplies the channels of every image by the factors that a branch makes of the image.
type scale struct {
	branch  chain
	shape   Shape
	x, y, s []float32
}

func (e *scale) forward(p *pass, x []float32) []float32 {
	e.x, e.y, e.s = x, grown(e.y, len(x)), e.branch.forward(p, x)
	n, c := e.shape.size(), e.shape.Channels
	p.split(p.images, 1, perNumber*len(x), func(lo, hi int) {
		kernels.Excite(e.y[lo*n:], c, x[lo*n:], c, e.s[lo*c:], hi-lo, e.shape.positions(), c)
	})
	return e.y
}

func (e *scale) backward(p *pass, dy []float32) []float32 {
	n, c := e.shape.size(), e.shape.Channels
	ds := p.take(p.images * c)
	p.split(p.images, 1, perNumber*len(dy), func(lo, hi int) {
		kernels.ExciteGrad(dy[lo*n:], c, ds[lo*c:], dy[lo*n:], c, e.x[lo*n:], c, e.s[lo*c:], hi-lo, e.shape.positions(), c)
	})
	dx := e.branch.backward(p, ds)
	p.each(len(dy), func(lo, hi int) { kernels.Add(dy[lo:hi], dy[lo:hi], dx[lo:hi]) })
	p.give(dx)
	return dy
}

func (e *scale) tensors() []*tensor { return e.branch.tensors() }

func (e *scale) cost() cost {
	return e.branch.cost().plus(cost{outputs: e.shape.size(), gradient: e.shape.size()})
}
