package store

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sys/unix"
)

// FileName is the file of a store's directory that [Open] writes to.
const FileName = "runs.jsonl"

// Open opens the store of a directory for appending; directory and file are made
// if missing. It fails if another process has the store open for appending, or if the
// file is damaged; a torn last line is cut off with a warning.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("results: %w", err)
	}
	name := filepath.Join(dir, FileName)
	file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return nil, fmt.Errorf("results: %w", err)
	}
	s := newStore()
	s.file = file
	if err := s.start(dir); err != nil {
		file.Close()
		return nil, err
	}
	return s, nil
}

// start locks and reads the file of a store just opened.
func (s *Store) start(dir string) error {
	if err := lock(s.file); err != nil {
		return err
	}
	// A new file survives a power cut only if its directory entry does.
	if err := syncDir(dir); err != nil {
		return fmt.Errorf("results: %w", err)
	}
	intact, torn, err := s.read(s.file)
	if err != nil {
		return err
	}
	s.size = intact
	if !torn {
		return nil
	}
	slog.Warn("results: cut off a torn last line", "file", s.file.Name(), "at", intact)
	if err := s.file.Truncate(intact); err != nil {
		return fmt.Errorf("results: %w", err)
	}
	return nil
}

// lock makes this process the file's only writer. The kernel ends the lock with the
// process, however that dies.
func lock(file *os.File) error {
	err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return fmt.Errorf("results: %s: another process is writing to it", file.Name())
	}
	if err != nil {
		return fmt.Errorf("results: %s: cannot be locked: %w", file.Name(), err)
	}
	return nil
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// OpenReadOnly reads records without locking or changing anything. Each path is a
// file or a directory, which stands for all its *.jsonl files in alphabetical order. A
// torn last line is left out with a warning.
func OpenReadOnly(paths ...string) (*Store, error) {
	s := newStore()
	for _, path := range paths {
		names, err := files(path)
		if err != nil {
			return nil, fmt.Errorf("results: %w", err)
		}
		for _, name := range names {
			if err := s.readFile(name); err != nil {
				return nil, err
			}
		}
	}
	return s, nil
}

// files returns the files a path stands for.
func files(path string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		return []string{path}, err
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if filepath.Ext(e.Name()) == ".jsonl" && !e.IsDir() {
			names = append(names, filepath.Join(path, e.Name()))
		}
	}
	slices.Sort(names)
	return names, nil
}

func (s *Store) readFile(name string) error {
	file, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("results: %w", err)
	}
	defer file.Close()
	intact, torn, err := s.read(file)
	if torn {
		slog.Warn("results: left out a torn last line", "file", name, "at", intact)
	}
	return err
}

// read adds the records of a file that the store does not have yet.
func (s *Store) read(file *os.File) (intact int64, torn bool, err error) {
	return load(file.Name(), file, func(r Record) error {
		known, err := s.known(r)
		if !known {
			s.add(r)
		}
		return err
	})
}
