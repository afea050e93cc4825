//go:build !(amd64 || arm64) || purego

package kernels

var sets = map[Tier]*set{Generic: &genericSet}

// requires is empty in a build without assembly.
var requires map[string][]string
