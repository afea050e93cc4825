//go:build unix

package store

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

// fillUp lets the file end in the middle of a line, as a full disk does, and
// fails if the failed append leaves anything behind.
func fillUp(s *Store) {
	signal.Notify(make(chan os.Signal, 1), syscall.SIGXFSZ)
	whole := s.own.size
	limit := uint64(whole) + 100
	if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: limit, Max: unix.RLIM_INFINITY}); err != nil {
		panic(err)
	}
	if err := s.Append(sample(1000)); err == nil {
		panic("an append beyond the limit succeeded")
	}
	if info, _ := os.Stat(s.own.name); info.Size() != whole {
		panic(fmt.Sprintf("%d bytes are left of %d", info.Size(), whole))
	}
	if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: unix.RLIM_INFINITY, Max: unix.RLIM_INFINITY}); err != nil {
		panic(err)
	}
	if err := s.Append(sample(1001)); err != nil {
		panic(err)
	}
}
