package main

import (
	"srhmbench/kernels"
)

// ours is this project's kernels, on the tier in use.
type ours struct{}

func (ours) name() string { return "srhmbench." + kernels.Active().String() }

func (ours) describe() string { return "kernels of tier " + kernels.Active().String() }

// products work on panelled weights. The batch is padded to a multiple of 8, as package net does it.
func (ours) products(l layer, o *operands) products {
	rows := (l.m + 7) / 8 * 8
	w, mom := panels(o.w, l), panels(o.mom, l)
	dyT, daT := make([]float32, l.n*rows), make([]float32, l.k*rows)
	return products{
		forward: func() { kernels.GEMM(o.y, l.n, o.a, l.k, w, l.m, l.n, l.k, false) },
		backward: func() {
			kernels.Transpose(dyT, rows, o.dy, l.n, l.m, l.n)
			kernels.GEMMT(daT, rows, w, 16*l.k, dyT, rows, l.k, l.n, rows)
			kernels.Transpose(o.da, l.k, daT, rows, l.k, l.m)
		},
		update: func() { kernels.MomentumGEMM(w, mom, o.a, l.k, o.dy, l.n, l.k, l.n, l.m, momentum, rate) },
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
	for r := range l.k {
		for c := range l.n {
			out[kernels.PanelIndex(l.k, r, c)] = x[r*l.n+c]
		}
	}
	return out
}
