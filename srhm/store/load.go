package store

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// load gives every record of a file to add, in order. It returns the length of
// the intact part and whether a torn line follows it; name is that of the file,
// for errors.
//
// A line is torn if nothing comes after it and it has no newline or is no JSON:
// that is all a write cut short can leave.
func load(name string, r io.Reader, add func(Record) error) (intact int64, torn bool, err error) {
	lines := bufio.NewReaderSize(r, 1<<16)
	for number := 1; ; number++ {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return intact, len(line) > 0, nil
		}
		if err != nil {
			return intact, false, fmt.Errorf("results: %s: %w", name, err)
		}
		record, err := decode(line)
		if err != nil && !json.Valid(line) && atEnd(lines) {
			return intact, true, nil
		}
		if err == nil {
			err = add(record)
		}
		if err != nil {
			return intact, false, fmt.Errorf("results: %s:%d: %w", name, number, err)
		}
		intact += int64(len(line))
	}
}

// atEnd says whether everything has been read.
func atEnd(r *bufio.Reader) bool {
	_, err := r.Peek(1)
	return errors.Is(err, io.EOF)
}
