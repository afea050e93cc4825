package store

import (
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
	place   map[string]int // of an id in records
	file    *os.File       // nil: read-only or closed
	size    int64          // of the file
	broken  error          // why the file can no longer be trusted to end where we think
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
// is there already is left as it is; one that contradicts it is refused. After
// an error the file is as it was before.
func (s *Store) Append(r Record) error {
	if r.Schema == "" {
		r.Schema = Schema
	}
	if err := r.check(); err != nil {
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
	s.add(r)
	return nil
}

// known says whether the store has this record.
func (s *Store) known(r Record) (bool, error) {
	i, ok := s.place[r.ID]
	if ok && !sameResult(s.records[i].Result, r.Result) {
		return true, fmt.Errorf("id %s: a second, different result for one run", r.ID)
	}
	return ok, nil
}

func (s *Store) add(r Record) {
	s.place[r.ID] = len(s.records)
	s.records = append(s.records, r)
}

// write appends a line to the file or, if that fails, restores its length.
func (s *Store) write(line []byte) error {
	if s.file == nil {
		return errors.New("results: the store is read-only or closed")
	}
	if s.broken != nil {
		return s.broken
	}
	_, err := s.file.Write(line)
	if err == nil {
		err = s.file.Sync()
	}
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
