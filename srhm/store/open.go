package store

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
)

// extension ends the names of files of records.
const extension = ".jsonl"

// Open opens the store of a directory for appending; the directory is made if
// missing. Records go to a file of this process's own: [FileName], or while another
// process has that, the next that is free of runs-2.jsonl, runs-3.jsonl and so on. All
// files of the directory are read. An error names the line that is no record.
//
// If the last writer of the file was killed, a torn last line moves to a file beside
// it, NAME.torn, with a warning. A last line without its newline gets one.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("results: %w", err)
	}
	own, err := claim(dir)
	if err != nil {
		return nil, fmt.Errorf("results: %w", err)
	}
	s := newStore()
	if err := s.readDir(dir, own); err != nil {
		own.close()
		return nil, err
	}
	s.own = own
	return s, nil
}

// readDir reads the files of a directory, of which this process may write one.
func (s *Store) readDir(dir string, own *part) error {
	names, err := filesOf(dir)
	if err != nil {
		return fmt.Errorf("results: %w", err)
	}
	for _, name := range names {
		if own != nil && name == own.name {
			err = s.readOwn(own)
		} else {
			err = s.readFile(name)
		}
		// A file that is gone by now was empty, or its records are in runs.jsonl, which comes last of them.
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// OpenReadOnly reads records without locking or changing anything. Each path is a
// file or a directory, which stands for all its *.jsonl files in alphabetical order. A
// torn last line is left out with a warning.
func OpenReadOnly(paths ...string) (*Store, error) {
	s := newStore()
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			err = fmt.Errorf("results: %w", err)
		case info.IsDir():
			err = s.readDir(path, nil)
		default:
			err = s.readFile(path)
		}
		if err != nil {
			return nil, err
		}
	}
	return s, nil
}

// filesOf returns the files of records in a directory, in alphabetical order.
func filesOf(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if filepath.Ext(e.Name()) == extension && !e.IsDir() {
			names = append(names, filepath.Join(dir, e.Name()))
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
	end, err := s.read(file)
	if len(end.torn) > 0 {
		slog.Warn("results: left out a torn last line", "at", fmt.Sprintf("%s:%d", name, end.line))
	}
	return err
}

func (s *Store) readOwn(p *part) error {
	end, err := s.read(p.file)
	if err != nil {
		return err
	}
	if err := p.mend(end); err != nil {
		return fmt.Errorf("results: %w", err)
	}
	return nil
}

// read adds the records of a file that the store does not have yet.
func (s *Store) read(file *os.File) (ending, error) {
	return load(file.Name(), file, func(line int, r *Record) error {
		known, err := s.known(r)
		if !known {
			s.add(r, origin{file.Name(), line})
		}
		return err
	})
}
