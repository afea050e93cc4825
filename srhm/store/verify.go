package store

import (
	"fmt"
	"os"
)

// Verified is what a file of records holds.
type Verified struct {
	File     string
	Records  int // whole ones
	Again    int // of these, what an earlier file or line has, with the same result
	Torn     int // the number of a torn last line; 0 for none
	Problems []Problem
}

// Problem is a line that is no record, or contradicts another.
type Problem struct {
	Line int
	Err  error
}

// Verify reads files, and directories of them, to the end, and says all that is wrong with them. The error is
// that of a file that cannot be read.
func Verify(paths ...string) (list []Verified, err error) {
	s := newStore()
	for _, path := range paths {
		names := []string{path}
		if info, err := os.Stat(path); err != nil {
			return nil, fmt.Errorf("results: %w", err)
		} else if info.IsDir() {
			if names, err = filesOf(path); err != nil {
				return nil, fmt.Errorf("results: %w", err)
			}
		}
		for _, name := range names {
			v, err := s.verify(name)
			if err != nil {
				return nil, fmt.Errorf("results: %w", err)
			}
			list = append(list, v)
		}
	}
	return list, nil
}

// verify reads a file to the end.
func (s *Store) verify(name string) (Verified, error) {
	v := Verified{File: name}
	file, err := os.Open(name)
	if err != nil {
		return v, err
	}
	defer file.Close()
	end, err := scan(file, func(e entry) error {
		known := false
		if e.err == nil {
			v.Records++
			known, e.err = s.known(e.record)
		}
		switch {
		case e.err != nil:
			v.Problems = append(v.Problems, Problem{e.line, e.err})
		case known:
			v.Again++
		default:
			s.add(e.record, origin{name, e.line})
		}
		return nil
	})
	if len(end.torn) > 0 {
		v.Torn = end.line
	}
	return v, err
}
