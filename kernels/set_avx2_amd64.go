//go:build amd64 && !purego

package kernels

var avx2GemmT = gemmTTiles{
	8:  {nil, gemmT1x8AVX2, gemmT2x8AVX2, gemmT3x8AVX2, gemmT4x8AVX2, gemmT5x8AVX2, gemmT6x8AVX2, gemmT7x8AVX2, gemmT8x8AVX2, gemmT9x8AVX2, gemmT10x8AVX2, gemmT11x8AVX2, gemmT12x8AVX2},
	16: {nil, gemmT1x16AVX2, gemmT2x16AVX2, gemmT3x16AVX2, gemmT4x16AVX2, gemmT5x16AVX2, gemmT6x16AVX2},
	24: {nil, gemmT1x24AVX2, gemmT2x24AVX2, gemmT3x24AVX2, gemmT4x24AVX2},
}

var avx2GemmNT = gemmNTTiles{
	nil,
	{{16, gemmNT1x16AVX2}, {32, gemmNT1x32AVX2}},
	{{16, gemmNT2x16AVX2}, {32, gemmNT2x32AVX2}},
	{{16, gemmNT3x16AVX2}},
	{{16, gemmNT4x16AVX2}},
}

var avx2Gemm = gemmTiles{
	nil,
	{gemm1x8AVX2, gemm1x16AVX2, gemm1x32AVX2, nil, gemm1x64AVX2},
	{gemm2x8AVX2, gemm2x16AVX2, gemm2x32AVX2},
	{gemm3x8AVX2, gemm3x16AVX2, gemm3x32AVX2},
	{gemm4x8AVX2, gemm4x16AVX2},
	{gemm5x8AVX2, gemm5x16AVX2},
	{gemm6x8AVX2, gemm6x16AVX2},
}

var avx2Pack = packer{pack64AVX2, pack16AVX2}

var avx2Rank = rankTiles{nil, rankK1AVX2, rankK2AVX2, rankK3AVX2, rankK4AVX2, rankK5AVX2, rankK6AVX2, rankK7AVX2, rankK8AVX2}

var avx2Gemv = gemvTiles{nil, gemv1AVX2, gemv2AVX2, gemv3AVX2, gemv4AVX2}

var avx2Momentum = momentumTiles{
	rows: []momentumTile{nil, momentumGEMM1AVX2, momentumGEMM2AVX2, momentumGEMM3AVX2, momentumGEMM4AVX2, momentumGEMM5AVX2, momentumGEMM6AVX2},
	few:  []momentumFewTile{nil, momentumGEMM1x1AVX2, momentumGEMM1x2AVX2, momentumGEMM1x3AVX2, momentumGEMM1x4AVX2},
}

var avx2DepthwiseConv = depthwiseTiles{depthwiseConvAVX2, map[int]depthwiseRow{3: depthwiseConv3AVX2, 5: depthwiseConv5AVX2}}

var avx2DepthwiseConvGradInput = depthwiseTiles{depthwiseConvGradInputAVX2, map[int]depthwiseRow{3: depthwiseConvGradInput3AVX2, 5: depthwiseConvGradInput5AVX2}}

var avx2DepthwiseConvGradWeights = depthwiseGradTiles{depthwiseConvGradWeightsAVX2, map[int][]depthwiseRowGrad{
	3: {nil, depthwiseConvGradWeights3x1AVX2, depthwiseConvGradWeights3x2AVX2, depthwiseConvGradWeights3x3AVX2},
	5: {nil, depthwiseConvGradWeights5x1AVX2},
}}

