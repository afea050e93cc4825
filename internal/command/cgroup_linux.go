package command

import (
	"io/fs"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
)

// groupLimit returns the lowest memory limit, in bytes, of this process's control groups and their parents, version 1
// or 2, inside a container or not; +Inf if there is none. machine is the root of the file system.
func groupLimit(machine fs.FS) float64 {
	least := math.Inf(1)
	groups := controlGroups(read(machine, "/proc/self/cgroup"))
	for _, m := range groupMounts(read(machine, "/proc/self/mountinfo")) {
		group, known := groups[m.controller]
		if !known || !within(group, m.root) {
			continue
		}
		for dir := path.Join(m.dir, strings.TrimPrefix(group, m.root)); ; dir = path.Dir(dir) {
			for _, file := range []string{"memory.max", "memory.limit_in_bytes"} { // version 2, version 1
				least = min(least, bytesOr(read(machine, path.Join(dir, file))))
			}
			// Version 1 reports the parents' limit too, even where the parents cannot be seen.
			_, above, _ := strings.Cut(read(machine, path.Join(dir, "memory.stat")), "hierarchical_memory_limit ")
			above, _, _ = strings.Cut(above, "\n")
			least = min(least, bytesOr(above))
			apart := strings.TrimSpace(read(machine, path.Join(path.Dir(dir), "memory.use_hierarchy"))) == "0"
			if dir == m.dir || apart {
				break
			}
		}
	}
	return least
}

// controlGroups returns the group of each controller, as /proc/self/cgroup lists them: "ID:CONTROLLERS:PATH".
// Version 2 has one for all controllers, whose name is empty.
func controlGroups(text string) map[string]string {
	groups := map[string]string{}
	for line := range strings.Lines(text) {
		fields := strings.SplitN(strings.TrimSuffix(line, "\n"), ":", 3)
		if len(fields) < 3 {
			continue
		}
		for controller := range strings.SplitSeq(fields[1], ",") {
			groups[controller] = path.Clean("/" + fields[2])
		}
	}
	return groups
}

// groupMount is a mounted hierarchy of control groups that may limit memory.
type groupMount struct {
	controller string // "memory", or "" for all of version 2
	root, dir  string // the group that is mounted, and where
}

// groupMounts returns the hierarchies that /proc/self/mountinfo lists (proc(5)).
func groupMounts(text string) (list []groupMount) {
	for line := range strings.Lines(text) {
		left, right, found := strings.Cut(line, " - ")
		mount, kind := strings.Fields(left), strings.Fields(right) // id, parent, device, root, place; type, source, options
		if !found || len(mount) < 5 || len(kind) < 3 {
			continue
		}
		m := groupMount{root: path.Clean(unescaped(mount[3])), dir: unescaped(mount[4])}
		switch {
		case kind[0] == "cgroup2":
		case kind[0] == "cgroup" && slices.Contains(strings.Split(kind[2], ","), "memory"):
			m.controller = "memory"
		default:
			continue
		}
		list = append(list, m)
	}
	return list
}

// unescaped decodes mountinfo's octal escapes, such as "\040" for a space.
func unescaped(text string) string {
	for _, c := range " \t\n\\" {
		octal := strconv.FormatInt(int64(c), 8)
		text = strings.ReplaceAll(text, `\`+strings.Repeat("0", 3-len(octal))+octal, string(c))
	}
	return text
}

// within reports whether a path equals another or lies below it.
func within(below, above string) bool {
	return above == "/" || below == above || strings.HasPrefix(below, above+"/")
}

// read returns a file's text, "" if it cannot be read.
func read(machine fs.FS, name string) string {
	text, _ := fs.ReadFile(machine, strings.TrimPrefix(name, "/"))
	return string(text)
}

// bytesOr parses a number of bytes; "max" and the empty string are +Inf.
func bytesOr(text string) float64 {
	n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		return math.Inf(1)
	}
	return n
}
