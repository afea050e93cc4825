//go:build arm64 && !purego

package kernels

var neonGemmT = gemmTTiles{
	8:  {nil, gemmT1x8NEON, gemmT2x8NEON, gemmT3x8NEON, gemmT4x8NEON, gemmT5x8NEON, gemmT6x8NEON, gemmT7x8NEON, gemmT8x8NEON, gemmT9x8NEON, gemmT10x8NEON, gemmT11x8NEON, gemmT12x8NEON},
	16: {nil, gemmT1x16NEON, gemmT2x16NEON, gemmT3x16NEON, gemmT4x16NEON, gemmT5x16NEON, gemmT6x16NEON},
}

var neonGemmNT = gemmNTTiles{
	nil,
	{{16, gemmNT1x16NEON}},
	{{16, gemmNT2x16NEON}},
	{{16, gemmNT3x16NEON}},
	{{16, gemmNT4x16NEON}},
}

var neonGemm = gemmTiles{
	nil,
	{gemm1x8NEON, gemm1x16NEON, gemm1x32NEON, nil, gemm1x64NEON},
	{gemm2x8NEON, gemm2x16NEON, gemm2x32NEON},
	{gemm3x8NEON, gemm3x16NEON, gemm3x32NEON},
	{gemm4x8NEON, gemm4x16NEON},
	{gemm5x8NEON, gemm5x16NEON},
	{gemm6x8NEON, gemm6x16NEON},
}

var neonPack = packer{pack64NEON, pack16NEON}

var neonRank = rankTiles{nil, rankK1NEON, rankK2NEON, rankK3NEON, rankK4NEON, rankK5NEON, rankK6NEON, rankK7NEON, rankK8NEON}

var neonGemv = gemvTiles{nil, gemv1NEON, gemv2NEON, gemv3NEON, gemv4NEON}

var neonMomentum = momentumTiles{
	rows: []momentumTile{nil, momentumGEMM1NEON, momentumGEMM2NEON, momentumGEMM3NEON, momentumGEMM4NEON, momentumGEMM5NEON, momentumGEMM6NEON},
}

