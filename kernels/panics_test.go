package kernels_test

import (
	"fmt"
	"math"
	"math/bits"
	"strings"
	"testing"

	"srhmbench/kernels"
)

// wrap times 16 overflows to 0 in an int: a size that only a careless check lets pass.
const wrap = 1 << (bits.UintSize - 4)

const huge = math.MaxInt

func floats(n int) []float32 { return make([]float32, n) }

// wrongUse is a call that must panic, with a message that starts with the operation and names the fault.
type wrongUse struct {
	op, says string
	call     func()
}

func wrongUses() []wrongUse {
	var all []wrongUse
	add := func(op, says string, call func()) { all = append(all, wrongUse{op, says, call}) }

	gemm := func(c, a, b, ldc, lda, m, n, k int, says string) {
		add("GEMM", says, func() { kernels.GEMM(floats(c), ldc, floats(a), lda, floats(b), m, n, k, true) })
	}
	gemm(47, 10, 80, 16, 5, 3, 16, 5, "c has 47 elements")
	gemm(48, 9, 80, 16, 5, 2, 16, 5, "a has 9 elements")
	gemm(48, 15, 79, 16, 5, 3, 16, 5, "b has 79 elements")
	gemm(48, 15, 80, 15, 5, 3, 16, 5, "c has stride 15")
	gemm(48, 15, 80, 16, 4, 3, 16, 5, "a has stride 4")
	gemm(48, 15, 80, 0, 5, 3, 16, 5, "c has stride 0")
	gemm(48, 15, 80, -16, 5, 3, 16, 5, "c has a negative size")
	gemm(48, 15, 80, 16, -5, 3, 16, 5, "a has a negative size")
	gemm(48, 15, 80, 16, 5, 3, 15, 5, "n is 15")
	gemm(48, 15, 80, 16, 5, 3, 17, 5, "n is 17")
	gemm(48, 15, 80, 16, 5, 3, -16, 5, "c has a negative size")
	gemm(48, 15, 80, 16, 5, -3, 16, 5, "c has a negative size")
	gemm(48, 15, 80, 16, 5, 3, 16, -5, "a has a negative size")
	gemm(48, 15, 80, huge, 5, 3, 16, 5, "c has 48 elements")
	gemm(48, 15, 80, 16, huge, 3, 16, 5, "a has 15 elements")
	gemm(48, 15, 80, 16, huge, 0, 16, wrap, "b has 80 elements")
	gemm(48, 15, 80, 16, 5, huge, 16, 5, "c has 48 elements")
	gemm(48, 15, 80, 16, 5, 3, huge/16*16, 5, "c has stride 16")
	gemm(48, 15, 80, huge, 5, 1, huge/16*16, 5, "c has 48 elements")

	gemmNT := func(c, z, w, ldc, ldz, stride, m, rows, n int, says string) {
		add("GEMMNT", says, func() { kernels.GEMMNT(floats(c), ldc, floats(z), ldz, floats(w), stride, m, rows, n) })
	}
	gemmNT(47, 96, 544, 16, 32, 288, 3, 16, 32, "c has 47 elements")
	gemmNT(48, 95, 544, 16, 32, 288, 3, 16, 32, "z has 95 elements")
	gemmNT(48, 96, 543, 16, 32, 288, 3, 16, 32, "w has 543 elements")
	gemmNT(48, 96, 544, 15, 32, 288, 3, 16, 32, "c has stride 15")
	gemmNT(48, 96, 544, 16, 31, 288, 3, 16, 32, "z has stride 31")
	gemmNT(48, 96, 544, 16, 32, 255, 3, 16, 32, "w has stride 255")
	gemmNT(48, 96, 544, -16, 32, 288, 3, 16, 32, "c has a negative size")
	gemmNT(48, 96, 544, 16, -32, 288, 3, 16, 32, "z has a negative size")
	gemmNT(48, 96, 544, 16, 32, -288, 3, 16, 32, "w has a negative size")
	gemmNT(48, 96, 544, 16, 32, 288, 3, 15, 32, "rows is 15")
	gemmNT(48, 96, 544, 16, 32, 288, 3, 24, 32, "rows is 24")
	gemmNT(48, 96, 544, 16, 32, 288, 3, 16, 31, "n is 31")
	gemmNT(48, 96, 544, 16, 32, 288, -3, 16, 32, "c has a negative size")
	gemmNT(48, 96, 544, 16, 32, 288, 3, -16, 32, "c has a negative size")
	gemmNT(48, 96, 544, 16, 32, 288, 3, 16, -32, "z has a negative size")
	gemmNT(48, 96, 544, huge, 32, 288, 3, 16, 32, "c has 48 elements")
	gemmNT(48, 96, 544, 16, huge, 288, 3, 16, 32, "z has 96 elements")
	gemmNT(48, 96, 544, 16, 32, huge, 3, 16, 32, "w has 544 elements")
	gemmNT(48, 96, 544, 16, 32, 288, huge, 16, 32, "c has 48 elements")
	gemmNT(48, 96, 544, 16, 32, 288, 1, wrap, 32, "c has 48 elements")
	gemmNT(48, 96, 544, 16, 32, 288, 1, 16, huge/16*16, "z has 96 elements")

	gemmT := func(ct, w, zt, ldct, stride, ldzt, rows, n, width int, says string) {
		add("GEMMT", says, func() { kernels.GEMMT(floats(ct), ldct, floats(w), stride, floats(zt), ldzt, rows, n, width) })
	}
	gemmT(23, 96, 256, 8, 48, 8, 3, 32, 8, "ct has 23 elements")
	gemmT(24, 95, 256, 8, 48, 8, 3, 32, 8, "w has 95 elements")
	gemmT(24, 96, 255, 8, 48, 8, 3, 32, 8, "zt has 255 elements")
	gemmT(24, 96, 256, 7, 48, 8, 3, 32, 8, "ct has stride 7")
	gemmT(24, 96, 256, 8, 47, 8, 3, 32, 8, "w has stride 47")
	gemmT(24, 96, 256, 8, 48, 7, 3, 32, 8, "zt has stride 7")
	gemmT(24, 96, 256, -8, 48, 8, 3, 32, 8, "ct has a negative size")
	gemmT(24, 96, 256, 8, -48, 8, 3, 32, 8, "w has a negative size")
	gemmT(24, 96, 256, 8, 48, -8, 3, 32, 8, "zt has a negative size")
	gemmT(24, 96, 256, 8, 48, 8, 3, 31, 8, "n is 31")
	gemmT(24, 96, 256, 8, 48, 8, 3, 32, 7, "width is 7")
	gemmT(24, 96, 256, 8, 48, 8, 3, 32, 12, "width is 12")
	gemmT(24, 96, 256, 8, 48, 8, -3, 32, 8, "ct has a negative size")
	gemmT(24, 96, 256, 8, 48, 8, 3, -32, 8, "zt has a negative size")
	gemmT(24, 96, 256, 8, 48, 8, 3, 32, -8, "ct has a negative size")
	gemmT(24, 96, 256, 8, 48, 8, wrap, 32, 8, "ct has 24 elements")
	gemmT(24, 96, 256, huge, 48, 8, 3, 32, 8, "ct has 24 elements")
	gemmT(24, 96, 256, 8, huge, 8, 3, 32, 8, "w has 96 elements")
	gemmT(24, 96, 256, 8, 48, huge, 3, 32, 8, "zt has 256 elements")
	gemmT(24, 96, 256, 8, 48, 8, 3, huge/16*16, 8, "zt has 256 elements")

	update := func(w, m, a, z, lda, ldz, k, n, samples int, says string) {
		add("MomentumGEMM", says, func() {
			kernels.MomentumGEMM(floats(w), floats(m), floats(a), lda, floats(z), ldz, k, n, samples, 0.9, 0.1)
		})
	}
	update(79, 80, 10, 32, 5, 16, 5, 16, 2, "w has 79 elements")
	update(80, 79, 10, 32, 5, 16, 5, 16, 2, "m has 79 elements")
	update(80, 80, 9, 32, 5, 16, 5, 16, 2, "a has 9 elements")
	update(80, 80, 10, 31, 5, 16, 5, 16, 2, "z has 31 elements")
	update(80, 80, 10, 32, 4, 16, 5, 16, 2, "a has stride 4")
	update(80, 80, 10, 32, 5, 15, 5, 16, 2, "z has stride 15")
	update(80, 80, 10, 32, -5, 16, 5, 16, 2, "a has a negative size")
	update(80, 80, 10, 32, 5, -16, 5, 16, 2, "z has a negative size")
	update(80, 80, 10, 32, 5, 16, -5, 16, 2, "w has a negative size")
	update(80, 80, 10, 32, 5, 16, 5, -16, 2, "w has a negative size")
	update(80, 80, 10, 32, 5, 16, 5, 16, -2, "a has a negative size")
	update(80, 80, 10, 32, 5, 16, 5, 20, 2, "n is 20")
	update(80, 80, 0, 0, 5, 16, wrap, 16, 0, "w has 80 elements")
	update(80, 80, 0, 0, 5, 16, wrap/2, 32, 0, "w has 80 elements")
	update(80, 80, 10, 32, 5, 16, 5, 16, huge, "a has 10 elements")
	update(80, 80, 10, 32, huge, 16, 5, 16, 2, "a has 10 elements")
	update(80, 80, 10, 32, 5, huge, 5, 16, 2, "z has 32 elements")

	transpose := func(dst, src, ldd, lds, rows, cols int, says string) {
		add("Transpose", says, func() { kernels.Transpose(floats(dst), ldd, floats(src), lds, rows, cols) })
	}
	transpose(14, 15, 3, 5, 3, 5, "dst has 14 elements")
	transpose(15, 14, 3, 5, 3, 5, "src has 14 elements")
	transpose(15, 15, 2, 5, 3, 5, "dst has stride 2")
	transpose(15, 15, 3, 4, 3, 5, "src has stride 4")
	transpose(15, 15, -3, 5, 3, 5, "dst has a negative size")
	transpose(15, 15, 3, -5, 3, 5, "src has a negative size")
	transpose(15, 15, 3, 5, -3, 5, "dst has a negative size")
	transpose(15, 15, 3, 5, 3, -5, "dst has a negative size")
	transpose(15, 15, huge, 5, 3, 5, "dst has 15 elements")
	transpose(15, 15, 3, huge, 3, 5, "src has 15 elements")
	transpose(15, 15, 3, 5, huge, 5, "dst has stride 3")
	transpose(15, 15, 3, 5, 3, huge, "dst has 15 elements")

	// A product that is right but for what the entry changes: 3×20 = 3×5 times 5×20.
	matMul := func(says string, change func(p *productArgs)) {
		p := productArgs{kernels.NN, 1, floats(60), floats(15), floats(100), 20, 5, 20, 0, 0, 0, 3, 20, 5}
		change(&p)
		if p.count == 1 && p.stepC == 0 {
			add("MatMul", says, func() { kernels.MatMul(p.t, p.c, p.ldc, p.a, p.lda, p.b, p.ldb, p.m, p.n, p.k, true) })
			add("ParallelMatMul", says, func() {
				kernels.ParallelMatMul(2, p.t, p.c, p.ldc, p.a, p.lda, p.b, p.ldb, p.m, p.n, p.k, true)
			})
		}
		add("BatchMatMul", says, func() {
			kernels.BatchMatMul(p.t, p.count, p.c, p.ldc, p.stepC, p.a, p.lda, p.stepA, p.b, p.ldb, p.stepB, p.m, p.n, p.k, true)
		})
	}
	add("RelaxedMatMul", "c has 59 elements", func() {
		kernels.RelaxedMatMul(kernels.NN, floats(59), 20, floats(15), 5, floats(100), 20, 3, 20, 5, false)
	})
	matMul("transposition -1", func(p *productArgs) { p.t = -1 })
	matMul("transposition 4", func(p *productArgs) { p.t = 4 })
	matMul("c has 59 elements", func(p *productArgs) { p.c = floats(59) })
	matMul("a has 14 elements", func(p *productArgs) { p.a = floats(14) })
	matMul("b has 99 elements", func(p *productArgs) { p.b = floats(99) })
	matMul("c has stride 19", func(p *productArgs) { p.ldc = 19 })
	matMul("a has stride 4", func(p *productArgs) { p.lda = 4 })
	matMul("b has stride 19", func(p *productArgs) { p.ldb = 19 })
	matMul("a has stride 2", func(p *productArgs) { p.t, p.lda = kernels.TN, 2 })
	matMul("b has stride 4", func(p *productArgs) { p.t, p.ldb = kernels.NT, 4 })
	matMul("a has 15 elements", func(p *productArgs) { p.t = kernels.TN })
	matMul("b has 100 elements", func(p *productArgs) { p.t = kernels.TT; p.lda = 3 })
	matMul("c has a negative size", func(p *productArgs) { p.m = -3 })
	matMul("c has a negative size", func(p *productArgs) { p.n = -20 })
	matMul("a has a negative size", func(p *productArgs) { p.k = -5 })
	matMul("c has a negative size", func(p *productArgs) { p.ldc = -20 })
	matMul("c has 60 elements", func(p *productArgs) { p.m = huge })
	matMul("c has stride 20", func(p *productArgs) { p.n = huge })
	matMul("a has stride 5", func(p *productArgs) { p.k = huge })
	matMul("c has 60 elements", func(p *productArgs) { p.ldc = huge })
	matMul("a has 15 elements", func(p *productArgs) { p.lda = huge })
	matMul("b has 100 elements", func(p *productArgs) { p.ldb = huge })
	matMul("-1 matrices c", func(p *productArgs) { p.count = -1 })
	matMul("c, -60 elements apart", func(p *productArgs) { p.stepC = -60 })
	matMul("a, -15 elements apart", func(p *productArgs) { p.stepC, p.stepA = 60, -15 })
	matMul("c has 60 elements, too few for 2", func(p *productArgs) { p.count, p.stepC = 2, 60 })
	matMul("a has 15 elements, too few for 2", func(p *productArgs) { p.count, p.stepC, p.c, p.stepA = 2, 60, floats(120), 1 })
	matMul("b has 100 elements, too few for 2", func(p *productArgs) { p.count, p.stepC, p.c, p.stepB = 2, 60, floats(120), huge })
	matMul("c has 60 elements, too few", func(p *productArgs) { p.count, p.stepC = huge, 60 })
	matMul("c has 59 elements from matrix to matrix", func(p *productArgs) { p.count, p.stepC, p.c = 2, 59, floats(119) })
	matMul("c has 0 elements from matrix to matrix", func(p *productArgs) { p.count = huge })
	add("ParallelMatMul", "0 threads", func() { kernels.ParallelMatMul(0, kernels.NN, nil, 0, nil, 0, nil, 0, 0, 0, 0, false) })

	pack := func(dst, src, lds, k, n int, says string) {
		add("Pack", says, func() { kernels.Pack(floats(dst), floats(src), lds, k, n) })
	}
	pack(95, 51, 17, 3, 17, "dst has 95 elements")
	pack(96, 50, 17, 3, 17, "src has 50 elements")
	pack(96, 51, 16, 3, 17, "src has stride 16")
	pack(96, 51, -17, 3, 17, "src has a negative size")
	pack(96, 51, 17, -3, 17, "src has a negative size")
	pack(96, 51, 17, huge, 17, "src has 51 elements")
	pack(96, 51, 17, 1, huge, "src has 51 elements")

	gemv := func(y, a, x, lda, m, n int, says string) {
		add("GEMV", says, func() { kernels.GEMV(floats(y), floats(a), lda, floats(x), m, n, true) })
	}
	gemvt := func(y, a, x, lda, m, n int, says string) {
		add("GEMVT", says, func() { kernels.GEMVT(floats(y), floats(a), lda, floats(x), m, n, true) })
	}
	ger := func(a, x, y, lda, m, n int, says string) {
		add("GER", says, func() { kernels.GER(floats(a), lda, floats(x), floats(y), m, n) })
	}
	for _, wrong := range []struct {
		a, lda, m, n int
		says         string
	}{
		{14, 5, 3, 5, "a has 14 elements"},
		{15, 4, 3, 5, "a has stride 4"},
		{15, -5, 3, 5, "a has a negative size"},
		{15, huge, 3, 5, "a has 15 elements"},
	} {
		gemv(3, wrong.a, 5, wrong.lda, wrong.m, wrong.n, wrong.says)
		gemvt(5, wrong.a, 3, wrong.lda, wrong.m, wrong.n, wrong.says)
		ger(wrong.a, 3, 5, wrong.lda, wrong.m, wrong.n, wrong.says)
	}
	for _, n := range []int{2, 4} {
		gemv(n, 15, 5, 5, 3, 5, fmt.Sprintf("y has %d elements", n))
		gemv(3, 15, n, 5, 3, 5, fmt.Sprintf("x has %d elements", n))
		gemvt(n, 15, 3, 5, 3, 5, fmt.Sprintf("y has %d elements", n))
		gemvt(5, 15, n, 5, 3, 5, fmt.Sprintf("x has %d elements", n))
		ger(15, n+2, 5, 5, 3, 5, fmt.Sprintf("x has %d elements", n+2))
		ger(15, 3, n, 5, 3, 5, fmt.Sprintf("y has %d elements", n))
	}
	gemv(3, 15, 5, 5, -3, 5, "y has 3 elements")
	gemvt(5, 15, 3, 5, -3, 5, "a has a negative size")
	ger(15, 3, 5, 5, -3, 5, "a has a negative size")

	rank := func(c, a, b, ldc, lda, ldb, m, n, k int, says string) {
		add("RankK", says, func() { kernels.RankK(floats(c), ldc, floats(a), lda, floats(b), ldb, m, n, k) })
	}
	rank(14, 6, 10, 5, 2, 5, 3, 5, 2, "c has 14 elements")
	rank(15, 5, 10, 5, 2, 5, 3, 5, 2, "a has 5 elements")
	rank(15, 6, 9, 5, 2, 5, 3, 5, 2, "b has 9 elements")
	rank(15, 6, 10, 4, 2, 5, 3, 5, 2, "c has stride 4")
	rank(15, 6, 10, 5, 1, 5, 3, 5, 2, "a has stride 1")
	rank(15, 6, 10, 5, 2, 4, 3, 5, 2, "b has stride 4")
	rank(15, 6, 10, 5, 2, 5, 3, 5, -2, "a has a negative size")
	rank(15, 6, 10, 5, 2, 5, -3, 5, 2, "c has a negative size")
	rank(15, 27, 45, 5, 9, 5, 3, 5, 9, "k is 9, want at most 8")
	rank(15, 6, 10, huge, 2, 5, 3, 5, 2, "c has 15 elements")

	// A gather that is right but for what the entry changes: 2 rows of 4 columns, 3 of base, 5 of src.
	gather := func(says string, change func(g *kernels.Gather)) {
		add("GatherRows", says, func() {
			g := kernels.Gather{
				Dst:   kernels.Rows{Data: floats(8), Stride: 4, Index: []int32{1, 0}},
				Base:  kernels.Rows{Data: floats(12), Stride: 4, Index: []int32{2, -1}},
				Src:   kernels.Rows{Data: floats(20), Stride: 4, Index: []int32{4, 0, 3}},
				Start: []int32{0, 2, 3}, Width: 4, Scale: 1,
			}
			change(&g)
			kernels.GatherRows(g)
		})
	}
	gather("Dst.Index names row 1 of 1", func(g *kernels.Gather) { g.Dst.Data = floats(7) })
	gather("Dst.Index names row 1 of 0", func(g *kernels.Gather) { g.Dst.Data = nil })
	gather("Base.Index names row 2 of 2", func(g *kernels.Gather) { g.Base.Data = floats(11) })
	gather("Src.Index names row 4 of 4", func(g *kernels.Gather) { g.Src.Data = floats(19) })
	gather("Dst.Index names row -1", func(g *kernels.Gather) { g.Dst.Index[0] = -1 })
	gather("Dst.Index names row 2 of 2", func(g *kernels.Gather) { g.Dst.Index[1] = 2 })
	gather("Dst.Index names row 2147483647", func(g *kernels.Gather) { g.Dst.Index[1] = math.MaxInt32 })
	gather("Base.Index names row -2", func(g *kernels.Gather) { g.Base.Index[0] = -2 })
	gather("Base.Index names row 3 of 3", func(g *kernels.Gather) { g.Base.Index[1] = 3 })
	gather("Src.Index names row 5 of 5", func(g *kernels.Gather) { g.Src.Index[2] = 5 })
	gather("Src.Index names row -1 of 5", func(g *kernels.Gather) { g.Src.Index[1] = -1 })
	gather("Base.Index has 1 elements", func(g *kernels.Gather) { g.Base.Index = g.Base.Index[:1] })
	gather("Start has 2 elements", func(g *kernels.Gather) { g.Start = g.Start[:2] })
	gather("offset 4 after 2", func(g *kernels.Gather) { g.Start[2] = 4 })
	gather("offset 1 after 2", func(g *kernels.Gather) { g.Start[2] = 1 })
	gather("offset 9 after 0", func(g *kernels.Gather) { g.Start[1] = 9 })
	gather("offset -1 after 0", func(g *kernels.Gather) { g.Start[0] = -1 })
	gather("Dst has stride 3", func(g *kernels.Gather) { g.Dst.Stride = 3 })
	gather("Base has stride 3", func(g *kernels.Gather) { g.Base.Stride = 3 })
	gather("Src has stride 0", func(g *kernels.Gather) { g.Src.Stride = 0 })
	gather("Dst has a negative size", func(g *kernels.Gather) { g.Dst.Stride = -4 })
	gather("Base has a negative size", func(g *kernels.Gather) { g.Base.Stride = -4 })
	gather("Src has a negative size", func(g *kernels.Gather) { g.Src.Stride = -4 })
	gather("Dst has a negative size", func(g *kernels.Gather) { g.Width = -4 })
	gather("Dst.Index names row 1 of 1", func(g *kernels.Gather) { g.Dst.Stride = huge })
	gather("Dst.Index names row 1 of 0", func(g *kernels.Gather) { g.Width = huge })

	for _, n := range []int{0, 4, 6} {
		add("ReLU", fmt.Sprintf("dst has %d elements", n), func() { kernels.ReLU(floats(n), floats(5)) })
		add("ReLUGrad", fmt.Sprintf("dz has %d elements", n), func() { kernels.ReLUGrad(floats(n), floats(5), floats(5)) })
		add("ReLUGrad", fmt.Sprintf("z has %d elements", n), func() { kernels.ReLUGrad(floats(5), floats(5), floats(n)) })
		add("Momentum", fmt.Sprintf("m has %d elements", n), func() { kernels.Momentum(floats(5), floats(n), floats(5), 1, 1, 1) })
		add("Momentum", fmt.Sprintf("grad has %d elements", n), func() { kernels.Momentum(floats(5), floats(5), floats(n), 1, 1, 1) })
		add("MomentumSteps", fmt.Sprintf("m has %d elements", n), func() { kernels.MomentumSteps(floats(16), floats(n), 1, 1, 1) })
		add("CatchUp", fmt.Sprintf("m has %d elements", n), func() { kernels.CatchUp(floats(5), floats(n), 1, 1) })
		add("Softmax", fmt.Sprintf("dst has %d elements", n), func() { kernels.Softmax(floats(n), floats(5), 1) })
	}
	add("MomentumSteps", "the length of w is 15, want a multiple of 16", func() { kernels.MomentumSteps(floats(15), floats(15), 1, 1, 1) })
	add("MomentumSteps", "-1 steps", func() { kernels.MomentumSteps(floats(16), floats(16), -1, 1, 1) })
	convWrongUses(add)
	activationWrongUses(add)
	crossEntropyWrongUses(add)
	normWrongUses(add)
	poolWrongUses(add)
	add("DropoutMask", "keep is 0", func() { kernels.DropoutMask(floats(3), 1, 0, 0) })
	add("DropoutMask", "keep is 1.5", func() { kernels.DropoutMask(floats(3), 1, 0, 1.5) })
	add("DropoutMask", "keep is NaN", func() { kernels.DropoutMask(floats(3), 1, 0, math.NaN()) })
	add("DropoutMask", "want numbers below 2^64", func() { kernels.DropoutMask(floats(3), 1, math.MaxUint64-1, 0.5) })
	add("PeakFMA", "-1 loops", func() { kernels.PeakFMA(-1) })
	return all
}

