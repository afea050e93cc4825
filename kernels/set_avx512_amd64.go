//go:build amd64 && !purego

package kernels

var avx512GemmT = gemmTTiles{
	8:  {nil, gemmT1x8AVX512, gemmT2x8AVX512, gemmT3x8AVX512, gemmT4x8AVX512, gemmT5x8AVX512, gemmT6x8AVX512, gemmT7x8AVX512, gemmT8x8AVX512, gemmT9x8AVX512, gemmT10x8AVX512, gemmT11x8AVX512, gemmT12x8AVX512},
	16: {nil, gemmT1x16AVX512, gemmT2x16AVX512, gemmT3x16AVX512, gemmT4x16AVX512, gemmT5x16AVX512, gemmT6x16AVX512, gemmT7x16AVX512, gemmT8x16AVX512, gemmT9x16AVX512, gemmT10x16AVX512, gemmT11x16AVX512, gemmT12x16AVX512},
	32: {nil, gemmT1x32AVX512, gemmT2x32AVX512, gemmT3x32AVX512, gemmT4x32AVX512, gemmT5x32AVX512, gemmT6x32AVX512, gemmT7x32AVX512, gemmT8x32AVX512, gemmT9x32AVX512, gemmT10x32AVX512, gemmT11x32AVX512, gemmT12x32AVX512},
}

var avx512GemmNT = gemmNTTiles{
	nil,
	{{16, gemmNT1x16AVX512}, {64, gemmNT1x64AVX512}},
	{{16, gemmNT2x16AVX512}, {64, gemmNT2x64AVX512}},
	{{16, gemmNT3x16AVX512}, {32, gemmNT3x32AVX512}},
	{{16, gemmNT4x16AVX512}, {32, gemmNT4x32AVX512}},
}

var avx512Gemm = gemmTiles{
	nil,
	{nil, gemm1x16AVX512, gemm1x32AVX512, nil, gemm1x64AVX512},
	{nil, gemm2x16AVX512, gemm2x32AVX512, nil, gemm2x64AVX512},
	{nil, gemm3x16AVX512, gemm3x32AVX512, nil, gemm3x64AVX512},
	{nil, gemm4x16AVX512, gemm4x32AVX512},
	{nil, gemm5x16AVX512, gemm5x32AVX512},
	{nil, gemm6x16AVX512, gemm6x32AVX512},
	{nil, gemm7x16AVX512, gemm7x32AVX512},
	{nil, gemm8x16AVX512, gemm8x32AVX512},
	{nil, gemm9x16AVX512, gemm9x32AVX512},
	{nil, gemm10x16AVX512, gemm10x32AVX512},
	{nil, gemm11x16AVX512, gemm11x32AVX512},
	{nil, gemm12x16AVX512, gemm12x32AVX512},
	{nil, gemm13x16AVX512, gemm13x32AVX512},
	{nil, gemm14x16AVX512, gemm14x32AVX512},
}

var avx512Pack = packer{pack64AVX512, pack16AVX512}

var avx512Rank = rankTiles{nil, rankK1AVX512, rankK2AVX512, rankK3AVX512, rankK4AVX512, rankK5AVX512, rankK6AVX512, rankK7AVX512, rankK8AVX512}

var avx512Gemv = gemvTiles{nil, gemv1AVX512, gemv2AVX512, gemv3AVX512, gemv4AVX512}

var avx512Momentum = momentumTiles{
	rows: []momentumTile{nil, momentumGEMM1AVX512, momentumGEMM2AVX512, momentumGEMM3AVX512, momentumGEMM4AVX512, momentumGEMM5AVX512, momentumGEMM6AVX512, momentumGEMM7AVX512, momentumGEMM8AVX512, momentumGEMM9AVX512, momentumGEMM10AVX512, momentumGEMM11AVX512, momentumGEMM12AVX512},
	few:  []momentumFewTile{nil, momentumGEMM1x1AVX512, momentumGEMM1x2AVX512, momentumGEMM1x3AVX512, momentumGEMM1x4AVX512},
}

var avx512DepthwiseConv = depthwiseTiles{depthwiseConvAVX512, map[int]depthwiseRow{3: depthwiseConv3AVX512, 5: depthwiseConv5AVX512}}

var avx512DepthwiseConvGradInput = depthwiseTiles{depthwiseConvGradInputAVX512, map[int]depthwiseRow{3: depthwiseConvGradInput3AVX512, 5: depthwiseConvGradInput5AVX512}}

var avx512DepthwiseConvGradWeights = depthwiseGradTiles{depthwiseConvGradWeightsAVX512, map[int][]depthwiseRowGrad{
	3: {nil, depthwiseConvGradWeights3x1AVX512, depthwiseConvGradWeights3x2AVX512, depthwiseConvGradWeights3x3AVX512},
	5: {nil, depthwiseConvGradWeights5x1AVX512},
}}

