package main

import (
	"srhmbench/kernels"
	"srhmbench/kernels/kerneltest"
)

// flops is what one of our kernels does at these sizes, by its description. Every library is credited with as many.
func flops(op string, sizes map[string]int) float64 {
	o, ok := kerneltest.Lookup(op)
	if !ok {
		panic("no operation " + op)
	}
	return o.Job(sizes).Flops
}

// flops of a product. Backward is as many as forward.
func (l layer) flops(product string) float64 {
	op := map[string]string{
		forward: "GEMM", backward: "GEMM", update: "MomentumGEMM", matMul: "MatMul", rankK: "RankK",
		genericMatMul: "MatMul", relaxedMatMul: "MatMul",
	}[product]
	return flops(op, map[string]int{"m": l.m, "samples": l.m, "n": l.n, "k": l.k})
}

func convolutionFlops(name string, s kernels.ConvShape) float64 {
	return flops(name, map[string]int{
		"batch": s.Batch, "height": s.Height, "width": s.Width, "kernel": s.Kernel[1], "stride": s.Stride[1],
		"in": s.In, "out": s.Out, "groups": s.Groups,
	})
}
