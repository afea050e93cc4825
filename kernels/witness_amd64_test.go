//go:build amd64 && !purego

package kernels

var tilesOf = map[Tier]tileTables{
	AVX2:   {avx2GemmT, avx2GemmNT, avx2Gemm, avx2Momentum, avx2Rank, avx2Gemv, &avx2Pack, []*depthwiseTiles{&avx2DepthwiseConv, &avx2DepthwiseConvGradInput}, &avx2DepthwiseConvGradWeights},
	AVX512: {avx512GemmT, avx512GemmNT, avx512Gemm, avx512Momentum, avx512Rank, avx512Gemv, &avx512Pack, []*depthwiseTiles{&avx512DepthwiseConv, &avx512DepthwiseConvGradInput}, &avx512DepthwiseConvGradWeights},
}
