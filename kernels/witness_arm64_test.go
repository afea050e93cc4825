//go:build arm64 && !purego

package kernels

var tilesOf = map[Tier]tileTables{
	NEON: {neonGemmT, neonMatMul, neonMomentum, neonRank, neonGemv, &neonPack, nil, nil},
}
