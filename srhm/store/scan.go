package store

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
)

// ending tells how a file of records ends.
type ending struct {
	line   int    // the number of the last line
	intact int64  // bytes before a torn last line, or all of them
	torn   []byte // the torn last line, if there is one
	open   bool   // the last line is whole but for its newline
}

// entry is a line that is not blank.
type entry struct {
	line   int // its number, from 1
	record *Record
	err    error // why it is no record
}

// load passes every record of a file to add, in order, with the number of its line, up
// to the first error. The name of the file is for errors.
func load(name string, r io.Reader, add func(line int, r *Record) error) (ending, error) {
	end, err := scan(r, func(e entry) error {
		if e.err == nil {
			e.err = add(e.line, e.record)
		}
		if e.err != nil {
			return fmt.Errorf("results: %s:%d: %w", name, e.line, e.err)
		}
		return nil
	})
	if read := (readError{}); errors.As(err, &read) {
		err = fmt.Errorf("results: %s: %w", name, read.error)
	}
	return end, err
}

// readError is the error of a file that cannot be read.
type readError struct{ error }

// scan passes the lines of a file to each, in order, up to the first error of each. A last
// line that is torn, see [isTorn], is not passed on. All cores decode.
//
// Blank lines, carriage returns before a newline and byte-order marks at the start
// of a line are what editors leave, and no loss: they are accepted. So is a last
// line that is whole but for its newline.
func scan(r io.Reader, each func(entry) error) (end ending, err error) {
	stop := make(chan struct{})
	defer close(stop)
	for b := range readBlocks(r, stop) {
		<-b.decoded
		for _, e := range b.entries {
			e.line += end.line
			if err := each(e); err != nil {
				return end, err
			}
		}
		end.line += b.lines
		end.intact += int64(len(b.text) - len(b.torn))
		end.torn, end.open = b.torn, b.open
		if b.err != nil {
			return end, readError{b.err}
		}
	}
	return end, nil
}

// block is a piece of a file that is decoded on its own: whole lines.
type block struct {
	text []byte
	last bool  // the file's last line is in it
	err  error // why the file cannot be read further

	decoded chan struct{} // closed when what follows is there
	entries []entry       // their lines are counted from the block's first
	lines   int
	torn    []byte
	open    bool
}

// blockSize is large beside a record, and small beside the memory of a machine.
const blockSize = 1 << 20

// readBlocks cuts a file into blocks, which are decoded as they come.
func readBlocks(r io.Reader, stop <-chan struct{}) <-chan *block {
	blocks := make(chan *block, runtime.GOMAXPROCS(0)) // so many are decoded at a time
	go func() {
		defer close(blocks)
		var rest []byte
		for {
			b := &block{decoded: make(chan struct{})}
			b.text, rest, b.last, b.err = nextLines(r, rest)
			select {
			case blocks <- b:
			case <-stop:
				return
			}
			go b.decode()
			if b.last || b.err != nil {
				return
			}
		}
	}()
	return blocks
}

// nextLines reads on after rest, which was read before. It returns whole lines, and what was
// read beyond them. The last line that it has seen is never among them, unless the
// file has ended.
func nextLines(r io.Reader, rest []byte) (lines, beyond []byte, last bool, err error) {
	text := append(make([]byte, 0, max(blockSize, 2*len(rest))), rest...)
	for {
		n, err := io.ReadFull(r, text[len(text):cap(text)])
		text = text[:len(text)+n]
		switch {
		case err == io.EOF, err == io.ErrUnexpectedEOF:
			return text, nil, true, nil
		case err != nil:
			return nil, nil, false, err
		}
		end := max(0, bytes.LastIndexByte(text, '\n')) // of the last line seen
		if cut := bytes.LastIndexByte(text[:end], '\n') + 1; cut > 0 {
			return text[:cut], text[cut:], false, nil
		}
		text = append(make([]byte, 0, 2*cap(text)), text...)
	}
}

// decode fills in what a block's lines hold.
func (b *block) decode() {
	defer close(b.decoded)
	n := bytes.Count(b.text, []byte("\n")) + 1
	records := make([]Record, n) // one piece of memory, for a million are many to keep track of
	b.entries = make([]entry, 0, n)
	known := new(texts)
	for rest := b.text; len(rest) > 0; {
		here := rest
		line, after, ended := bytes.Cut(rest, []byte("\n"))
		rest = after
		b.lines++
		b.open = !ended
		text := trim(line)
		if len(text) == 0 {
			continue
		}
		e := entry{line: b.lines, record: &records[len(b.entries)]}
		if !decodeFast(text, known, e.record) {
			*e.record, e.err = decode(text)
		}
		if b.last && len(rest) == 0 && isTorn(text, e.err) {
			b.torn, b.open = here, false
			return
		}
		b.entries = append(b.entries, e)
	}
}
