package command

import "golang.org/x/sys/unix"

// physicalMemory returns the bytes of memory of this machine, 0 if that is not known.
func physicalMemory() float64 {
	var info unix.Sysinfo_t
	if unix.Sysinfo(&info) != nil {
		return 0
	}
	return float64(info.Totalram) * float64(info.Unit)
}
