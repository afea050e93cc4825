// Package numpy writes arrays as NumPy reads them: NPY, one array, and NPZ, several by name
// (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, version 1.0).
package numpy

import (
	"archive/zip"
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strings"
)

// Type of an array's numbers, as NumPy writes it.
type Type string

// The types, little-endian.
const (
	Int32   Type = "<i4"
	Int64   Type = "<i8"
	Float32 Type = "<f4"
)

// bytes is the size of a number.
func (t Type) bytes() int { return int(t[2] - '0') }

// Array is an array that is written row by row: it need not be in memory.
type Array struct {
	Name  string
	Type  Type
	Shape []int                        // the first is the number of rows, none may be negative
	Row   func(b []byte, i int) []byte // appends row i, the rest of the shape in C order
}

// rowBytes is the length of a row.
func (a Array) rowBytes() int {
	n := a.Type.bytes()
	for _, k := range a.Shape[1:] {
		n *= k
	}
	return n
}

// AppendInt32s and the others append numbers to a row.
func AppendInt32s[T ~uint16 | ~uint32 | ~int](b []byte, x ...T) []byte {
	for _, v := range x {
		b = binary.LittleEndian.AppendUint32(b, uint32(v))
	}
	return b
}

// AppendInt64s appends whole numbers.
func AppendInt64s[T ~uint16 | ~uint32 | ~int](b []byte, x ...T) []byte {
	for _, v := range x {
		b = binary.LittleEndian.AppendUint64(b, uint64(v))
	}
	return b
}

// AppendFloat32s appends floats.
func AppendFloat32s(b []byte, x ...float32) []byte {
	for _, v := range x {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b
}

// Text is an array without dimensions that holds bytes, such as JSON: NumPy's
// item() gives them. They must not end in a zero byte, which NumPy cuts off.
type Text struct {
	Name    string
	Content []byte
}

// WriteNPZ writes arrays, and texts beside them, as numpy.load reads them by name:
// like numpy.savez, a ZIP archive of NPY files that are not compressed. Equal contents
// give equal bytes.
//
// Sizes and checksums stand before the data, for readers such as cnpy that never
// look at the directory at the end of the archive. So that w may be a pipe and no
// array need be in memory, every row is asked for twice: Row must give the same
// both times.
func WriteNPZ(w io.Writer, arrays []Array, texts ...Text) error {
	z := zip.NewWriter(w)
	for _, a := range arrays {
		if err := addMember(z, a.Name, func(w io.Writer) error { return WriteNPY(w, a) }); err != nil {
			return err
		}
	}
	for _, t := range texts {
		if err := addMember(z, t.Name, func(w io.Writer) error { return writeText(w, t.Content) }); err != nil {
			return err
		}
	}
	return z.Close()
}

// writeText writes a text as an NPY file.
func writeText(w io.Writer, content []byte) error {
	content = append(content[:len(content):len(content)], make([]byte, max(0, 1-len(content)))...) // NumPy has no empty ones
	_, err := w.Write(append(headerOf(fmt.Sprintf("'|S%d'", len(content)), "()"), content...))
	return err
}

// WriteNPY writes an array. Several of equally many rows become one array of records, with a field each.
func WriteNPY(w io.Writer, arrays ...Array) error {
	b := bufio.NewWriter(w)
	if _, err := b.Write(header(arrays...)); err != nil {
		return err
	}
	var row []byte
	for i := range arrays[0].Shape[0] {
		row = row[:0]
		for _, a := range arrays {
			before := len(row)
			row = a.Row(row, i)
			if got, want := len(row)-before, a.rowBytes(); got != want {
				return fmt.Errorf("row %d of %s has %d bytes, want %d", i, a.Name, got, want)
			}
		}
		if _, err := b.Write(row); err != nil {
			return err
		}
	}
	return b.Flush()
}

// header is the magic string, the version, the length of a Python dictionary and the dictionary, filled up
// so that the data begin at a multiple of 64.
func header(arrays ...Array) []byte {
	descr, shape := fmt.Sprintf("'%s'", arrays[0].Type), arrays[0].Shape
	if len(arrays) > 1 {
		var fields []string
		for _, a := range arrays {
			fields = append(fields, field(a))
		}
		descr, shape = "["+strings.Join(fields, ", ")+"]", shape[:1]
	}
	return headerOf(descr, tuple(shape))
}

// headerOf makes a header of Python's expressions for a type and a shape.
func headerOf(descr, shape string) []byte {
	dict := fmt.Sprintf("{'descr': %s, 'fortran_order': False, 'shape': %s, }", descr, shape)
	const before = 10
	dict += strings.Repeat(" ", 63-(before+len(dict))%64) + "\n"
	b := append([]byte("\x93NUMPY\x01\x00"), 0, 0)
	binary.LittleEndian.PutUint16(b[8:], uint16(len(dict)))
	return append(b, dict...)
}

// field describes an array's part of a record.
func field(a Array) string {
	if len(a.Shape) == 1 {
		return fmt.Sprintf("('%s', '%s')", a.Name, a.Type)
	}
	return fmt.Sprintf("('%s', '%s', %s)", a.Name, a.Type, tuple(a.Shape[1:]))
}

// tuple is a Python tuple of lengths.
func tuple(shape []int) string {
	var b strings.Builder
	for i, n := range shape {
		if i > 0 {
			b.WriteString(" ")
		}
		fmt.Fprintf(&b, "%d,", n)
	}
	text := b.String()
	if len(shape) > 1 {
		text = strings.TrimSuffix(text, ",")
	}
	return "(" + text + ")"
}
