// Package ops lists what the generators write: the tiers, their tiles, and the operations that run them.
package ops

// Generator is how the header of a generated file names its origin.
const Generator = "go run . in kernels/_asm"

// Tier is an instruction set that assembly is written for.
type Tier struct {
	Name  string // suffix of the names of its functions
	Arch  string // as GOARCH
	Lanes int    // float32 in a hardware vector
}

var (
	AVX2   = Tier{Name: "AVX2", Arch: "amd64", Lanes: 8}
	AVX512 = Tier{Name: "AVX512", Arch: "amd64", Lanes: 16}
	NEON   = Tier{Name: "NEON", Arch: "arm64", Lanes: 4}
)

// Assembly is what is written for a tier.
type Assembly struct {
	Text, Stubs []byte              // the functions, and their declarations in Go
	Requires    map[string][]string // the instruction-set extensions each function uses
}
