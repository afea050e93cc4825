package layers

import "srhmbench/kernels"

// maxPool takes the largest number of each window.
type maxPool struct {
	window   kernels.Window
	in, out  Shape
	y, which []float32
}

func (m *maxPool) forward(p *pass, x []float32) []float32 {
	n, c := m.out.size(), m.in.Channels
	m.y, m.which = grown(m.y, p.images*n), grown(m.which, p.images*n)
	p.split(p.images, 1, perNumber*len(x), func(lo, hi int) {
		kernels.MaxPool(m.y[lo*n:], m.which[lo*n:], c, x[lo*m.in.size():], c, of(m.window, hi-lo), c)
	})
	return m.y
}

func (m *maxPool) backward(p *pass, dy []float32) []float32 {
	n, c := m.out.size(), m.in.Channels
	dx := p.take(p.images * m.in.size())
	p.split(p.images, 1, perNumber*len(dx), func(lo, hi int) {
		kernels.MaxPoolGrad(dx[lo*m.in.size():], c, dy[lo*n:], m.which[lo*n:], c, of(m.window, hi-lo), c)
	})
	p.give(dy)
	return dx
}

func (m *maxPool) tensors() []*tensor { return nil }
func (m *maxPool) cost() cost         { return cost{outputs: 2 * m.out.size(), gradient: m.in.size()} }

// meanPool takes the mean of each window.
type meanPool struct {
	window  kernels.Window
	in, out Shape
	y       []float32
}

func (m *meanPool) forward(p *pass, x []float32) []float32 {
	c := m.in.Channels
	m.y = grown(m.y, p.images*m.out.size())
	p.split(p.images, 1, perNumber*len(x), func(lo, hi int) {
		kernels.AveragePool(m.y[lo*m.out.size():], c, x[lo*m.in.size():], c, of(m.window, hi-lo), c)
	})
	return m.y
}

func (m *meanPool) backward(p *pass, dy []float32) []float32 {
	c := m.in.Channels
	dx := p.take(p.images * m.in.size())
	p.split(p.images, 1, perNumber*len(dx), func(lo, hi int) {
		kernels.AveragePoolGrad(dx[lo*m.in.size():], c, dy[lo*m.out.size():], c, of(m.window, hi-lo), c)
	})
	p.give(dy)
	return dx
}

func (m *meanPool) tensors() []*tensor { return nil }
func (m *meanPool) cost() cost         { return cost{outputs: m.out.size(), gradient: m.in.size()} }