var avx2Set = set{
	tier:         AVX2,
	GEMM:         avx2Gemm.runPanelled,
	GEMMT:        avx2GemmT.run,
	GEMMNT:       avx2GemmNT.run,
	MomentumGEMM: avx2Momentum.run,
	MatMul:       avx2Gemm.run,
	BatchMatMul:  batched(avx2Gemm.run),
	Pack:         avx2Pack.run,
	GEMV:         avx2Gemv.run,
	GEMVT:        rowwise(avx2Rank.run),
	RankK:        avx2Rank.run,
	GER:          outer(avx2Rank.run),
	GatherRows: func(dst []float32, ldd int, rows []int32, base []float32, ldb int, baseIdx []int32, src []float32, lds int, offsets, idx []int32, width int, scale float32) {
		gatherRowsAVX2(first(dst), uintptr(4*ldd), firstInt(rows), first(base), uintptr(4*ldb), firstInt(baseIdx), first(src), uintptr(4*lds),
			firstInt(offsets), firstInt(idx), uintptr(len(rows)), uintptr(width), scale)
	},
	ReLU:     func(dst, src []float32) { reluAVX2(first(dst), first(src), uintptr(len(src))) },
	ReLUGrad: func(dz, dx, z []float32) { reluGradAVX2(first(dz), first(dx), first(z), uintptr(len(dx))) },
	Momentum: func(w, m, grad []float32, scale, mu, lr float32) {
		momentumAVX2(first(w), first(m), first(grad), uintptr(len(w)), scale, mu, -lr)
	},
	CatchUp: func(w, m []float32, decay, drift float32) {
		catchUpAVX2(first(w), first(m), uintptr(len(w)), decay, -drift)
	},
	MomentumSteps: func(w, m []float32, steps int, mu, lr float32) {
		momentumStepsAVX2(first(w), first(m), uintptr(len(w)), uintptr(steps), mu, -lr)
	},
	Softmax:             normaliseAVX2,
	SoftmaxCrossEntropy: softmax(normaliseAVX2).crossEntropy,
	Sigmoid:             func(dst, src []float32) { sigmoidAVX2(first(dst), first(src), uintptr(len(src))) },
	SiLU:                func(dst, src []float32) { siLUAVX2(first(dst), first(src), uintptr(len(src))) },
	Tanh:                func(dst, src []float32) { tanhAVX2(first(dst), first(src), uintptr(len(src))) },
	Log:                 func(dst, src []float32) { logAVX2(first(dst), first(src), uintptr(len(src))) },
	Rsqrt:               func(dst, src []float32) { rsqrtAVX2(first(dst), first(src), uintptr(len(src))) },
	SigmoidGrad:         func(dx, dy, y []float32) { sigmoidGradAVX2(first(dx), first(dy), first(y), uintptr(len(dy))) },
	SiLUGrad:            func(dx, dy, x []float32) { siLUGradAVX2(first(dx), first(dy), first(x), uintptr(len(dy))) },
	TanhGrad:            func(dx, dy, y []float32) { tanhGradAVX2(first(dx), first(dy), first(y), uintptr(len(dy))) },
	Add:                 func(dst, x, y []float32) { addAVX2(first(dst), first(x), first(y), uintptr(len(x))) },
	Multiply:            func(dst, x, y []float32) { multiplyAVX2(first(dst), first(x), first(y), uintptr(len(x))) },
	DecayMomentum: func(w, m, grad []float32, scale, decay, mu, lr float32) {
		decayMomentumAVX2(first(w), first(m), first(grad), uintptr(len(w)), scale, decay, mu, -lr)
	},
	Conv: func(y []float32, ldy int, x []float32, ldx int, w []float32, s ConvShape, accumulate bool) {
		convTile(convAVX2).run(16, y, ldy, s.Out, x, ldx, s.In, w, s, false, accumulate)
	},
	ConvGradInput: func(dx []float32, lddx int, dy []float32, lddy int, wt []float32, s ConvShape, accumulate bool) {
		convTile(convGradInputAVX2).run(16, dx, lddx, s.In, dy, lddy, s.Out, wt, s, true, accumulate)
	},
	ConvGradWeights: func(dw []float32, x []float32, ldx int, dy []float32, lddy int, s ConvShape, accumulate bool) {
		convGradTile(convGradWeightsAVX2).run(16, dw, x, ldx, dy, lddy, s, accumulate)
	},
	DepthwiseConv: func(y []float32, ldy int, x []float32, ldx int, w []float32, v Window, channels int) {
		avx2DepthwiseConv.run(y, ldy, x, ldx, w, v, channels, false)
	},
	DepthwiseConvGradInput: func(dx []float32, lddx int, dy []float32, lddy int, w []float32, v Window, channels int) {
		avx2DepthwiseConvGradInput.run(dx, lddx, dy, lddy, w, v, channels, true)
	},
	DepthwiseConvGradWeights: func(dw []float32, x []float32, ldx int, dy []float32, lddy int, v Window, channels int) {
		avx2DepthwiseConvGradWeights.run(dw, x, ldx, dy, lddy, v, channels)
	},
	BatchNormMoments: batchNormMomentsTile(batchNormMomentsAVX2).run,
	BatchNorm: func(y []float32, ldy int, x []float32, ldx int, mean, scale, shift []float32, rows, channels int) {
		batchNormAVX2(first(y), uintptr(4*ldy), first(x), uintptr(4*ldx), first(mean), first(scale), first(shift), uintptr(rows), uintptr(channels))
	},
	BatchNormGradSums: batchNormGradSumsTile(batchNormGradSumsAVX2).run,
	BatchNormGrad: func(dx []float32, lddx int, dy []float32, lddy int, x []float32, ldx int, mean, byDy, byX, constant []float32, rows, channels int) {
		batchNormGradAVX2(first(dx), uintptr(4*lddx), first(dy), uintptr(4*lddy), first(x), uintptr(4*ldx), first(mean), first(byDy), first(byX), first(constant), uintptr(rows), uintptr(channels))
	},
	MaxPool: func(y, which []float32, ldy int, x []float32, ldx int, v Window, channels int) {
		maxPoolTile(maxPoolAVX2).run(y, which, ldy, x, ldx, v, channels)
	},
	MaxPoolGrad: func(dx []float32, lddx int, dy, which []float32, lddy int, v Window, channels int) {
		maxPoolGradTile(maxPoolGradAVX2).run(dx, lddx, dy, which, lddy, v, channels)
	},
	AveragePool: func(y []float32, ldy int, x []float32, ldx int, v Window, channels int) {
		averagePoolTile(averagePoolAVX2).run(y, ldy, x, ldx, v, channels, false)
	},
	AveragePoolGrad: func(dx []float32, lddx int, dy []float32, lddy int, v Window, channels int) {
		averagePoolTile(averagePoolGradAVX2).run(dx, lddx, dy, lddy, v, channels, true)
	},
	Transpose: func(dst []float32, ldd int, src []float32, lds int, rows, cols int) {
		transposeTile(transpose8AVX2).run(8, dst, ldd, src, lds, rows, cols)
	},
	PeakFMA: func(loops int) float64 {
		peakFMAAVX2(uintptr(loops))
		return float64(loops) * 192
	},
	StreamRead: func(src []float32) float32 { return streamReadAVX2(first(src), uintptr(len(src))) },
}

func normaliseAVX2(dst, src []float32, scale float32) (peak, sum float32) {
	return softmaxAVX2(first(dst), first(src), uintptr(len(src)), scale)
}
