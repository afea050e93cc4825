package kernels

var genericSet = set{
	tier:         Generic,
	GEMM:         gemmGeneric,
	GEMMT:        gemmTGeneric,
	MomentumGEMM: momentumGEMMGeneric,
	MatMul:       matMulGeneric,
	BatchMatMul:  batched(matMulGeneric),
	Pack:         packGeneric,
	GEMV:         gemvGeneric,
	GEMVT:        rowwise(rankKGeneric),
	RankK:        rankKGeneric,
	GER:          outer(rankKGeneric),
	GatherRows:   gatherRowsGeneric,
	ReLU:         reluGeneric,
	ReLUGrad:     reluGradGeneric,
	Momentum:     momentumGeneric,
	CatchUp:      catchUpGeneric,
	Softmax:      softmaxGeneric,
	Transpose:    transposeGeneric,
	PeakFMA:      peakFMAGeneric,
	StreamRead:   streamReadGeneric,
}
