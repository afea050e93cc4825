package command

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// availableMemory returns the bytes of memory that this machine, or the container around this process, has;
// 0 if that is not known.
func availableMemory() float64 {
	var info unix.Sysinfo_t
	if unix.Sysinfo(&info) != nil {
		return 0
	}
	have := float64(info.Totalram) * float64(info.Unit)
	text, _ := os.ReadFile("/proc/self/cgroup")
	if limit := cgroupLimit("/sys/fs/cgroup", string(text)); limit > 0 {
		have = min(have, limit)
	}
	return have
}

// cgroupLimit is the smallest memory.max of a control group (version 2) and those around it; 0 for none.
// groups is what /proc/self/cgroup says.
func cgroupLimit(root, groups string) float64 {
	limit := 0.0
	for line := range strings.Lines(groups) {
		path, found := strings.CutPrefix(strings.TrimSpace(line), "0::")
		if !found {
			continue
		}
		for dir := filepath.Clean("/" + path); ; dir = filepath.Dir(dir) {
			text, _ := os.ReadFile(filepath.Join(root, dir, "memory.max"))
			if n, err := strconv.ParseFloat(strings.TrimSpace(string(text)), 64); err == nil && (limit == 0 || n < limit) {
				limit = n // "max" is no number
			}
			if dir == "/" {
				break
			}
		}
	}
	return limit
}
