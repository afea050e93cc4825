package kernels

var genericSet = set{
	tier:                     Generic,
	GEMM:                     gemmGeneric,
	GEMMT:                    gemmTGeneric,
	MomentumGEMM:             momentumGEMMGeneric,
	GatherRows:               gatherRowsGeneric,
	ReLU:                     reluGeneric,
	ReLUGrad:                 reluGradGeneric,
	Momentum:                 momentumGeneric,
	CatchUp:                  catchUpGeneric,
	Softmax:                  softmaxGeneric,
	Conv:                     convGeneric,
	ConvGradInput:            convGradInputGeneric,
	ConvGradWeights:          convGradWeightsGeneric,
	DepthwiseConv:            depthwiseConvGeneric,
	DepthwiseConvGradInput:   depthwiseConvGradInputGeneric,
	DepthwiseConvGradWeights: depthwiseConvGradWeightsGeneric,
	Transpose:                transposeGeneric,
	PeakFMA:                  peakFMAGeneric,
	StreamRead:               streamReadGeneric,
}
