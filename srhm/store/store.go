package store

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
)

// Store is a set of records, in memory and, unless read-only, in a file. Its
// methods may be called by many goroutines at once.
type Store struct {
	mu      sync.RWMutex
	records []Record
	origins []origin       // of the records
	place   map[string]int // of an id in records
	file    *os.File       // nil: read-only or closed
	size    int64          // of the file
	broken  error          // why the file can no longer be trusted to end where we think
}

// origin is the line that a record was read from. The zero value is none: this
// process made it.
type origin struct {
	file string
	line int
}

func newStore() *Store { return &Store{place: map[string]int{}} }

// Get returns the record of a run.
func (s *Store) Get(id string) (Record, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	i, ok := s.place[id]
	if !ok {
		return Record{}, false
	}
	return s.records[i], true
}

// Records returns all records in the order of the file, or files. Their checks
// are shared with the store and must not be changed.
func (s *Store) Records() []Record {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.records)
}

// Append adds a record, in one write, and returns when it is on the disk. A record that
// is there already is left as it is; one that contradicts it is refused. In the
// provenance, spaces take the place of control characters. After an error the file
// is as it was before.
func (s *Store) Append(r Record) error {
	if r.Schema == "" {
		r.Schema = Schema
	}
	r.Provenance = r.Provenance.clean()
	if err := cmp.Or(r.check(), checkText(r)); err != nil {
		return fmt.Errorf("results: %w", err)
	}
	line, err := r.encode()
	if err != nil {
		return fmt.Errorf("results: record %s: %w", r.ID, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if known, err := s.known(r); err != nil {
		return fmt.Errorf("results: %w", err)
	} else if known {
		return nil
	}
	if err := s.write(line); err != nil {
		return err
	}
	s.add(r, origin{})
	return nil
}

// known says whether the store has this record.
func (s *Store) known(r Record) (bool, error) {
	i, ok := s.place[r.ID]
	if ok && !sameResult(s.records[i].Result, r.Result) {
		return true, fmt.Errorf("id %s: a second, different result for one run%s", r.ID, s.origins[i])
	}
	return ok, nil
}

// String ends a sentence with the place of the first record.
func (o origin) String() string {
	if o.file == "" {
		return ""
	}
	return fmt.Sprintf(" (the first is in %s:%d)", o.file, o.line)
}

func (s *Store) add(r Record, from origin) {
	s.place[r.ID] = len(s.records)
	s.records = append(s.records, r)
	s.origins = append(s.origins, from)
}

// write appends a line to the file or, if that fails, restores its length.
func (s *Store) write(line []byte) error {
	if s.file == nil {
		return errors.New("results: the store is read-only or closed")
	}
	if s.broken != nil {
		return s.broken
	}
	err := writeAll(s.file, line)
	if err == nil {
		s.size += int64(len(line))
		return nil
	}
	if undo := s.file.Truncate(s.size); undo != nil {
		s.broken = fmt.Errorf("results: %s: cannot be restored after a failed write: %w", s.file.Name(), undo)
		return errors.Join(err, s.broken)
	}
	return fmt.Errorf("results: %w", err)
}

// writeAll returns when the bytes are on the disk.
func writeAll(file *os.File, b []byte) error {
	_, err := file.Write(b)
	return cmp.Or(err, file.Sync())
}

// Close releases the lock. Records can still be read.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	s.file = nil
	return err
}
