package kernels

import "fmt"

// Tier is an instruction-set level of the kernels. The tiers of an architecture ascend in width.
type Tier int

// The tiers.
const (
	Generic Tier = iota
	AVX2
	AVX512
	NEON
)

var tierNames = [...]string{"generic", "avx2", "avx512", "neon"}

// String returns the name used in flags, records and benchmark names.
func (t Tier) String() string { return tierNames[t] }

// Tiers lists every tier, narrowest first, whether or not this build has it and this CPU can run it.
func Tiers() []Tier { return []Tier{Generic, AVX2, AVX512, NEON} }

// ParseTier returns the tier of a name; the error lists the names allowed.
func ParseTier(name string) (Tier, error) {
	for i, n := range tierNames {
		if n == name {
			return Tier(i), nil
		}
	}
	return 0, fmt.Errorf("kernel tier %q: want generic, avx2, avx512 or neon", name)
}