var avx512Set = set{
	tier:         AVX512,
	GEMM:         avx512Gemm.runPanelled,
	GEMMT:        avx512GemmT.run,
	GEMMNT:       avx512GemmNT.run,
	MomentumGEMM: avx512Momentum.run,
	MatMul:       avx512Gemm.run,
	BatchMatMul:  batched(avx512Gemm.run),
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
	MomentumSteps: func(w, m []float32, steps int, mu, lr float32) {
		momentumStepsAVX512(first(w), first(m), uintptr(len(w)), uintptr(steps), mu, -lr)
	},
	Softmax:             normaliseAVX512,
	SoftmaxCrossEntropy: softmax(normaliseAVX512).crossEntropy,
	Sigmoid:             func(dst, src []float32) { sigmoidAVX512(first(dst), first(src), uintptr(len(src))) },
	SiLU:                func(dst, src []float32) { siLUAVX512(first(dst), first(src), uintptr(len(src))) },
	Tanh:                func(dst, src []float32) { tanhAVX512(first(dst), first(src), uintptr(len(src))) },
	Log:                 func(dst, src []float32) { logAVX512(first(dst), first(src), uintptr(len(src))) },
	Rsqrt:               func(dst, src []float32) { rsqrtAVX512(first(dst), first(src), uintptr(len(src))) },
	SigmoidGrad:         func(dx, dy, y []float32) { sigmoidGradAVX512(first(dx), first(dy), first(y), uintptr(len(dy))) },
	SiLUGrad:            func(dx, dy, x []float32) { siLUGradAVX512(first(dx), first(dy), first(x), uintptr(len(dy))) },
	TanhGrad:            func(dx, dy, y []float32) { tanhGradAVX512(first(dx), first(dy), first(y), uintptr(len(dy))) },
	Add:                 func(dst, x, y []float32) { addAVX512(first(dst), first(x), first(y), uintptr(len(x))) },
	Multiply:            func(dst, x, y []float32) { multiplyAVX512(first(dst), first(x), first(y), uintptr(len(x))) },
	DecayMomentum: func(w, m, grad []float32, scale, decay, mu, lr float32) {
		decayMomentumAVX512(first(w), first(m), first(grad), uintptr(len(w)), scale, decay, mu, -lr)
	},
	Conv: func(y []float32, ldy int, x []float32, ldx int, w []float32, s ConvShape, accumulate bool) {
		convTile(convAVX512).run(32, y, ldy, s.Out, x, ldx, s.In, w, s, false, accumulate)
	},
	ConvGradInput: func(dx []float32, lddx int, dy []float32, lddy int, wt []float32, s ConvShape, accumulate bool) {
		convTile(convGradInputAVX512).run(32, dx, lddx, s.In, dy, lddy, s.Out, wt, s, true, accumulate)
	},
	ConvGradWeights: func(dw []float32, x []float32, ldx int, dy []float32, lddy int, s ConvShape, accumulate bool) {
		convGradTile(convGradWeightsAVX512).run(32, dw, x, ldx, dy, lddy, s, accumulate)
	},
	DepthwiseConv: func(y []float32, ldy int, x []float32, ldx int, w []float32, v Window, channels int) {
		avx512DepthwiseConv.run(y, ldy, x, ldx, w, v, channels, false)
	},
	DepthwiseConvGradInput: func(dx []float32, lddx int, dy []float32, lddy int, w []float32, v Window, channels int) {
		avx512DepthwiseConvGradInput.run(dx, lddx, dy, lddy, w, v, channels, true)
	},
	DepthwiseConvGradWeights: func(dw []float32, x []float32, ldx int, dy []float32, lddy int, v Window, channels int) {
		avx512DepthwiseConvGradWeights.run(dw, x, ldx, dy, lddy, v, channels)
	},
	BatchNormMoments: batchNormMomentsTile(batchNormMomentsAVX512).run,
	BatchNorm: func(y []float32, ldy int, x []float32, ldx int, mean, scale, shift []float32, rows, channels int) {
		batchNormAVX512(first(y), uintptr(4*ldy), first(x), uintptr(4*ldx), first(mean), first(scale), first(shift), uintptr(rows), uintptr(channels))
	},
	BatchNormGradSums: batchNormGradSumsTile(batchNormGradSumsAVX512).run,
	BatchNormGrad: func(dx []float32, lddx int, dy []float32, lddy int, x []float32, ldx int, mean, byDy, byX, constant []float32, rows, channels int) {
		batchNormGradAVX512(first(dx), uintptr(4*lddx), first(dy), uintptr(4*lddy), first(x), uintptr(4*ldx), first(mean), first(byDy), first(byX), first(constant), uintptr(rows), uintptr(channels))
	},
	MaxPool: func(y, which []float32, ldy int, x []float32, ldx int, v Window, channels int) {
		maxPoolTile(maxPoolAVX512).run(y, which, ldy, x, ldx, v, channels)
	},
	MaxPoolGrad: func(dx []float32, lddx int, dy, which []float32, lddy int, v Window, channels int) {
		maxPoolGradTile(maxPoolGradAVX512).run(dx, lddx, dy, which, lddy, v, channels)
	},
	AveragePool: func(y []float32, ldy int, x []float32, ldx int, v Window, channels int) {
		averagePoolTile(averagePoolAVX512).run(y, ldy, x, ldx, v, channels, false)
	},
	AveragePoolGrad: func(dx []float32, lddx int, dy []float32, lddy int, v Window, channels int) {
		averagePoolTile(averagePoolGradAVX512).run(dx, lddx, dy, lddy, v, channels, true)
	},
	Transpose: func(dst []float32, ldd int, src []float32, lds int, rows, cols int) {
		transposeTile(transpose8AVX2).run(8, dst, ldd, src, lds, rows, cols)
	},
	PeakFMA: func(loops int) float64 {
		peakFMAAVX512(uintptr(loops))
		return float64(loops) * 768
	},
	StreamRead: func(src []float32) float32 { return streamReadAVX512(first(src), uintptr(len(src))) },
}

func normaliseAVX512(dst, src []float32, scale float32) (peak, sum float32) {
	return softmaxAVX512(first(dst), first(src), uintptr(len(src)), scale)
}
