//go:build arm64 && !purego

package kernels

var sets = map[Tier]*set{Generic: &genericSet, NEON: &neonSet}