type productArgs struct {
	t                   kernels.Transposition
	count               int
	c, a, b             []float32
	ldc, lda, ldb       int
	stepC, stepA, stepB int
	m, n, k             int
}

// takesAnything lists the operations that no argument can break.
var takesAnything = map[string]bool{"StreamRead": true}

func TestWrongUsePanicsWithAName(t *testing.T) {
	onTiers(t, func(t *testing.T) {
		tried := map[string]bool{}
		for _, w := range wrongUses() {
			tried[w.op] = true
			mustPanic(t, w)
		}
		for _, op := range kernels.Ops() {
			if !tried[op] && !takesAnything[op] {
				t.Errorf("no wrong use of %s is tried", op)
			}
		}
	})
}

func mustPanic(t *testing.T, w wrongUse) {
	t.Helper()
	defer func() {
		t.Helper()
		message, named := recover().(string)
		if !named || !strings.HasPrefix(message, "kernels."+w.op+": ") || !strings.Contains(message, w.says) {
			t.Errorf("%s, want a panic saying %q, got %q", w.op, w.says, message)
		}
	}()
	w.call()
}

// Empty operands are valid, whatever their strides and the other sizes.
func TestEmptyUseReturns(t *testing.T) {
	onTiers(t, func(t *testing.T) {
		kernels.GEMM(nil, 0, nil, 0, nil, 0, 0, 0, false)
		kernels.GEMM(nil, 0, nil, 0, floats(80), 0, 16, 5, false)
		kernels.GEMM(nil, 0, floats(15), 5, nil, 3, 0, 5, false)
		kernels.GEMMT(nil, 0, nil, 0, nil, 0, 0, 0, 0)
		kernels.GEMMT(nil, 0, nil, 0, nil, 0, wrap, 16, 0)
		kernels.GEMMT(nil, 0, nil, 0, floats(128), 8, 0, 16, 8)
		kernels.GEMMNT(nil, 0, nil, 0, nil, 0, 0, 0, 0)
		kernels.GEMMNT(nil, 0, nil, 0, nil, 0, 0, 16, 16)
		kernels.GEMMNT(nil, 0, floats(32), 16, nil, 0, 2, 0, 16)
		kernels.MomentumGEMM(nil, nil, nil, 0, nil, 0, 0, 0, 0, 1, 1)
		kernels.MomentumGEMM(nil, nil, nil, 0, floats(32), 16, 0, 16, 2, 1, 1)
		kernels.MomentumGEMM(nil, nil, floats(10), 5, nil, 0, 5, 0, 2, 1, 1)
		for t := kernels.NN; t <= kernels.TT; t++ {
			kernels.MatMul(t, nil, 0, nil, 0, nil, 0, 0, 0, 0, false)
			kernels.MatMul(t, nil, 0, nil, 0, floats(80), 16, 0, 5, 5, true)
			kernels.MatMul(t, nil, 0, floats(15), 5, nil, 0, 3, 0, 3, true)
			kernels.BatchMatMul(t, 0, nil, 0, 0, nil, 0, 0, nil, 0, 0, 3, 4, 5, false)
			kernels.BatchMatMul(t, huge, nil, 0, 0, nil, 0, 0, nil, 0, 0, 0, 0, 0, false)
			kernels.ParallelMatMul(3, t, nil, 0, nil, 0, nil, 0, 0, 0, 0, false)
		}
		kernels.GEMV(nil, nil, 0, nil, 0, 0, true)
		kernels.GEMV(nil, nil, 0, floats(5), 0, 5, true)
		kernels.GEMVT(nil, nil, 0, nil, 0, 0, true)
		kernels.GEMVT(nil, nil, 0, floats(5), 5, 0, false)
		kernels.RankK(nil, 0, nil, 0, nil, 0, 0, 0, 0)
		kernels.RankK(nil, 0, nil, 0, floats(10), 5, 0, 5, 2)
		kernels.RankK(floats(15), 5, nil, 0, nil, 0, 3, 5, 0)
		kernels.GER(nil, 0, nil, nil, 0, 0)
		kernels.GER(nil, 0, floats(3), nil, 3, 0)
		kernels.RelaxedMatMul(kernels.NN, nil, 0, nil, 0, nil, 0, 0, 0, 0, false)
		kernels.RelaxedMatMul(kernels.TT, floats(15), 5, nil, 0, nil, 0, 3, 5, 0, false)
		kernels.Pack(nil, nil, 0, 0, 0)
		kernels.Pack(nil, nil, 0, huge, 0)
		kernels.Transpose(nil, 0, nil, 0, 0, huge)
		kernels.Transpose(nil, 0, nil, 0, huge, 0)
		kernels.GatherRows(kernels.Gather{})
		kernels.GatherRows(kernels.Gather{Dst: kernels.Rows{Data: floats(4), Index: []int32{7}}, Scale: 1})
		kernels.ReLU(nil, nil)
		kernels.ReLUGrad(nil, nil, nil)
		kernels.Momentum(nil, nil, nil, 1, 1, 1)
		kernels.CatchUp(nil, nil, 1, 1)
		kernels.MomentumSteps(nil, nil, 3, 1, 1)
		none := kernels.Window{Height: 4, Width: 3, Kernel: [2]int{2, 2}, Stride: [2]int{1, 1}}
		kernels.Conv(nil, 0, nil, 0, floats(64), kernels.ConvShape{Window: none, In: 1, Out: 1, Groups: 1}, true)
		kernels.ConvGradInput(nil, 0, nil, 0, floats(64), kernels.ConvShape{Window: none, In: 1, Out: 1, Groups: 1}, true)
		kernels.ConvGradWeights(floats(64), nil, 0, nil, 0, kernels.ConvShape{Window: none, In: 1, Out: 1, Groups: 1}, true)
		kernels.DepthwiseConv(nil, 0, nil, 0, floats(4), none, 1)
		kernels.DepthwiseConvGradInput(nil, 0, nil, 0, floats(4), none, 1)
		kernels.DepthwiseConvGradWeights(floats(4), nil, 0, nil, 0, none, 1)
		kernels.MaxPool(nil, nil, 0, nil, 0, none, 1)
		kernels.MaxPoolGrad(nil, 0, nil, nil, 0, none, 1)
		kernels.AveragePool(nil, 0, nil, 0, none, 1)
		kernels.AveragePoolGrad(nil, 0, nil, 0, none, 1)
		kernels.ScaleChannels(nil, 0, nil, 0, nil, 0, 1, 1)
		kernels.ScaleChannelsGrad(nil, nil, 0, nil, 0, 0, 1, 1)
		kernels.DropoutMask(nil, 0, 0, 1)
		kernels.Add(nil, nil, nil)
		kernels.Sigmoid(nil, nil)
		kernels.DecayMomentum(nil, nil, nil, 1, 1, 1, 1)
		if kernels.PeakFMA(0) != 0 || kernels.StreamRead(nil) != 0 {
			t.Error("nothing is not zero")
		}
	})
}
