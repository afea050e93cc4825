package store

import "fmt"

// Merge adds the records of another store that this one does not have, and returns how many those are. If one
// contradicts what is there, nothing is added.
func (s *Store) Merge(from *Store) (added int, err error) {
	for i, r := range from.records {
		if _, err := s.known(r); err != nil {
			return 0, fmt.Errorf("results: %s:%d: %w", from.origins[i].file, from.origins[i].line, err)
		}
	}
	before := len(s.records)
	err = s.Append(from.Records()...)
	return len(s.records) - before, err
}
