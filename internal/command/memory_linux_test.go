package command

import (
	"os"
	"path/filepath"
	"testing"
)

// A process may take what its control group and all around it allow.
func TestCgroupLimit(t *testing.T) {
	root := t.TempDir()
	for path, max := range map[string]string{"": "max", "a": "3000", "a/b": "4000", "a/b/c": "max", "d": "10"} {
		dir := filepath.Join(root, path)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "memory.max"), []byte(max+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for groups, want := range map[string]float64{
		"0::/a/b/c\n": 3000, "12:cpu:/d\n0::/\n": 0, "0::/d\n": 10, "": 0, "0::/../d\n": 10, "0::/none\n": 0,
	} {
		if got := cgroupLimit(root, groups); got != want {
			t.Errorf("%q: %v, want %v", groups, got, want)
		}
	}
	if got := availableMemory(); got < 1<<20 {
		t.Errorf("%v bytes of memory", got)
	}
}
