package main

import (
	"syscall"
	"time"
)

// cpuTime is what this process has used of a CPU so far. One thread that is alone on a CPU uses all of the time that
// passes; with others beside it, this is what it would have taken alone, but for caches.
func cpuTime() time.Duration {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
