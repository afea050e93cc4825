package layers

import "srhmbench/kernels"

// relu is max(0, x), in the memory of x. Its outputs are a node.
type relu struct {
	shape Shape
	y     []float32
}

func (r *relu) forward(p *pass, x []float32) []float32 {
	r.y = x
	p.each(len(x), func(lo, hi int) { kernels.ReLU(x[lo:hi], x[lo:hi]) })
	if p.look != nil {
		p.look(x, r.shape)
	}
	return x
}

func (r *relu) backward(p *pass, dy []float32) []float32 {
	p.each(len(dy), func(lo, hi int) { kernels.ReLUGrad(dy[lo:hi], dy[lo:hi], r.y[lo:hi]) })
	return dy
}

func (r *relu) tensors() []*tensor { return nil }
func (r *relu) cost() cost         { return cost{gradient: r.shape.size()} }

// silu is x·sigmoid(x), which Ramachandran, Zoph and Le (2017) call swish. The sigmoid is a node.
type silu struct {
	shape      Shape
	x, y, gate []float32
}

func (s *silu) forward(p *pass, x []float32) []float32 {
	s.x, s.y = x, grown(s.y, len(x))
	p.each(len(x), func(lo, hi int) { kernels.SiLU(s.y[lo:hi], x[lo:hi]) })
	if p.look != nil {
		s.gate = grown(s.gate, len(x))
		p.each(len(x), func(lo, hi int) { kernels.Sigmoid(s.gate[lo:hi], x[lo:hi]) })
		p.look(s.gate, s.shape)
	}
	return s.y
}

func (s *silu) backward(p *pass, dy []float32) []float32 {
	p.each(len(dy), func(lo, hi int) { kernels.SiLUGrad(dy[lo:hi], dy[lo:hi], s.x[lo:hi]) })
	return dy
}

func (s *silu) tensors() []*tensor { return nil }
func (s *silu) cost() cost         { return cost{outputs: 2 * s.shape.size(), gradient: s.shape.size()} }

// sigmoid is 1/(1+exp(-x)), in the memory of x. Its outputs are a node.
type sigmoid struct {
	shape Shape
	y     []float32
}

func (s *sigmoid) forward(p *pass, x []float32) []float32 {
	s.y = x
	p.each(len(x), func(lo, hi int) { kernels.Sigmoid(x[lo:hi], x[lo:hi]) })
	if p.look != nil {
		p.look(x, s.shape)
	}
	return x
}

func (s *sigmoid) backward(p *pass, dy []float32) []float32 {
	p.each(len(dy), func(lo, hi int) { kernels.SigmoidGrad(dy[lo:hi], dy[lo:hi], s.y[lo:hi]) })
	return dy
}

func (s *sigmoid) tensors() []*tensor { return nil }
func (s *sigmoid) cost() cost         { return cost{gradient: s.shape.size()} }
