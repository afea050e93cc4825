// Package atomicfile replaces files whole or not at all, and tidies up what a process left that was killed meanwhile.
package atomicfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Write puts a file in place that write fills: it is written beside its place, flushed to the disk and renamed. The
// directory must be there. What killed processes left of earlier tries is removed.
func Write(path string, write func(io.Writer) error) error {
	base := filepath.Base(path)
	if err := Tidy(filepath.Dir(path), func(name string) bool { return name == base }); err != nil {
		return err
	}
	f, err := create(path)
	if err != nil {
		return err
	}
	defer f.Cleanup() // nothing is left to clean up once it is in place
	if err := write(f); err != nil {
		return err
	}
	return f.CloseAtomicallyReplace()
}

// WriteBytes is Write for what is in memory.
func WriteBytes(path string, data []byte) error {
	return Write(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// Tidy removes from a directory the half-written files that no process writes any more, of those files whose
// names ours accepts.
func Tidy(dir string, ours func(name string) bool) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name, half := destination(e.Name())
		if !half || !ours(name) || !e.Type().IsRegular() {
			continue
		}
		if err := removeAbandoned(filepath.Join(dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// destination returns the name of the file that a half-written one was to become: ".NAME" and a random number, with a
// dot between in earlier versions.
func destination(half string) (name string, ok bool) {
	name, ok = strings.CutPrefix(half, ".")
	cut := strings.TrimRight(name, "0123456789")
	const fewest = 5 // digits: shorter ones are somebody's own, and as good as never drawn
	return strings.TrimSuffix(cut, "."), ok && len(name)-len(cut) >= fewest
}
