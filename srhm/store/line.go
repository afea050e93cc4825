package store

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"unicode/utf8"
)

// A record's line is its JSON with one more field at the end, "crc32c": the CRC-32C of the
// JSON without that field. So a changed digit is found out.

// crcTable is of the polynomial for which CPUs have an instruction.
var crcTable = crc32.MakeTable(crc32.Castagnoli)

// checksum is what "crc32c" holds for JSON that lacks it.
func checksum(text []byte) string { return fmt.Sprintf("%08x", crc32.Checksum(text, crcTable)) }

// beforeChecksum and afterChecksum stand around a checksum at the end of a line.
const (
	beforeChecksum = `,"crc32c":"`
	afterChecksum  = `"}`
)

// fields is a record without its checksum.
type fields Record

// MarshalJSON gives the record as a store has it, with its checksum. Go writes the
// shortest decimal that reads back as the same float64, so floats survive exactly; what
// JSON cannot hold (NaN, infinities) is an error.
func (r Record) MarshalJSON() ([]byte, error) {
	text, err := json.Marshal(fields(r))
	if err != nil {
		return nil, err
	}
	sum := checksum(text)
	return append(text[:len(text)-1], beforeChecksum+sum+afterChecksum...), nil
}

// UnmarshalJSON reads a record as it stands in a store, of this schema or an older one. Damage is an error.
func (r *Record) UnmarshalJSON(text []byte) error {
	record, err := decode(text)
	if err == nil {
		*r = record
	}
	return err
}

// encode returns the record's line.
func (r Record) encode() ([]byte, error) {
	text, err := r.MarshalJSON()
	if err != nil {
		return nil, err
	}
	return append(text, '\n'), nil
}

// decode reads one line. Unknown fields are refused: they are a damaged name or a
// newer program's.
func decode(line []byte) (Record, error) {
	if bytes.HasPrefix(line, []byte("\xff\xfe")) || bytes.HasPrefix(line, []byte("\xfe\xff")) {
		return Record{}, errors.New("UTF-16 text: want UTF-8")
	}
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	var r struct {
		fields
		Checksum string `json:"crc32c"`
	}
	if err := dec.Decode(&r); err != nil {
		return Record{}, cmp.Or(foreign(line), err)
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
	record := Record(r.fields)
	if err := checkSchema(record.Schema); err != nil {
		return Record{}, err
	}
	damaged := verify(line, record, r.Checksum)
	record.migrate()
	return record, cmp.Or(record.check(), checkText(record), damaged) // the more telling errors first
}

// foreign is the error of a line that names a schema that this program does not read.
func foreign(line []byte) error {
	var r struct {
		Schema string `json:"schema"`
	}
	if err := json.Unmarshal(line, &r); err != nil || r.Schema == "" {
		return nil
	}
	return checkSchema(r.Schema)
}

// verify compares a record as it was read with its checksum. Where another program wrote
// the line anew, it is the content that counts: the record as encode writes it.
func verify(line []byte, r Record, sum string) error {
	if !hasChecksum(r.Schema) {
		if sum != "" {
			return fmt.Errorf("crc32c in a record of schema %q, which has none", r.Schema)
		}
		return nil
	}
	if sum == "" {
		return errors.New("no crc32c")
	}
	if text, ok := bytes.CutSuffix(line, []byte(beforeChecksum+sum+afterChecksum)); ok {
		if checksum(append(text[:len(text):len(text)], '}')) == sum {
			return nil
		}
	}
	text, err := json.Marshal(fields(r))
	if err != nil {
		return err
	}
	if want := checksum(text); sum != want {
		return fmt.Errorf("crc32c %q: the record's is %q, so something in the line was changed", sum, want)
	}
	return nil
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
