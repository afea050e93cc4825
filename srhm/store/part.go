package store

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"

	"github.com/gofrs/flock"
)

// FileName is the file of a store's directory that the first of its writers has.
const FileName = "runs" + extension

// partName names the file of writer n, from 1.
func partName(dir string, n int) string {
	if n == 1 {
		return filepath.Join(dir, FileName)
	}
	return filepath.Join(dir, fmt.Sprintf("runs-%d%s", n, extension))
}

// part is the file of a store's directory that only this process writes to.
type part struct {
	name   string
	file   *os.File
	lock   *flock.Flock
	size   int64 // where the next record begins
	broken error // why that is no longer sure
}

// claim takes the first file of a directory that no process has.
func claim(dir string) (*part, error) {
	for n := 1; ; n++ {
		p, err := take(partName(dir, n))
		if err != nil || p != nil {
			return p, err
		}
	}
}

// take opens and locks a file, which is made if missing. It returns nil if another process has
// it. The system ends the lock with the process, however that dies.
func take(name string) (*part, error) {
	lock := flock.New(lockName(name), flock.SetPermissions(0o644))
	locked, err := lock.TryLock()
	if open := (*fs.PathError)(nil); errors.As(err, &open) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be locked: %w: want a file system with locks", name, err)
	}
	if !locked {
		return nil, nil
	}
	if !sameFile(lock) { // compacted or tidied away since it was opened
		return nil, lock.Close()
	}
	p := &part{name: name, lock: lock}
	if p.file, err = os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o644); err == nil {
		// A new file survives a power cut only if its directory entry does.
		err = syncDir(filepath.Dir(name))
	}
	if err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

// lockName is the file itself, but on Windows, where nobody could read a locked file.
func lockName(name string) string {
	if runtime.GOOS == "windows" {
		return name + ".lock"
	}
	return name
}

// sameFile reports whether what was locked is still what has the name.
func sameFile(lock *flock.Flock) bool {
	locked, err := lock.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(lock.Path())
	return err == nil && os.SameFile(locked, named)
}

// mend makes the file end where the next record can begin.
func (p *part) mend(end ending) error {
	p.size = end.intact
	if end.open {
		if err := writeAll(p.file, []byte("\n")); err != nil {
			return err
		}
		p.size++
	}
	if len(end.torn) == 0 {
		return nil
	}
	side := p.name + tornSuffix
	if err := keep(side, end.torn); err != nil {
		return err
	}
	slog.Warn("results: moved a torn last line", "from", fmt.Sprintf("%s:%d", p.name, end.line), "to", side)
	return cmp.Or(p.file.Truncate(end.intact), p.file.Sync())
}

// tornSuffix ends the name of the file that torn lines of another go to. It makes
// a name that is not read as one of records.
const tornSuffix = ".torn"

// keep adds a line to a file.
func keep(name string, line []byte) error {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer file.Close()
	line = append(bytes.TrimRight(line, "\n"), '\n')
	return cmp.Or(writeAll(file, line), syncDir(filepath.Dir(name)))
}

// write appends lines to the file or, if that fails, restores its length.
func (p *part) write(lines []byte) error {
	if p.broken != nil {
		return p.broken
	}
	if err := p.check(); err != nil {
		return err
	}
	err := writeAll(p.file, lines)
	if err == nil {
		p.size += int64(len(lines))
		return nil
	}
	if undo := p.file.Truncate(p.size); undo != nil {
		p.broken = fmt.Errorf("%s cannot be restored after a failed write: %w", p.name, undo)
		return errors.Join(err, p.broken)
	}
	return err
}

// check finds out what a lock keeps other programs of ours from, but not all the world.
func (p *part) check() error {
	info, err := p.file.Stat()
	if err != nil {
		return err
	}
	if named, err := os.Stat(p.name); err != nil || !os.SameFile(info, named) {
		return fmt.Errorf("%s was removed or replaced while this process had it", p.name)
	}
	if info.Size() != p.size {
		return fmt.Errorf("%s was changed while this process had it: another program wrote to it, or the file system's locks do not hold", p.name)
	}
	return nil
}

// writeAll returns when the bytes are on the disk.
func writeAll(file *os.File, b []byte) error {
	_, err := file.Write(b)
	return cmp.Or(err, file.Sync())
}

func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // has no such thing
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// close ends the lock. A file that was only needed because others were taken, and
// has no records, goes.
func (p *part) close() error {
	var err error
	if p.file != nil {
		if info, e := p.file.Stat(); e == nil && info.Size() == 0 && filepath.Base(p.name) != FileName {
			if err = os.Remove(p.name); errors.Is(err, fs.ErrNotExist) {
				err = nil
			}
		}
		err = cmp.Or(err, p.file.Close())
	}
	return cmp.Or(err, p.lock.Close())
}
