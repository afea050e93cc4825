package gate

import (
	"os"
	"os/exec"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

// pinnedCPU returns the last CPU this process may use, because the first serves the interrupts. It is -1 if the system
// does not tell.
func pinnedCPU() int {
	var allowed unix.CPUSet
	if unix.SchedGetaffinity(0, &allowed) != nil {
		return -1
	}
	last := -1
	for cpu := range maxCPUs {
		if allowed.IsSet(cpu) {
			last = cpu
		}
	}
	return last
}

// maxCPUs is the number of CPUs a CPUSet has room for.
const maxCPUs = 1024

// startPinned starts a process that stays on one CPU. It inherits the affinity of the thread that starts it.
func startPinned(cmd *exec.Cmd, cpu int) error {
	if cpu < 0 {
		return cmd.Start()
	}
	runtime.LockOSThread()
	var all, one unix.CPUSet
	if err := unix.SchedGetaffinity(0, &all); err != nil {
		return err
	}
	one.Set(cpu)
	if err := unix.SchedSetaffinity(0, &one); err != nil {
		return err
	}
	err := cmd.Start()
	if unix.SchedSetaffinity(0, &all) == nil {
		runtime.UnlockOSThread() // a thread that stays pinned stays locked, and ends with its goroutine
	}
	return err
}

// involuntary returns how often a process had to wait although it could have gone on.
func involuntary(s *os.ProcessState) int64 {
	if s == nil {
		return 0
	}
	if usage, ok := s.SysUsage().(*syscall.Rusage); ok {
		return int64(usage.Nivcsw)
	}
	return 0
}
