//go:build amd64 && !purego

package kernels

var avx512GemmT = gemmTTiles{
	8:  {nil, gemmT1x8AVX512, gemmT2x8AVX512, gemmT3x8AVX512, gemmT4x8AVX512, gemmT5x8AVX512, gemmT6x8AVX512, gemmT7x8AVX512, gemmT8x8AVX512, gemmT9x8AVX512, gemmT10x8AVX512, gemmT11x8AVX512, gemmT12x8AVX512},
	16: {nil, gemmT1x16AVX512, gemmT2x16AVX512, gemmT3x16AVX512, gemmT4x16AVX512, gemmT5x16AVX512, gemmT6x16AVX512, gemmT7x16AVX512, gemmT8x16AVX512, gemmT9x16AVX512, gemmT10x16AVX512, gemmT11x16AVX512, gemmT12x16AVX512},
	32: {nil, gemmT1x32AVX512, gemmT2x32AVX512, gemmT3x32AVX512, gemmT4x32AVX512, gemmT5x32AVX512, gemmT6x32AVX512, gemmT7x32AVX512, gemmT8x32AVX512, gemmT9x32AVX512, gemmT10x32AVX512, gemmT11x32AVX512, gemmT12x32AVX512},
}

var avx512MatMul = matMulTiles{
	nil,
	{nil, matMul1x16AVX512, matMul1x32AVX512, nil, matMul1x64AVX512},
	{nil, matMul2x16AVX512, matMul2x32AVX512, nil, matMul2x64AVX512},
	{nil, matMul3x16AVX512, matMul3x32AVX512, nil, matMul3x64AVX512},
	{nil, matMul4x16AVX512, matMul4x32AVX512},
	{nil, matMul5x16AVX512, matMul5x32AVX512},
	{nil, matMul6x16AVX512, matMul6x32AVX512},
	{nil, matMul7x16AVX512, matMul7x32AVX512},
	{nil, matMul8x16AVX512, matMul8x32AVX512},
	{nil, matMul9x16AVX512, matMul9x32AVX512},
	{nil, matMul10x16AVX512, matMul10x32AVX512},
	{nil, matMul11x16AVX512, matMul11x32AVX512},
	{nil, matMul12x16AVX512, matMul12x32AVX512},
	{nil, matMul13x16AVX512, matMul13x32AVX512},
	{nil, matMul14x16AVX512, matMul14x32AVX512},
}

var avx512Pack = packer{pack64AVX512, pack16AVX512}

var avx512Rank = rankTiles{nil, rankK1AVX512, rankK2AVX512, rankK3AVX512, rankK4AVX512, rankK5AVX512, rankK6AVX512, rankK7AVX512, rankK8AVX512}

var avx512Gemv = gemvTiles{nil, gemv1AVX512, gemv2AVX512, gemv3AVX512, gemv4AVX512}

var avx512Momentum = momentumTiles{nil, momentumGEMM1AVX512, momentumGEMM2AVX512, momentumGEMM3AVX512, momentumGEMM4AVX512, momentumGEMM5AVX512, momentumGEMM6AVX512, momentumGEMM7AVX512, momentumGEMM8AVX512, momentumGEMM9AVX512, momentumGEMM10AVX512, momentumGEMM11AVX512, momentumGEMM12AVX512}

var avx512Set = set{
	tier:         AVX512,
	GEMM:         avx512MatMul.runPanelled,
	GEMMT:        avx512GemmT.run,
	MomentumGEMM: avx512Momentum.run,
	MatMul:       avx512MatMul.run,
	BatchMatMul:  batched(avx512MatMul.run),
	Pack:         avx512Pack.run,
	GEMV:         avx512Gemv.run,
	GEMVT:        rowwise(avx512Rank.run),
	RankK:        avx512Rank.run,
	GER:          outer(avx512Rank.run),
	GatherRows: func(dst []float32, ldd int, rows []int32, base []float32, ldb int, baseIdx []int32, src []float32, lds int, offsets, idx []int32, width int, scale float32) {
		gatherRowsAVX512(first(dst), uintptr(4*ldd), firstInt(rows), first(base), uintptr(4*ldb), firstInt(baseIdx), first(src), uintptr(4*lds),
			firstInt(offsets), firstInt(idx), uintptr(len(rows)), uintptr(width), scale)
	},
	ReLU:     func(dst, src []float32) { reluAVX512(first(dst), first(src), uintptr(len(src))) },
	ReLUGrad: func(dz, dx, z []float32) { reluGradAVX512(first(dz), first(dx), first(z), uintptr(len(dx))) },
	Momentum: func(w, m, grad []float32, scale, mu, lr float32) {
		momentumAVX512(first(w), first(m), first(grad), uintptr(len(w)), scale, mu, -lr)
	},
	CatchUp: func(w, m []float32, decay, drift float32) {
		catchUpAVX512(first(w), first(m), uintptr(len(w)), decay, -drift)
	},
	Softmax: func(dst, src []float32, scale float32) (peak, sum float32) {
		return softmaxAVX512(first(dst), first(src), uintptr(len(src)), scale)
	},
	Transpose: transposeAVX,
	PeakFMA: func(loops int) float64 {
		peakFMAAVX512(uintptr(loops))
		return float64(loops) * 768
	},
	StreamRead: func(src []float32) float32 { return streamReadAVX512(first(src), uintptr(len(src))) },
}
