package store

import (
	"cmp"
	"errors"
	"fmt"
	"sync"
)

// Store is a set of records, in memory and, unless read-only, in a file that only
// this process writes to. Its methods may be called by many goroutines at once.
type Store struct {
	mu      sync.RWMutex
	records []*Record
	origins []origin       // of the records
	place   map[string]int // of an id in records
	own     *part          // nil: read-only or closed
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
	return *s.records[i], true
}

// Records returns all records in the order of the file, or files. Their checks
// are shared with the store and must not be changed.
func (s *Store) Records() []Record {
	s.mu.RLock()
	defer s.mu.RUnlock()
	list := make([]Record, len(s.records))
	for i, r := range s.records {
		list[i] = *r
	}
	return list
}

// Append adds records, in one write, and returns when they are on the disk. One that
// is there already is left as it is; one that contradicts it is refused. In the
// provenance, spaces take the place of control characters. After an error nothing
// was added.
func (s *Store) Append(records ...Record) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.own == nil {
		return errors.New("results: the store is read-only or closed")
	}
	before := len(s.records)
	text, err := s.admit(records)
	if err == nil && len(text) > 0 {
		err = s.own.write(text)
	}
	if err != nil {
		s.forget(before)
		return fmt.Errorf("results: %w", err)
	}
	return nil
}

// admit takes in the records that are not there yet and returns their lines.
func (s *Store) admit(records []Record) (text []byte, err error) {
	for _, r := range records {
		r.Schema = cmp.Or(r.Schema, Schema)
		r.migrate()
		r.Provenance = r.Provenance.clean()
		if err := cmp.Or(r.check(), checkText(r)); err != nil {
			return nil, err
		}
		known, err := s.known(&r)
		if err != nil {
			return nil, err
		}
		if known {
			continue
		}
		line, err := r.encode()
		if err != nil {
			return nil, fmt.Errorf("record %s: %w", r.ID, err)
		}
		text = append(text, line...)
		s.add(&r, origin{})
	}
	return text, nil
}

// forget drops the records from the given one on.
func (s *Store) forget(from int) {
	for _, r := range s.records[from:] {
		delete(s.place, r.ID)
	}
	s.records, s.origins = s.records[:from], s.origins[:from]
}

// known says whether the store has this record.
func (s *Store) known(r *Record) (bool, error) {
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

func (s *Store) add(r *Record, from origin) {
	s.place[r.ID] = len(s.records)
	s.records = append(s.records, r)
	s.origins = append(s.origins, from)
}

// Path names the file that this process writes to; "" if there is none.
func (s *Store) Path() string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.own == nil {
		return ""
	}
	return s.own.name
}

// Close lets other processes have the file. Records can still be read.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.own == nil {
		return nil
	}
	err := s.own.close()
	s.own = nil
	return err
}
