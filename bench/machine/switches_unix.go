//go:build unix

package machine

import "syscall"

// involuntary returns how often this process was made to wait although it could have gone on.
func involuntary() int64 {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return int64(r.Nivcsw)
}
