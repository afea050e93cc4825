package kernels_test

import (
	"testing"

	"srhmbench/kernels"
)

// cut returns n elements of a buffer, starting at element from.
func cut(buffer []float32, from, n int) []float32 { return buffer[from : from+n : from+n] }

func TestOverlapPanics(t *testing.T) {
	x := floats(4000)
	y := floats(4000)
	for _, w := range []wrongUse{
		{"GEMM", "c overlaps a", func() { kernels.GEMM(cut(x, 9, 32), 16, cut(x, 0, 15), 5, y, 2, 16, 5, false) }},
		{"GEMM", "c overlaps a", func() { kernels.GEMM(cut(x, 0, 32), 16, cut(x, 31, 15), 5, y, 2, 16, 5, false) }},
		{"GEMM", "c overlaps a", func() { kernels.GEMM(cut(x, 4, 56), 40, cut(x, 0, 45), 40, y, 2, 16, 5, false) }},
		{"GEMM", "c overlaps a", func() { kernels.GEMM(cut(x, 38, 56), 40, cut(x, 0, 45), 40, y, 2, 16, 5, false) }},
		{"GEMM", "c overlaps b", func() { kernels.GEMM(cut(x, 79, 32), 16, y, 5, cut(x, 0, 80), 2, 16, 5, false) }},
		{"GEMMT", "ct overlaps w", func() { kernels.GEMMT(cut(x, 31, 16), 8, cut(x, 0, 32), 32, y, 8, 2, 16, 8) }},
		{"GEMMT", "ct overlaps zt", func() { kernels.GEMMT(cut(x, 0, 16), 8, y, 32, cut(x, 15, 128), 8, 2, 16, 8) }},
		{"GEMMNT", "c overlaps z", func() { kernels.GEMMNT(cut(x, 31, 32), 16, cut(x, 0, 32), 16, y, 256, 2, 16, 16) }},
		{"GEMMNT", "c overlaps w", func() { kernels.GEMMNT(cut(x, 0, 32), 16, y, 16, cut(x, 31, 256), 256, 2, 16, 16) }},
		{"MomentumGEMM", "w overlaps m", func() { kernels.MomentumGEMM(x, x, y, 5, y, 16, 5, 16, 2, 1, 1) }},
		{"MomentumGEMM", "w overlaps a", func() { kernels.MomentumGEMM(x, y, cut(x, 79, 10), 5, floats(32), 16, 5, 16, 2, 1, 1) }},
		{"MomentumGEMM", "w overlaps z", func() { kernels.MomentumGEMM(x, y, floats(10), 5, cut(x, 79, 32), 16, 5, 16, 2, 1, 1) }},
		{"MomentumGEMM", "m overlaps a", func() { kernels.MomentumGEMM(x, y, cut(y, 79, 10), 5, floats(32), 16, 5, 16, 2, 1, 1) }},
		{"MomentumGEMM", "m overlaps z", func() { kernels.MomentumGEMM(x, y, floats(10), 5, cut(y, 79, 32), 16, 5, 16, 2, 1, 1) }},
		{"MatMul", "c overlaps a", func() { kernels.MatMul(kernels.NN, cut(x, 9, 6), 3, cut(x, 0, 15), 5, y, 3, 2, 3, 5, false) }},
		{"MatMul", "c overlaps a", func() { kernels.MatMul(kernels.TN, cut(x, 9, 6), 3, cut(x, 0, 10), 2, y, 3, 2, 3, 5, false) }},
		{"MatMul", "c overlaps b", func() { kernels.MatMul(kernels.NT, cut(x, 14, 6), 3, y, 5, cut(x, 0, 15), 5, 2, 3, 5, false) }},
		{"ParallelMatMul", "c overlaps b", func() {
			kernels.ParallelMatMul(2, kernels.NN, cut(x, 14, 6), 3, y, 5, cut(x, 0, 15), 3, 2, 3, 5, false)
		}},
		{"BatchMatMul", "c overlaps a", func() {
			kernels.BatchMatMul(kernels.NN, 2, cut(x, 24, 12), 3, 6, cut(x, 0, 30), 5, 15, y, 3, 0, 2, 3, 5, false)
		}},
		{"GEMV", "y overlaps a", func() { kernels.GEMV(cut(x, 14, 3), cut(x, 0, 15), 5, cut(y, 0, 5), 3, 5, false) }},
		{"GEMV", "y overlaps x", func() { kernels.GEMV(cut(x, 0, 3), y, 5, cut(x, 2, 5), 3, 5, false) }},
		{"GEMVT", "y overlaps a", func() { kernels.GEMVT(cut(x, 14, 5), cut(x, 0, 15), 5, cut(y, 0, 3), 3, 5, false) }},
		{"GEMVT", "y overlaps x", func() { kernels.GEMVT(cut(x, 0, 5), y, 5, cut(x, 4, 3), 3, 5, false) }},
		{"RankK", "c overlaps a", func() { kernels.RankK(cut(x, 0, 15), 5, cut(x, 14, 6), 2, y, 5, 3, 5, 2) }},
		{"RankK", "c overlaps b", func() { kernels.RankK(cut(x, 0, 15), 5, y, 2, cut(x, 14, 10), 5, 3, 5, 2) }},
		{"GER", "a overlaps x", func() { kernels.GER(cut(x, 0, 15), 5, cut(x, 14, 3), cut(y, 0, 5), 3, 5) }},
		{"GER", "a overlaps y", func() { kernels.GER(cut(x, 0, 15), 5, cut(y, 0, 3), cut(x, 14, 5), 3, 5) }},
		{"Pack", "dst overlaps src", func() { kernels.Pack(cut(x, 14, 48), cut(x, 0, 15), 5, 3, 5) }},
		{"Transpose", "dst overlaps src", func() { kernels.Transpose(x, 3, x, 3, 3, 3) }},
		{"Transpose", "dst overlaps src", func() { kernels.Transpose(cut(x, 14, 15), 3, cut(x, 0, 15), 5, 3, 5) }},
		{"GatherRows", "Dst overlaps Base", func() { gatherInto(cut(x, 1, 8), 4, cut(x, 0, 8), 4, y) }},
		{"GatherRows", "Dst overlaps Base", func() { gatherInto(cut(x, 0, 14), 10, cut(x, 0, 8), 4, y) }},
		{"GatherRows", "Dst overlaps Src", func() { gatherInto(cut(x, 3, 8), 4, y, 4, cut(x, 0, 8)) }},
		{"ReLU", "dst overlaps src", func() { kernels.ReLU(cut(x, 1, 20), cut(x, 0, 20)) }},
		{"ReLUGrad", "dz overlaps dx", func() { kernels.ReLUGrad(cut(x, 0, 20), cut(x, 19, 20), cut(y, 0, 20)) }},
		{"ReLUGrad", "dz overlaps z", func() { kernels.ReLUGrad(cut(x, 0, 20), cut(y, 0, 20), cut(x, 1, 20)) }},
		{"Momentum", "w overlaps m", func() { kernels.Momentum(cut(x, 0, 20), cut(x, 0, 20), cut(y, 0, 20), 1, 1, 1) }},
		{"Momentum", "w overlaps grad", func() { kernels.Momentum(cut(x, 0, 20), cut(y, 0, 20), cut(x, 19, 20), 1, 1, 1) }},
		{"Momentum", "m overlaps grad", func() { kernels.Momentum(cut(x, 0, 20), cut(y, 0, 20), cut(y, 0, 20), 1, 1, 1) }},
		{"MomentumSteps", "w overlaps m", func() { kernels.MomentumSteps(cut(x, 15, 16), cut(x, 0, 16), 2, 1, 1) }},
		{"CatchUp", "w overlaps m", func() { kernels.CatchUp(cut(x, 5, 20), cut(x, 0, 20), 1, 1) }},
		{"Softmax", "dst overlaps src", func() { kernels.Softmax(cut(x, 1, 20), cut(x, 0, 20), 1) }},
	} {
		mustPanic(t, w)
	}
}

