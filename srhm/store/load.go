package store

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// ending tells how a file of records ends.
type ending struct {
	line   int    // the number of the last line
	intact int64  // bytes before a torn last line, or all of them
	torn   []byte // the torn last line, if there is one
	open   bool   // the last line is whole but for its newline
}

// load passes every record of a file to add, in order, with the number of its line. The
// name of the file is for errors.
//
// Blank lines, carriage returns before a newline and byte-order marks at the start
// of a line are what editors leave, and no loss: they are accepted. So is a last
// line that is whole but for its newline. See [isTorn] for one that is not.
func load(name string, r io.Reader, add func(line int, r Record) error) (ending, error) {
	lines := bufio.NewReaderSize(r, 1<<16)
	var end ending
	for {
		line, err := lines.ReadBytes('\n')
		last := errors.Is(err, io.EOF)
		switch {
		case err != nil && !last:
			return end, fmt.Errorf("results: %s: %w", name, err)
		case len(line) == 0:
			return end, nil
		}
		end.line++
		if text := trim(line); len(text) > 0 {
			record, err := decode(text)
			if isTorn(text, err) && (last || atEnd(lines)) {
				end.torn = line
				return end, nil
			}
			if err == nil {
				err = add(end.line, record)
			}
			if err != nil {
				return end, fmt.Errorf("results: %s:%d: %w", name, end.line, err)
			}
		}
		end.intact += int64(len(line))
		end.open = last
	}
}

// trim takes from a line what editors put around a record.
func trim(line []byte) []byte {
	return bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\ufeff")))
}

// isTorn reports whether a line can be what a write cut short left, given the
// error of decoding it: the start of a record, or one that has zeros where the
// disk did not get the data.
func isTorn(line []byte, err error) bool {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return true
	}
	var syntax *json.SyntaxError
	return errors.As(err, &syntax) && bytes.IndexByte(line, 0) >= 0
}

// atEnd reports whether everything has been read.
func atEnd(r *bufio.Reader) bool {
	_, err := r.Peek(1)
	return errors.Is(err, io.EOF)
}
