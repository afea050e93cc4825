// Package ops lists what the generators write: the tiers, their tiles, and the operations that run them.
package ops

import "slices"

// Generator is how the header of a generated file names its origin.
const Generator = "go run . in kernels/_asm"

// Tier is an instruction set that assembly is written for, with the sizes of its tiles.
type Tier struct {
	Name  string // suffix of the names of its functions
	Arch  string // as GOARCH
	Lanes int    // float32 in a hardware vector

	GEMM, GEMMT, GEMMNT []Tile
	MomentumRows        int        // the most rows of a tile of MomentumGEMM
	MomentumSamples     int        // whose rows of Z stay in registers; 0, or not below the samples its other tiles end with
	DepthwiseWidths     []int      // of kernels that have a depthwise convolution by rows
	DepthwiseGrads      []GradTile // of the weights of these

	ConvColumns int // of a tile of a convolution
	Side        int // of the squares Transpose moves
	FMAFlops    int // of one loop of PeakFMA
}

// Tile is a register tile: rows of the result by columns.
type Tile struct{ Rows, Columns int }

// GradTile is a tile of the gradient of depthwise weights: rows of a kernel of some width, by hardware vectors of channels.
type GradTile struct{ Width, Rows, Vectors int }

// In the general product, as many rows as leave registers for B are the rule; few rows take more columns so that enough
// independent chains are in flight, and a narrow edge of C takes fewer.
var (
	AVX2 = Tier{
		Name: "AVX2", Arch: "amd64", Lanes: 8,
		GEMM:            slices.Concat(each(1, 6, 8, 16), each(1, 3, 32), each(1, 1, 64)),
		GEMMT:           slices.Concat(each(1, 6, 16), each(1, 4, 24), each(1, 12, 8)),
		GEMMNT:          slices.Concat(each(1, 2, 16, 32), each(3, 4, 16)),
		MomentumRows:    6,
		MomentumSamples: 4,
		DepthwiseWidths: []int{3, 5},
		DepthwiseGrads:  []GradTile{{3, 3, 1}, {3, 2, 2}, {3, 1, 3}, {5, 1, 2}},
		ConvColumns:     16,
		Side:            8,
		FMAFlops:        192,
	}
	AVX512 = Tier{
		Name: "AVX512", Arch: "amd64", Lanes: 16,
		GEMM:            slices.Concat(each(1, 14, 16, 32), each(1, 3, 64)),
		GEMMT:           slices.Concat(each(1, 12, 16), each(1, 12, 32), each(1, 12, 8)),
		GEMMNT:          slices.Concat(each(1, 2, 16, 64), each(3, 4, 16, 32)),
		MomentumRows:    12,
		MomentumSamples: 4,
		DepthwiseWidths: []int{3, 5},
		DepthwiseGrads:  []GradTile{{3, 3, 1}, {3, 2, 2}, {3, 1, 3}, {5, 1, 2}},
		ConvColumns:     32,
		Side:            8, // AVX2's
		FMAFlops:        768,
	}
	NEON = Tier{
		Name: "NEON", Arch: "arm64", Lanes: 4,
		GEMM:         slices.Concat(each(1, 6, 8, 16), each(1, 3, 32), each(1, 1, 64)),
		GEMMT:        slices.Concat(each(1, 6, 16), each(1, 12, 8)),
		GEMMNT:       each(1, 4, 16),
		MomentumRows: 6,
		ConvColumns:  16,
		Side:         4,
		FMAFlops:     192,
	}
)

// each is the tiles from one number of rows to another, of some numbers of columns each.
func each(from, to int, columns ...int) []Tile {
	var list []Tile
	for r := from; r <= to; r++ {
		for _, c := range columns {
			list = append(list, Tile{r, c})
		}
	}
	return list
}

// Tiers lists those of all architectures, narrower before wider.
var Tiers = []Tier{AVX2, AVX512, NEON}

// upTo lists the tiers of the same architecture up to this one.
func (t Tier) upTo() []Tier {
	var list []Tier
	for _, other := range Tiers {
		if other.Arch == t.Arch && other.Lanes <= t.Lanes {
			list = append(list, other)
		}
	}
	return list
}

// Assembly is what is written for a tier.
type Assembly struct {
	Text, Stubs []byte              // the functions, and their declarations in Go
	Requires    map[string][]string // the instruction-set extensions each function uses
}
