package command

import (
	"math"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// availableMemory returns the memory that this process may use: the machine's, or less if a control group or ulimit
// sets a lower limit.
func availableMemory() memory {
	least := memory{bytes: math.Inf(1)}
	var info unix.Sysinfo_t
	if unix.Sysinfo(&info) == nil {
		least.bytes = float64(info.Totalram) * float64(info.Unit)
	}
	space, data := mapped()
	for _, other := range []memory{
		{groupLimit(os.DirFS("/")), "by its control group"},
		{resourceLimit(unix.RLIMIT_AS, space+reservedSpace), "by ulimit -v"},
		{resourceLimit(unix.RLIMIT_DATA, data+reservedData), "by ulimit -d"},
	} {
		if other.bytes < least.bytes {
			least = other
		}
	}
	return least
}

// Bytes of address space and data that a process uses on top of what it has at the start and what its trainings are
// predicted to need: thread stacks, the C library's arenas, and the rounding of the Go heap to whole arenas.
const (
	reservedSpace = 512 << 20
	reservedData  = 128 << 20
)

// resourceLimit returns what remains of one of this process's limits after used bytes; +Inf if it has no limit.
func resourceLimit(resource int, used float64) float64 {
	var limit unix.Rlimit
	if unix.Getrlimit(resource, &limit) != nil || limit.Cur == unix.RLIM_INFINITY {
		return math.Inf(1)
	}
	return max(0, float64(limit.Cur)-used)
}

// mapped returns how much address space and data this process occupies, in bytes.
func mapped() (space, data float64) {
	text, _ := os.ReadFile("/proc/self/statm") // proc(5): size, resident, shared, text, lib, data, in pages
	fields := strings.Fields(string(text))
	if len(fields) < 6 {
		return 0, 0
	}
	pages := func(s string) float64 {
		n, _ := strconv.ParseFloat(s, 64)
		return n * float64(os.Getpagesize())
	}
	return pages(fields[0]), pages(fields[5])
}
