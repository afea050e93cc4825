//go:build !linux

package command

// availableMemory returns the bytes of memory that this machine has, 0 if that is not known.
func availableMemory() float64 { return 0 }
