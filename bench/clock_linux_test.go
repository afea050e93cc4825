package bench

import (
	"time"

	"golang.org/x/sys/unix"
)

// threadTime is how long this thread has run, which leaves out what others took.
func threadTime() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		panic(err) // every Linux has this clock
	}
	return time.Duration(t.Nano())
}
