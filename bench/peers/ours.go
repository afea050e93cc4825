package main

import (
	"srhmbench/kernels"
)

// ours provides this project's kernels on the tier in use.
type ours struct{}

func (ours) name() string { return "srhmbench." + kernels.Active().String() }

func (ours) describe() string { return "kernels of tier " + kernels.Active().String() }

// products use panelled weights, except for MatMul and RankK. Backward takes a few examples as they are and pads a
// batch to a multiple of 8, as package net does.
func (ours) products(l layer, o *operands) products {
	rows := (l.m + 7) / 8 * 8
	w, mom := panels(o.w, l), panels(o.mom, l)
	dyT, daT := make([]float32, l.n*rows), make([]float32, l.k*rows)
	return products{
		do: map[string]func(){
			forward: func() { kernels.GEMM(o.y, l.n, o.a, l.k, w, l.m, l.n, l.k, false) },
			backward: func() {
				if l.m <= 4 && l.k%16 == 0 {
					kernels.GEMMNT(o.da, l.k, o.dy, l.n, w, 16*l.k, l.m, l.k, l.n)
					return
				}
				kernels.Transpose(dyT, rows, o.dy, l.n, l.m, l.n)
				kernels.GEMMT(daT, rows, w, 16*l.k, dyT, rows, l.k, l.n, rows)
				kernels.Transpose(o.da, l.k, daT, rows, l.k, l.m)
			},
			update: func() { kernels.MomentumGEMM(w, mom, o.a, l.k, o.dy, l.n, l.k, l.n, l.m, momentum, rate) },
			matMul: func() { kernels.MatMul(kernels.NN, o.y, l.n, o.a, l.k, o.w, l.n, l.m, l.n, l.k, false) },
			rankK:  func() { kernels.RankK(o.y, l.n, o.a, l.k, o.w, l.n, l.m, l.n, l.k) },
			genericMatMul: func() {
				undo, err := kernels.Force(kernels.Generic)
				if err != nil {
					panic(err) // every build has it
				}
				defer undo()
				kernels.MatMul(kernels.NN, o.y, l.n, o.a, l.k, o.w, l.n, l.m, l.n, l.k, false)
			},
			relaxedMatMul: func() { kernels.RelaxedMatMul(kernels.NN, o.y, l.n, o.a, l.k, o.w, l.n, l.m, l.n, l.k, false) },
		},
		results: func() {
			for r := range l.k {
				for c := range l.n {
					o.mom[r*l.n+c] = mom[kernels.PanelIndex(l.k, r, c)]
				}
			}
		},
	}
}

func panels(x []float32, l layer) []float32 {
	out := make([]float32, kernels.Panelled(l.k, l.n))
	kernels.Pack(out, x, l.n, l.k, l.n)
	return out
}

func (ours) momentum(v *vectors) func() {
	return func() { kernels.Momentum(v.w, v.mom, v.grad, 1, momentum, rate) }
}

// convolutions keep weights in panels. The gradient of the input needs them turned, and that counts.
func (ours) convolutions(s kernels.ConvShape, o *images) (convolutions, error) {
	if isDepthwise(s) {
		return depthwise(s, o), nil
	}
	w, dw, turned := make([]float32, s.Weights()), make([]float32, s.Weights()), make([]float32, s.TurnedWeights())
	each(s, func(i, at int) { w[at] = o.w[i] })
	return convolutions{
		do: map[string]func(){
			conv: func() { kernels.Conv(o.y, s.Out, o.x, s.In, w, s, false) },
			convGradInput: func() {
				kernels.TurnWeights(turned, w, s)
				kernels.ConvGradInput(o.dx, s.In, o.dy, s.Out, turned, s, false)
			},
			convGradWeights: func() { kernels.ConvGradWeights(dw, o.x, s.In, o.dy, s.Out, s, false) },
		},
		results: func() { each(s, func(i, at int) { o.dw[i] = dw[at] }) },
	}, nil
}

// each calls f with every weight and its index in ours.
func each(s kernels.ConvShape, f func(i, at int)) {
	in, out := s.In/s.Groups, s.Out/s.Groups
	for i := range s.Groups * s.Taps() * in * out {
		f(i, s.WeightIndex(i/(out*in*s.Taps()), i/(out*in)%s.Taps(), i/out%in, i%out))
	}
}

// depthwise stores the weights of a tap together.
func depthwise(s kernels.ConvShape, o *images) convolutions {
	taps, c := s.Taps(), s.In
	w, dw := make([]float32, taps*c), make([]float32, taps*c)
	kernels.Transpose(w, c, o.w, taps, c, taps)
	return convolutions{
		do: map[string]func(){
			conv:            func() { kernels.DepthwiseConv(o.y, c, o.x, c, w, s.Window, c) },
			convGradInput:   func() { kernels.DepthwiseConvGradInput(o.dx, c, o.dy, c, w, s.Window, c) },
			convGradWeights: func() { kernels.DepthwiseConvGradWeights(dw, o.x, c, o.dy, c, s.Window, c) },
		},
		results: func() { kernels.Transpose(o.dw, taps, dw, c, taps, c) },
	}
}
