package store

import (
	"bytes"
	"cmp"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
)

// FileName is the file of a store's directory that [Open] writes to.
const FileName = "runs.jsonl"

// Open opens the store of a directory for appending; directory and file are made
// if missing. It fails if another process has the store open for appending, or if the
// file is damaged. A torn last line moves to a file beside it, NAME.torn, with a
// warning; a last line without its newline gets one.
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
	end, err := s.read(s.file)
	if err != nil {
		return err
	}
	s.size = end.intact
	if err := s.mend(end); err != nil {
		return fmt.Errorf("results: %w", err)
	}
	return nil
}

// mend makes the file end where the next record can begin.
func (s *Store) mend(end ending) error {
	if end.open {
		if err := writeAll(s.file, []byte("\n")); err != nil {
			return err
		}
		s.size++
	}
	if len(end.torn) == 0 {
		return nil
	}
	side := s.file.Name() + tornSuffix
	if err := keep(side, end.torn); err != nil {
		return err
	}
	slog.Warn("results: moved a torn last line", "from", fmt.Sprintf("%s:%d", s.file.Name(), end.line), "to", side)
	return cmp.Or(s.file.Truncate(end.intact), s.file.Sync())
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

// lock makes this process the file's only writer. The system ends the lock with the
// process, however that dies.
func lock(file *os.File) error {
	held, err := tryLock(file)
	if err != nil {
		return fmt.Errorf("results: %s: cannot be locked: %w", file.Name(), err)
	}
	if held {
		return fmt.Errorf("results: %s: another process is writing to it", file.Name())
	}
	return nil
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
	end, err := s.read(file)
	if len(end.torn) > 0 {
		slog.Warn("results: left out a torn last line", "at", fmt.Sprintf("%s:%d", name, end.line))
	}
	return err
}

// read adds the records of a file that the store does not have yet.
func (s *Store) read(file *os.File) (ending, error) {
	return load(file.Name(), file, func(line int, r Record) error {
		known, err := s.known(r)
		if !known {
			s.add(r, origin{file.Name(), line})
		}
		return err
	})
}
