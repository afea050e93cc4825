//go:build !linux

package bench

import "time"

var began = time.Now()

// threadTime is the time that passes, where the thread's own is not to be had.
func threadTime() time.Duration { return time.Since(began) }
