package atomicfile

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func names(t *testing.T, dir string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func touch(t *testing.T, path string) {
	t.Helper()
	if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A file is replaced whole, or stays as it was, and nothing is left beside it.
func TestWrite(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.csv")
	touch(t, path)
	failed := errors.New("failed")
	if err := Write(path, func(w io.Writer) error { io.WriteString(w, "ne"); return failed }); !errors.Is(err, failed) {
		t.Errorf("error %v", err)
	}
	if b, _ := os.ReadFile(path); string(b) != "old" {
		t.Errorf("after a failure: %q", b)
	}
	if err := WriteBytes(path, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if b, _ := os.ReadFile(path); string(b) != "new" || !slices.Equal(names(t, dir), []string{"a.csv"}) {
		t.Errorf("%q, %v", b, names(t, dir))
	}
	if err := WriteBytes(filepath.Join(dir, "none", "a.csv"), nil); err == nil {
		t.Error("no error without a directory")
	}
}

// What a killed process left goes, also that of earlier versions; what is somebody's own or being written stays.
func TestTidy(t *testing.T) {
	dir := t.TempDir()
	stay := []string{".a.csv", ".a.csv2", ".other.csv1234567890", "a.csv1234567890", ".hidden", ".12345678"}
	for _, name := range append([]string{".a.csv.2354767658", ".a.csv4711471147114711", ".b.png998877665544"}, stay...) {
		touch(t, filepath.Join(dir, name))
	}
	if err := Tidy(dir, func(name string) bool { return name == "a.csv" || name == "b.png" }); err != nil {
		t.Fatal(err)
	}
	slices.Sort(stay)
	if got := names(t, dir); !slices.Equal(got, stay) {
		t.Errorf("%q, want %q", got, stay)
	}
	touch(t, filepath.Join(dir, ".c.csv.2354767658"))
	err := WriteBytes(filepath.Join(dir, "c.csv"), nil)
	if _, left := os.Stat(filepath.Join(dir, ".c.csv.2354767658")); err != nil || left == nil {
		t.Errorf("%v, a leftover of an earlier try stays", err)
	}
}

// Two processes may write one file at a time: the second does not take the first's away.
func TestTidyLeavesOthersAtWork(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	err := Write(path, func(w io.Writer) error {
		io.WriteString(w, "first")
		return WriteBytes(path, []byte("second"))
	})
	if b, _ := os.ReadFile(path); err != nil || string(b) != "first" {
		t.Errorf("%v, %q", err, b)
	}
}
