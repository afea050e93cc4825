package ops

// Op is an operation: a field of a tier's set, and how it runs assembly. One of Call, Value and Body says how, where $name
// stands for the tier's table of tiles or assembly function of that name, the function of another operation, or a number
// of the tier.
type Op struct {
	Name      string // of the exported entry point
	Signature string // of the function in a set, as in package kernels
	Call      string // an assembly function and what it is called with: of a slice its first element, of what is named ld… the bytes
	Value     string // the function itself
	Body      string // its statements
}

// All lists the operations in the order of a set.
var All = []Op{
	{
		Name:      "GEMM",
		Signature: "func(c []float32, ldc int, a []float32, lda int, b []float32, m, n, k int, accumulate bool)",
		Value:     "$gemm.runPanelled",
	},
	{
		Name:      "GEMMT",
		Signature: "func(ct []float32, ldct int, w []float32, stride int, zt []float32, ldzt int, rows, n, width int)",
		Value:     "$gemmT.run",
	},
	{
		Name:      "GEMMNT",
		Signature: "func(c []float32, ldc int, z []float32, ldz int, w []float32, stride int, m, rows, n int)",
		Value:     "$gemmNT.run",
	},
	{
		Name:      "MomentumGEMM",
		Signature: "func(w, m []float32, a []float32, lda int, z []float32, ldz int, k, n, samples int, mu, lr float32)",
		Value:     "$momentumGEMM.run",
	},
	{
		Name:      "MatMul",
		Signature: "matMul",
		Value:     "$gemm.run",
	},
	{
		Name:      "BatchMatMul",
		Signature: "func(t Transposition, count int, c []float32, ldc, stepC int, a []float32, lda, stepA int, b []float32, ldb, stepB int, m, n, k int, accumulate bool)",
		Value:     "batched($gemm.run)",
	},
	{
		Name:      "Pack",
		Signature: "func(dst, src []float32, lds int, k, n int)",
		Value:     "$pack.run",
	},
	{
		Name:      "GEMV",
		Signature: "func(y, a []float32, lda int, x []float32, m, n int, accumulate bool)",
		Value:     "$gemv.run",
	},
	{
		Name:      "GEMVT",
		Signature: "func(y, a []float32, lda int, x []float32, m, n int, accumulate bool)",
		Value:     "rowwise($rankK.run)",
	},
	{
		Name:      "RankK",
		Signature: "rankK",
		Value:     "$rankK.run",
	},
	{
		Name:      "GER",
		Signature: "func(a []float32, lda int, x, y []float32, m, n int)",
		Value:     "outer($rankK.run)",
	},
	{
		Name:      "GatherRows",
		Signature: "func(dst []float32, ldd int, rows []int32, base []float32, ldb int, baseIdx []int32, src []float32, lds int, offsets, idx []int32, width int, scale float32)",
		Call:      "gatherRows(dst, ldd, rows, base, ldb, baseIdx, src, lds, offsets, idx, len(rows), width, scale)",
	},
	{
		Name:      "ReLU",
		Signature: "func(dst, src []float32)",
		Call:      "relu(dst, src, len(src))",
	},
	{
		Name:      "ReLUGrad",
		Signature: "func(dz, dx, z []float32)",
		Call:      "reluGrad(dz, dx, z, len(dx))",
	},
	{
		Name:      "Momentum",
		Signature: "func(w, m, grad []float32, scale, mu, lr float32)",
		Call:      "momentum(w, m, grad, len(w), scale, mu, -lr)",
	},
	{
		Name:      "CatchUp",
		Signature: "func(w, m []float32, decay, drift float32)",
		Call:      "catchUp(w, m, len(w), decay, -drift)",
	},
	{
		Name:      "MomentumSteps",
		Signature: "func(w, m []float32, steps int, mu, lr float32)",
		Call:      "momentumSteps(w, m, len(w), steps, mu, -lr)",
	},
	{
		Name:      "Softmax",
		Signature: "func(dst, src []float32, scale float32) (peak, sum float32)",
		Call:      "softmax(dst, src, len(src), scale)",
	},
	{
		Name:      "SoftmaxCrossEntropy",
		Signature: "func(grad []float32, ldg int, logits []float32, ldl int, labels []uint16, classes int, scale, factor float32) (loss float64)",
		Value:     "softmax($Softmax).crossEntropy",
	},
	{
		Name:      "Sigmoid",
		Signature: "func(dst, src []float32)",
		Call:      "sigmoid(dst, src, len(src))",
	},
	{
		Name:      "SiLU",
		Signature: "func(dst, src []float32)",
		Call:      "siLU(dst, src, len(src))",
	},
	{
		Name:      "Tanh",
		Signature: "func(dst, src []float32)",
		Call:      "tanh(dst, src, len(src))",
	},
	{
		Name:      "Log",
		Signature: "func(dst, src []float32)",
		Call:      "log(dst, src, len(src))",
	},
	{
		Name:      "Rsqrt",
		Signature: "func(dst, src []float32)",
		Call:      "rsqrt(dst, src, len(src))",
	},
	{
		Name:      "SigmoidGrad",
		Signature: "func(dx, dy, y []float32)",
		Call:      "sigmoidGrad(dx, dy, y, len(dy))",
	},
	{
		Name:      "SiLUGrad",
		Signature: "func(dx, dy, x []float32)",
		Call:      "siLUGrad(dx, dy, x, len(dy))",
	},
	{
		Name:      "TanhGrad",
		Signature: "func(dx, dy, y []float32)",
		Call:      "tanhGrad(dx, dy, y, len(dy))",
	},
	{
		Name:      "Add",
		Signature: "func(dst, x, y []float32)",
		Call:      "add(dst, x, y, len(x))",
	},
	{
		Name:      "Multiply",
		Signature: "func(dst, x, y []float32)",
		Call:      "multiply(dst, x, y, len(x))",
	},
	{
		Name:      "DecayMomentum",
		Signature: "func(w, m, grad []float32, scale, decay, mu, lr float32)",
		Call:      "decayMomentum(w, m, grad, len(w), scale, decay, mu, -lr)",
	},
	{
		Name:      "Conv",
		Signature: "func(y []float32, ldy int, x []float32, ldx int, w []float32, s ConvShape, accumulate bool)",
		Body:      "convTile($conv).run($ConvColumns, y, ldy, s.Out, x, ldx, s.In, w, s, false, accumulate)",
	},
	{
		Name:      "ConvGradInput",
		Signature: "func(dx []float32, lddx int, dy []float32, lddy int, wt []float32, s ConvShape, accumulate bool)",
		Body:      "convTile($convGradInput).run($ConvColumns, dx, lddx, s.In, dy, lddy, s.Out, wt, s, true, accumulate)",
	},
	{
		Name:      "ConvGradWeights",
		Signature: "func(dw []float32, x []float32, ldx int, dy []float32, lddy int, s ConvShape, accumulate bool)",
		Body:      "convGradTile($convGradWeights).run($ConvColumns, dw, x, ldx, dy, lddy, s, accumulate)",
	},
	{
		Name:      "DepthwiseConv",
		Signature: "func(y []float32, ldy int, x []float32, ldx int, w []float32, v Window, channels int)",
		Body:      "$depthwiseConv.run(y, ldy, x, ldx, w, v, channels, false)",
	},
	{
		Name:      "DepthwiseConvGradInput",
		Signature: "func(dx []float32, lddx int, dy []float32, lddy int, w []float32, v Window, channels int)",
		Body:      "$depthwiseConvGradInput.run(dx, lddx, dy, lddy, w, v, channels, true)",
	},
	{
		Name:      "DepthwiseConvGradWeights",
		Signature: "func(dw []float32, x []float32, ldx int, dy []float32, lddy int, v Window, channels int)",
		Body:      "$depthwiseConvGradWeights.run(dw, x, ldx, dy, lddy, v, channels)",
	},
	{
		Name:      "BatchNormMoments",
		Signature: "func(mean, variance []float32, x []float32, ldx int, rows, channels int)",
		Value:     "batchNormMomentsTile($batchNormMoments).run",
	},
	{
		Name:      "BatchNorm",
		Signature: "func(y []float32, ldy int, x []float32, ldx int, mean, scale, shift []float32, rows, channels int)",
		Call:      "batchNorm(y, ldy, x, ldx, mean, scale, shift, rows, channels)",
	},
	{
		Name:      "BatchNormGradSums",
		Signature: "func(dshift, dscale []float32, dy []float32, lddy int, x []float32, ldx int, mean []float32, rows, channels int)",
		Value:     "batchNormGradSumsTile($batchNormGradSums).run",
	},
	{
		Name:      "BatchNormGrad",
		Signature: "func(dx []float32, lddx int, dy []float32, lddy int, x []float32, ldx int, mean, byDy, byX, constant []float32, rows, channels int)",
		Call:      "batchNormGrad(dx, lddx, dy, lddy, x, ldx, mean, byDy, byX, constant, rows, channels)",
	},
	{
		Name:      "MaxPool",
		Signature: "func(y, which []float32, ldy int, x []float32, ldx int, v Window, channels int)",
		Body:      "maxPoolTile($maxPool).run(y, which, ldy, x, ldx, v, channels)",
	},
	{
		Name:      "MaxPoolGrad",
		Signature: "func(dx []float32, lddx int, dy, which []float32, lddy int, v Window, channels int)",
		Body:      "maxPoolGradTile($maxPoolGrad).run(dx, lddx, dy, which, lddy, v, channels)",
	},
	{
		Name:      "AveragePool",
		Signature: "func(y []float32, ldy int, x []float32, ldx int, v Window, channels int)",
		Body:      "averagePoolTile($averagePool).run(y, ldy, x, ldx, v, channels, false)",
	},
	{
		Name:      "AveragePoolGrad",
		Signature: "func(dx []float32, lddx int, dy []float32, lddy int, v Window, channels int)",
		Body:      "averagePoolTile($averagePoolGrad).run(dx, lddx, dy, lddy, v, channels, true)",
	},
	{
		Name:      "Transpose",
		Signature: "func(dst []float32, ldd int, src []float32, lds int, rows, cols int)",
		Body:      "transposeTile($transpose).run($Side, dst, ldd, src, lds, rows, cols)",
	},
	{
		Name:      "PeakFMA",
		Signature: "func(loops int) (flops float64)",
		Body:      "$peakFMA(uintptr(loops))\nreturn float64(loops) * $FMAFlops",
	},
	{
		Name:      "StreamRead",
		Signature: "func(src []float32) float32",
		Call:      "streamRead(src, len(src))",
	},
}
