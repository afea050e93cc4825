//go:build !amd64 || purego

package kernels

var sets = map[Tier]*set{Generic: &genericSet}
