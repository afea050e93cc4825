//go:build !linux

package command

// physicalMemory returns the bytes of memory of this machine, 0 if that is not known.
func physicalMemory() float64 { return 0 }