var neonSet = set{
	tier:         NEON,
	GEMM:         neonGemm.runPanelled,
	GEMMT:        neonGemmT.run,
	GEMMNT:       neonGemmNT.run,
	MomentumGEMM: neonMomentum.run,
	MatMul:       neonGemm.run,
	BatchMatMul:  batched(neonGemm.run),
	Pack:         neonPack.run,
	GEMV:         neonGemv.run,
	GEMVT:        rowwise(neonRank.run),
	RankK:        neonRank.run,
	GER:          outer(neonRank.run),
	GatherRows: func(dst []float32, ldd int, rows []int32, base []float32, ldb int, baseIdx []int32, src []float32, lds int, offsets, idx []int32, width int, scale float32) {
		gatherRowsNEON(first(dst), uintptr(4*ldd), firstInt(rows), first(base), uintptr(4*ldb), firstInt(baseIdx), first(src), uintptr(4*lds),
			firstInt(offsets), firstInt(idx), uintptr(len(rows)), uintptr(width), scale)
	},
	ReLU:     func(dst, src []float32) { reluNEON(first(dst), first(src), uintptr(len(src))) },
	ReLUGrad: func(dz, dx, z []float32) { reluGradNEON(first(dz), first(dx), first(z), uintptr(len(dx))) },
	Momentum: func(w, m, grad []float32, scale, mu, lr float32) {
		momentumNEON(first(w), first(m), first(grad), uintptr(len(w)), scale, mu, -lr)
	},
	CatchUp: func(w, m []float32, decay, drift float32) {
		catchUpNEON(first(w), first(m), uintptr(len(w)), decay, -drift)
	},
	MomentumSteps: func(w, m []float32, steps int, mu, lr float32) {
		momentumStepsNEON(first(w), first(m), uintptr(len(w)), uintptr(steps), mu, -lr)
	},
	Softmax:             normaliseNEON,
	SoftmaxCrossEntropy: softmax(normaliseNEON).crossEntropy,
	Sigmoid:             func(dst, src []float32) { sigmoidNEON(first(dst), first(src), uintptr(len(src))) },
	SiLU:                func(dst, src []float32) { siLUNEON(first(dst), first(src), uintptr(len(src))) },
	Tanh:                func(dst, src []float32) { tanhNEON(first(dst), first(src), uintptr(len(src))) },
	Log:                 func(dst, src []float32) { logNEON(first(dst), first(src), uintptr(len(src))) },
	Rsqrt:               func(dst, src []float32) { rsqrtNEON(first(dst), first(src), uintptr(len(src))) },
	SigmoidGrad:         func(dx, dy, y []float32) { sigmoidGradNEON(first(dx), first(dy), first(y), uintptr(len(dy))) },
	SiLUGrad:            func(dx, dy, x []float32) { siLUGradNEON(first(dx), first(dy), first(x), uintptr(len(dy))) },
	TanhGrad:            func(dx, dy, y []float32) { tanhGradNEON(first(dx), first(dy), first(y), uintptr(len(dy))) },
	Add:                 func(dst, x, y []float32) { addNEON(first(dst), first(x), first(y), uintptr(len(x))) },
	Multiply:            func(dst, x, y []float32) { multiplyNEON(first(dst), first(x), first(y), uintptr(len(x))) },
	DecayMomentum: func(w, m, grad []float32, scale, decay, mu, lr float32) {
		decayMomentumNEON(first(w), first(m), first(grad), uintptr(len(w)), scale, decay, mu, -lr)
	},
	Conv: func(y []float32, ldy int, x []float32, ldx int, w []float32, s ConvShape, accumulate bool) {
		convTile(convNEON).run(16, y, ldy, s.Out, x, ldx, s.In, w, s, false, accumulate)
	},
	ConvGradInput: func(dx []float32, lddx int, dy []float32, lddy int, wt []float32, s ConvShape, accumulate bool) {
		convTile(convGradInputNEON).run(16, dx, lddx, s.In, dy, lddy, s.Out, wt, s, true, accumulate)
	},
	ConvGradWeights: func(dw []float32, x []float32, ldx int, dy []float32, lddy int, s ConvShape, accumulate bool) {
		convGradTile(convGradWeightsNEON).run(16, dw, x, ldx, dy, lddy, s, accumulate)
	},
	DepthwiseConv: func(y []float32, ldy int, x []float32, ldx int, w []float32, v Window, channels int) {
		depthwiseTiles{any: depthwiseConvNEON}.run(y, ldy, x, ldx, w, v, channels, false)
	},
	DepthwiseConvGradInput: func(dx []float32, lddx int, dy []float32, lddy int, w []float32, v Window, channels int) {
		depthwiseTiles{any: depthwiseConvGradInputNEON}.run(dx, lddx, dy, lddy, w, v, channels, true)
	},
	DepthwiseConvGradWeights: func(dw []float32, x []float32, ldx int, dy []float32, lddy int, v Window, channels int) {
		depthwiseGradTiles{any: depthwiseConvGradWeightsNEON}.run(dw, x, ldx, dy, lddy, v, channels)
	},
	BatchNormMoments: batchNormMomentsTile(batchNormMomentsNEON).run,
	BatchNorm: func(y []float32, ldy int, x []float32, ldx int, mean, scale, shift []float32, rows, channels int) {
		batchNormNEON(first(y), uintptr(4*ldy), first(x), uintptr(4*ldx), first(mean), first(scale), first(shift), uintptr(rows), uintptr(channels))
	},
	BatchNormGradSums: batchNormGradSumsTile(batchNormGradSumsNEON).run,
	BatchNormGrad: func(dx []float32, lddx int, dy []float32, lddy int, x []float32, ldx int, mean, byDy, byX, constant []float32, rows, channels int) {
		batchNormGradNEON(first(dx), uintptr(4*lddx), first(dy), uintptr(4*lddy), first(x), uintptr(4*ldx), first(mean), first(byDy), first(byX), first(constant), uintptr(rows), uintptr(channels))
	},
	MaxPool: func(y, which []float32, ldy int, x []float32, ldx int, v Window, channels int) {
		maxPoolTile(maxPoolNEON).run(y, which, ldy, x, ldx, v, channels)
	},
	MaxPoolGrad: func(dx []float32, lddx int, dy, which []float32, lddy int, v Window, channels int) {
		maxPoolGradTile(maxPoolGradNEON).run(dx, lddx, dy, which, lddy, v, channels)
	},
	AveragePool: func(y []float32, ldy int, x []float32, ldx int, v Window, channels int) {
		averagePoolTile(averagePoolNEON).run(y, ldy, x, ldx, v, channels, false)
	},
	AveragePoolGrad: func(dx []float32, lddx int, dy []float32, lddy int, v Window, channels int) {
		averagePoolTile(averagePoolGradNEON).run(dx, lddx, dy, lddy, v, channels, true)
	},
	Transpose: func(dst []float32, ldd int, src []float32, lds int, rows, cols int) {
		transposeTile(transpose4NEON).run(4, dst, ldd, src, lds, rows, cols)
	},
	PeakFMA: func(loops int) float64 {
		peakFMANEON(uintptr(loops))
		return float64(loops) * 192
	},
	StreamRead: func(src []float32) float32 { return streamReadNEON(first(src), uintptr(len(src))) },
}

func normaliseNEON(dst, src []float32, scale float32) (peak, sum float32) {
	return softmaxNEON(first(dst), first(src), uintptr(len(src)), scale)
}
