package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"unicode/utf8"

	"srhmbench/srhm/spec"
)

// Schema names the meaning of a record's fields. It is part of every line, so that
// a line of another meaning is refused and never misread.
const Schema = "srhm-record/1"

// Record is one training: its description, what came out, and where and how it
// was run.
type Record struct {
	Schema     string      `json:"schema"` // Schema; filled by Append if empty
	ID         string      `json:"id"`     // Run.ID()
	Run        spec.Run    `json:"run"`
	Result     spec.Result `json:"result"`
	Provenance Provenance  `json:"provenance"`
}

// NewRecord returns the record of a finished run.
func NewRecord(run spec.Run, result spec.Result, p Provenance) Record {
	return Record{Schema: Schema, ID: run.ID(), Run: run, Result: result, Provenance: p.clean()}
}

// check says what is wrong with a record. Of its texts see [checkText].
func (r Record) check() error {
	if r.Schema != Schema {
		return fmt.Errorf("schema %q: this program reads %q", r.Schema, Schema)
	}
	if want := r.Run.ID(); r.ID != want {
		return fmt.Errorf("id %q: its run has the id %q", r.ID, want)
	}
	if r.Result.Outcome == "" {
		return fmt.Errorf("id %q: no outcome", r.ID)
	}
	return nil
}

// encode returns the record's line. Go writes the shortest decimal that reads back
// as the same float64, so floats survive exactly; what JSON cannot hold (NaN,
// infinities) is an error.
func (r Record) encode() ([]byte, error) {
	line, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	return append(line, '\n'), nil
}

// decode reads one line. Unknown fields are refused: they are a damaged name or a
// newer program's.
func decode(line []byte) (Record, error) {
	if bytes.HasPrefix(line, []byte("\xff\xfe")) || bytes.HasPrefix(line, []byte("\xfe\xff")) {
		return Record{}, errors.New("UTF-16 text: want UTF-8")
	}
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	var r Record
	if err := dec.Decode(&r); err != nil {
		return Record{}, err
	}
	if rest := line[dec.InputOffset():]; len(rest) > 0 {
		if rest[0] != '{' {
			return Record{}, fmt.Errorf("%.20q after the record", rest)
		}
		return Record{}, errors.New("more than one record in a line: a newline is missing")
	}
	if !utf8.Valid(line) { // JSON would put U+FFFD there without a word
		return Record{}, errors.New("no valid UTF-8")
	}
	if err := r.check(); err != nil {
		return Record{}, err
	}
	if isPlain(line) {
		return r, nil
	}
	return r, checkText(r)
}

// isPlain reports whether the strings of a line need no second look: they are
// ASCII, and the control characters among those would be escaped.
func isPlain(line []byte) bool {
	return !bytes.ContainsFunc(line, func(c rune) bool { return c == '\\' || c >= 0x7f })
}

// sameResult says whether two trainings of one run came out alike, as they must.
func sameResult(a, b spec.Result) bool {
	if len(a.Checks) == 0 && len(b.Checks) == 0 {
		a.Checks, b.Checks = nil, nil
	}
	return reflect.DeepEqual(a, b)
}
