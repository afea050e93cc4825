package store

import (
	"fmt"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A text in a record is one line of valid UTF-8 without control characters, so
// that it survives every format a record is written in: CSV, for one, cannot hold
// a carriage return.

// cleanText makes a text of any string: what is not allowed in one becomes a space or U+FFFD.
func cleanText(s string) string {
	return strings.Map(func(r rune) rune {
		if breaksText(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, string(utf8.RuneError)))
}

// breaksText reports whether a character cannot be part of a text.
func breaksText(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' // the last two end lines and paragraphs
}

// checkText says which string of a record is no text.
func checkText(record Record) error {
	return eachString(reflect.ValueOf(&record).Elem(), "record", func(name string, v reflect.Value) error {
		if s := v.String(); !utf8.ValidString(s) || strings.ContainsFunc(s, breaksText) {
			return fmt.Errorf("%s %q: want one line of UTF-8 without control characters", name, s)
		}
		return nil
	})
}

// clean returns the provenance with texts for strings.
func (p Provenance) clean() Provenance {
	eachString(reflect.ValueOf(&p).Elem(), "", func(_ string, v reflect.Value) error {
		v.SetString(cleanText(v.String()))
		return nil
	})
	return p
}

// eachString visits the strings in a value, with the names that JSON has for
// them, up to the first error.
func eachString(v reflect.Value, name string, visit func(name string, v reflect.Value) error) error {
	switch v.Kind() {
	case reflect.String:
		return visit(name, v)
	case reflect.Pointer:
		if !v.IsNil() {
			return eachString(v.Elem(), name, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			if err := eachString(v.Index(i), name, visit); err != nil {
				return err
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if !f.IsExported() {
				continue
			}
			inner, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if err := eachString(v.Field(i), inner, visit); err != nil {
				return err
			}
		}
	}
	return nil
}
