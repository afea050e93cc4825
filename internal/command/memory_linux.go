package command

import (
	"math"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// availableMemory returns the memory that this process may use: that of the machine, or less where a control
// group or ulimit allows less.
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

// What a process takes of its address space and data, in bytes, beside what it has at the start and what
// trainings are predicted to need: stacks of threads, the C library's arenas, the Go heap in whole arenas.
const (
	reservedSpace = 512 << 20
	reservedData  = 128 << 20
)

// resourceLimit is what a limit of this process leaves when so much of it is used; +Inf if there is none.
func resourceLimit(resource int, used float64) float64 {
	var limit unix.Rlimit
	if unix.Getrlimit(resource, &limit) != nil || limit.Cur == unix.RLIM_INFINITY {
		return math.Inf(1)
	}
	return max(0, float64(limit.Cur)-used)
}

// mapped returns the bytes of address space and of data that this process has.
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
