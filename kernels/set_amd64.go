//go:build amd64 && !purego

package kernels

var sets = map[Tier]*set{Generic: &genericSet, AVX2: &avx2Set, AVX512: &avx512Set}
