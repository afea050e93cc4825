package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Merge adds to the store of a directory the records of files, and of directories of them, that it does not have,
// and returns how many those are. Where two contradict each other nothing is added.
func Merge(dir string, paths ...string) (added int, err error) {
	from, err := OpenReadOnly(paths...)
	if err != nil {
		return 0, err
	}
	if _, err := os.Stat(filepath.Join(dir, FileName)); !errors.Is(err, fs.ErrNotExist) {
		if _, err := OpenReadOnly(append([]string{filepath.Join(dir, FileName)}, paths...)...); err != nil {
			return 0, err
		}
	}
	into, err := Open(dir)
	if err != nil {
		return 0, err
	}
	defer into.Close()
	for _, r := range from.Records() {
		if _, known := into.Get(r.ID); known {
			continue
		}
		if err := into.Append(r); err != nil {
			return added, err
		}
		added++
	}
	return added, nil
}
