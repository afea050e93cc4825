package command

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// machineOf writes files below a directory that stands for a machine's root.
func machineOf(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

const unlimited1 = "9223372036854771712" // of version 1

// A process may take what its control group and all around it allow, whatever version, and wherever the groups are seen.
func TestGroupLimit(t *testing.T) {
	const (
		v2      = "31 23 0:28 / /sys/fs/cgroup rw,relatime shared:4 - cgroup2 cgroup2 rw,nsdelegate"
		v1      = "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory"
		unified = "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw"
		tmpfs   = "31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755"
	)
	inf := math.Inf(1)
	for name, c := range map[string]struct {
		mounts, groups string
		files          map[string]string
		want           float64
	}{
		"none":                   {"", "", nil, inf},
		"v2, own":                {v2, "0::/d", map[string]string{"sys/fs/cgroup/d/memory.max": "10"}, 10},
		"v2, no limit":           {v2, "0::/d", map[string]string{"sys/fs/cgroup/d/memory.max": "max"}, inf},
		"v2, of a group around":  {v2, "12:cpu:/x\n0::/a/b/c", map[string]string{"sys/fs/cgroup/a/memory.max": "3000", "sys/fs/cgroup/a/b/memory.max": "4000", "sys/fs/cgroup/a/b/c/memory.max": "max"}, 3000},
		"v2, of another group":   {v2, "0::/a", map[string]string{"sys/fs/cgroup/d/memory.max": "10"}, inf},
		"v2, a container's root": {v2, "0::/", map[string]string{"sys/fs/cgroup/memory.max": "5"}, 5},
		"v2, a group not seen":   {v2, "0::/none", map[string]string{"sys/fs/cgroup/memory.max": "7"}, 7},
		"v2, outside":            {v2, "0::/../d", map[string]string{"sys/fs/cgroup/d/memory.max": "10"}, 10},
		"v2, bound from the host": {"31 23 0:28 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup rw", "0::/docker/abc/inner",
			map[string]string{"sys/fs/cgroup/memory.max": "50", "sys/fs/cgroup/inner/memory.max": "60"}, 50},
		"v2, of another container": {"31 23 0:28 /docker/other /mnt/other ro - cgroup2 cgroup rw", "0::/docker/abc",
			map[string]string{"mnt/other/memory.max": "50"}, inf},
		"v2, a blank in its place": {`31 23 0:28 / /my\040groups rw - cgroup2 cgroup2 rw`, "0::/d", map[string]string{"my groups/d/memory.max": "8"}, 8},
		"v1, own": {tmpfs + "\n" + v1 + "\n" + unified, "4:memory:/d\n0::/", map[string]string{
			"sys/fs/cgroup/memory/d/memory.limit_in_bytes": "314572800", "sys/fs/cgroup/memory/memory.limit_in_bytes": unlimited1}, 314572800},
		"v1, of a group around": {v1, "4:memory:/a/b\n1:cpu:/", map[string]string{
			"sys/fs/cgroup/memory/a/memory.limit_in_bytes": "300", "sys/fs/cgroup/memory/a/b/memory.limit_in_bytes": unlimited1}, 300},
		"v1, of one around that is not seen": {v1, "4:memory:/", map[string]string{
			"sys/fs/cgroup/memory/memory.limit_in_bytes": unlimited1, "sys/fs/cgroup/memory/memory.stat": "cache 0\nhierarchical_memory_limit 400\nhierarchical_memsw_limit 9"}, 400},
		"v1, of one around that does not count": {v1, "4:memory:/a/b", map[string]string{
			"sys/fs/cgroup/memory/a/memory.limit_in_bytes": "300", "sys/fs/cgroup/memory/a/memory.use_hierarchy": "0", "sys/fs/cgroup/memory/a/b/memory.limit_in_bytes": "700"}, 700},
		"v1, with others": {"35 31 0:32 / /sys/fs/cgroup/cpu,memory rw - cgroup cgroup rw,cpu,memory", "4:cpu,memory:/d", map[string]string{
			"sys/fs/cgroup/cpu,memory/d/memory.limit_in_bytes": "12"}, 12},
		"v1, bound from the host": {"35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory", "4:memory:/docker/abc", map[string]string{
			"sys/fs/cgroup/memory/memory.limit_in_bytes": "77"}, 77},
		"both, the least": {v1 + "\n" + unified, "4:memory:/d\n0::/e", map[string]string{
			"sys/fs/cgroup/memory/d/memory.limit_in_bytes": "12", "sys/fs/cgroup/unified/e/memory.max": "11"}, 11},
	} {
		files := map[string]string{"proc/self/mountinfo": c.mounts, "proc/self/cgroup": c.groups}
		for file, text := range c.files {
			files[file] = text
		}
		if got := groupLimit(os.DirFS(machineOf(t, files))); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// The kernel's own control groups, where this process may make one: the limit of the outer group holds in the inner.
func TestRealGroup(t *testing.T) {
	if os.Getenv("SRHM_TEST_GROUP") != "" {
		t.Logf("limit %v", availableMemory())
		return
	}
	const mount = "/sys/fs/cgroup/memory"
	outer := filepath.Join(mount, "srhmbench-test-"+filepath.Base(t.TempDir()))
	inner := filepath.Join(outer, "inner")
	if err := os.MkdirAll(inner, 0o755); err != nil {
		t.Skip("no control group of version 1 can be made here: ", err)
	}
	defer os.Remove(outer)
	defer os.Remove(inner)
	if err := os.WriteFile(filepath.Join(outer, "memory.limit_in_bytes"), []byte("300M"), 0o644); err != nil {
		t.Skip("no limit can be set here: ", err)
	}
	out := inShell(t, `echo $$ >"$0/cgroup.procs" && exec "$@"`, inner)
	if !strings.Contains(out, "limit 300 MiB, by its control group") {
		t.Errorf("in a group of 300 MiB:\n%s", out)
	}
}
