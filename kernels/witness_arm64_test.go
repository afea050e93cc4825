//go:build arm64 && !purego

package kernels

var tilesOf = map[Tier]tileTables{
	NEON: {neonGemmT, neonGemmNT, neonGemm, neonMomentum, neonRank, neonGemv, &neonPack, []*depthwiseTiles{&neonDepthwiseConv, &neonDepthwiseConvGradInput}, &neonDepthwiseConvGradWeights},
}
