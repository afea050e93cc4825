package kernels

var genericSet = set{
	tier:         Generic,
	gemm:         gemmGeneric,
	gemmT:        gemmTGeneric,
	momentumGEMM: momentumGEMMGeneric,
	gatherRows:   gatherRowsGeneric,
	relu:         reluGeneric,
	reluGrad:     reluGradGeneric,
	momentum:     momentumGeneric,
	catchUp:      catchUpGeneric,
	softmax:      softmaxGeneric,
	transpose:    transposeGeneric,
	peakFMA:      peakFMAGeneric,
	streamRead:   streamReadGeneric,
}
