//go:build unix

package atomicfile

import (
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
	"golang.org/x/sys/unix"
)

// create opens a file beside its place. A lock, which ends with this process, tells others that it is being written.
func create(path string) (*renameio.PendingFile, error) {
	for {
		f, err := renameio.NewPendingFile(path, renameio.WithTempDir(filepath.Dir(path)), renameio.WithPermissions(0o644))
		if err != nil {
			return nil, err
		}
		unix.Flock(int(f.Fd()), unix.LOCK_EX) // file systems without locks have to do without
		if _, err := os.Lstat(f.Name()); err == nil {
			return f, nil
		}
		f.Close() // another process tidied it away before it was locked
	}
}

// removeAbandoned removes a half-written file unless a process holds its lock.
func removeAbandoned(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB) != nil {
		return nil
	}
	return os.Remove(path)
}