// gatherInto copies rows 0 and 1 of base, 4 columns wide.
func gatherInto(dst []float32, ldd int, base []float32, ldb int, src []float32) {
	both := []int32{0, 1}
	kernels.GatherRows(kernels.Gather{
		Dst:   kernels.Rows{Data: dst, Stride: ldd, Index: both},
		Base:  kernels.Rows{Data: base, Stride: ldb, Index: both},
		Src:   kernels.Rows{Data: src, Stride: 4},
		Start: []int32{0, 0, 0}, Width: 4, Scale: 1,
	})
}

// Neighbours in one buffer share nothing, whether one follows the other or they lie side by side in rows of one
// stride.
func TestNeighboursAreApart(t *testing.T) {
	x := floats(4000)
	kernels.GEMM(cut(x, 15, 32), 16, cut(x, 0, 15), 5, cut(x, 47, 80), 2, 16, 5, false)
	kernels.GEMM(cut(x, 5, 56), 40, cut(x, 0, 45), 40, cut(x, 100, 80), 2, 16, 5, false)
	kernels.GEMM(cut(x, 0, 56), 40, cut(x, 16, 45), 40, cut(x, 100, 80), 2, 16, 5, false)
	kernels.GEMM(cut(x, 24, 56), 40, cut(x, 19, 45), 40, cut(x, 100, 80), 2, 16, 5, false)
	kernels.MatMul(kernels.NN, cut(x, 15, 6), 3, cut(x, 0, 10), 5, cut(x, 21, 15), 3, 2, 3, 5, false)
	kernels.MatMul(kernels.NN, cut(x, 5, 19), 16, cut(x, 0, 21), 16, cut(x, 8, 67), 16, 2, 3, 5, false)
	kernels.Pack(cut(x, 15, 48), cut(x, 0, 15), 5, 3, 5)
	kernels.Transpose(cut(x, 0, 15), 3, cut(x, 15, 15), 5, 3, 5)
	kernels.MomentumGEMM(cut(x, 0, 80), cut(x, 80, 80), cut(x, 160, 26), 21, cut(x, 165, 37), 21, 5, 16, 2, 1, 1)
	kernels.ReLU(cut(x, 0, 20), cut(x, 20, 20))
	kernels.ReLU(cut(x, 20, 20), cut(x, 0, 20))
	gatherInto(cut(x, 0, 8), 4, cut(x, 8, 8), 4, cut(x, 16, 8))
	gatherInto(cut(x, 4, 8), 4, cut(x, 0, 8), 4, cut(x, 8, 8))
	gatherInto(cut(x, 0, 14), 10, cut(x, 4, 14), 10, nil)
}
