package store

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// numbersOf lists the sizes of a store's records, by which samples differ.
func numbersOf(s *Store) (list []int) {
	for _, r := range s.Records() {
		list = append(list, r.Run.P)
	}
	return list
}

// A last line that is whole but for its newline is a record like any other.
func TestLastLineWithoutNewline(t *testing.T) {
	for _, ending := range []string{"", " ", "\r", "\n\n  "} {
		dir, other := t.TempDir(), t.TempDir()
		name := filepath.Join(dir, FileName)
		text := bytes.TrimSuffix(lines(sample(1), sample(2), sample(3)), []byte("\n"))
		write(t, name, append(text, ending...))

		ro, err := OpenReadOnly(dir)
		if err != nil || !slices.Equal(numbersOf(ro), []int{1, 2, 3}) {
			t.Errorf("%q, read-only: %v", ending, err)
		}
		if added, err := merge(other, dir); err != nil || added != 3 {
			t.Errorf("%q: %d records of 3 merged, %v", ending, added, err)
		}
		s := mustOpen(dir)
		if err := s.Append(sample(4)); err != nil {
			t.Fatal(err)
		}
		s.Close()
		s = mustOpen(dir)
		if got := numbersOf(s); !slices.Equal(got, []int{1, 2, 3, 4}) {
			t.Errorf("%q: records %v", ending, got)
		}
		s.Close()
		if ending == "" {
			if got, want := read(t, name), lines(sample(1), sample(2), sample(3), sample(4)); !bytes.Equal(got, want) {
				t.Errorf("the file is %q", got)
			}
		}
	}
}

// A torn last line goes to a file beside the store's, however often.
func TestTornLastLineIsKept(t *testing.T) {
	whole := lines(sample(1), sample(2))
	third := line(sample(3))
	accent := sample(3)
	accent.Provenance.Machine = "é"
	inside := bytes.Index(line(accent), []byte("é")) + 1
	holes := append([]byte(nil), third...)
	clear(holes[100:200])
	dir := t.TempDir()
	name := filepath.Join(dir, FileName)
	var kept []byte
	for _, tail := range [][]byte{
		third[:1], third[:len(third)/2], third[:len(third)-2], []byte("{\"schema\":\n"), make([]byte, 4096), holes, holes[:len(holes)-1],
		line(accent)[:inside],
	} {
		write(t, name, slices.Concat(whole, tail))
		ro, err := OpenReadOnly(dir)
		if err != nil || len(ro.Records()) != 2 {
			t.Fatalf("%.20q: read-only: %v", tail, err)
		}
		if got := read(t, name); len(got) != len(whole)+len(tail) {
			t.Fatalf("%.20q: a reader changed the file", tail)
		}
		s, err := Open(dir)
		if err != nil || len(s.Records()) != 2 {
			t.Fatalf("%.20q: %v", tail, err)
		}
		if err := s.Append(sample(4)); err != nil {
			t.Fatal(err)
		}
		s.Close()
		if got := read(t, name); string(got) != string(whole)+string(line(sample(4))) {
			t.Errorf("%.20q: the file is now %q", tail, got)
		}
		kept = append(append(kept, bytes.TrimRight(tail, "\n")...), '\n')
		if got := read(t, name+".torn"); !bytes.Equal(got, kept) {
			t.Errorf("%.20q: kept %q, want %q", tail, got, kept)
		}
	}
}

// What editors and other programs leave around records is no damage.
func TestHarmlessLines(t *testing.T) {
	a, b := string(line(sample(1))), string(line(sample(2)))
	long := sample(2)
	long.Provenance.Commit = strings.Repeat("c", 1<<21)
	for name, text := range map[string]string{
		"blank lines":        "\n" + a + "\n \t\n" + b + "\n\n",
		"Windows line ends":  strings.ReplaceAll(a+b, "\n", "\r\n"),
		"byte-order mark":    "\ufeff" + a + b,
		"marks of two files": "\ufeff" + a + "\ufeff" + b,
		"trailing spaces":    strings.ReplaceAll(a+b, "\n", "  \t\n"),
		"leading spaces":     "  " + a + "  " + b,
		"a long line":        a + string(line(long)),
	} {
		dir := t.TempDir()
		write(t, filepath.Join(dir, FileName), []byte(text))
		s, err := OpenReadOnly(dir)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := numbersOf(s); !slices.Equal(got, []int{1, 2}) {
			t.Errorf("%s: records %v", name, got)
		}
		w := mustOpen(dir)
		w.Close()
		if got := read(t, filepath.Join(dir, FileName)); string(got) != text {
			t.Errorf("%s: the file was changed", name)
		}
	}
}

// What is wrong with a last line that is no piece of a record is said, and the line stays.
func TestLastLineIsNotTorn(t *testing.T) {
	a := strings.TrimSpace(string(line(sample(1))))
	utf16 := "\xff\xfe"
	for _, c := range a {
		utf16 += string(rune(c)) + "\x00"
	}
	for _, c := range []struct{ name, text, want string }{
		{"two records", a + a, "a newline is missing"},
		{"zeros after a record", a + "\x00\x00", `"\x00\x00" after the record`},
		{"UTF-16", utf16, "UTF-16 text: want UTF-8"},
		{"id of another run", strings.Replace(a, `"p":1,`, `"p":3,`, 1), "its run has the id"},
		{"newer schema", strings.Replace(a, Schema, "srhm-record/9", 1), `schema "srhm-record/9"`},
		{"another program's line", "# end", "invalid character '#'"},
		{"bad UTF-8", strings.Replace(a, `"commit":"c`, "\"commit\":\"\xff", 1), "no valid UTF-8"},
	} {
		for _, end := range []string{"", "\n"} {
			dir := t.TempDir()
			name := filepath.Join(dir, FileName)
			write(t, name, []byte(c.text+end))
			for _, open := range []func() (*Store, error){
				func() (*Store, error) { return Open(dir) }, func() (*Store, error) { return OpenReadOnly(dir) },
			} {
				if _, err := open(); err == nil || !strings.Contains(err.Error(), name+":1: ") || !strings.Contains(err.Error(), c.want) {
					t.Errorf("%s: error %v, want %q", c.name, err, c.want)
				}
			}
			if _, err := merge(filepath.Join(dir, "other"), dir); err == nil {
				t.Errorf("%s: merged", c.name)
			}
			if got := read(t, name); string(got) != c.text+end {
				t.Errorf("%s: the file was changed", c.name)
			}
		}
	}
}

// A contradiction is reported with both places.
func TestTwoResultsNameBothPlaces(t *testing.T) {
	dir := t.TempDir()
	other := sample(2)
	other.Result.Error = 0.75
	write(t, filepath.Join(dir, "a.jsonl"), lines(sample(1), sample(2)))
	write(t, filepath.Join(dir, "b.jsonl"), lines(sample(3), other))
	_, err := OpenReadOnly(dir)
	want := fmt.Sprintf("%s:2: id %s: a second, different result for one run (the first is in %s:2)", filepath.Join(dir, "b.jsonl"), other.ID, filepath.Join(dir, "a.jsonl"))
	if err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("error %v, want %s", err, want)
	}
}

// Strings that are no text are cleaned where they say where a training ran, and
// refused where they describe it, or on reading.
func TestTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		if rapid.Bool().Draw(t, "bytes") {
			s = string(rapid.SliceOf(rapid.Byte()).Draw(t, "b"))
		}
		clean := cleanText(s)
		if cleanText(clean) != clean {
			t.Fatalf("%q is cleaned to %q, and again to %q", s, clean, cleanText(clean))
		}
		for _, field := range []func(r *Record) *string{
			func(r *Record) *string { return &r.Provenance.Machine },
			func(r *Record) *string { return &r.Run.Task.Grammar },
			func(r *Record) *string { return (*string)(&r.Result.Outcome) },
		} {
			r := sample(1)
			*field(&r) = s
			if err := checkText(r); (err == nil) != (s == clean) {
				t.Fatalf("%q, cleaned %q: %v", s, clean, err)
			}
		}
	})
}

func TestAppendCleansProvenance(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(dir)
	r := sample(1)
	r.Provenance.Machine, r.Provenance.Commit = "a\r\nb\x7f\u2028\u0085", "\xff\tü"
	if err := s.Append(r); err != nil {
		t.Fatal(err)
	}
	r.Provenance.Machine, r.Provenance.Commit = "a  b   ", "\ufffd ü"
	if got := s.Records()[0]; !reflect.DeepEqual(got, r) {
		t.Errorf("in memory: %+v", got)
	}
	for name, change := range map[string]func(*Record){
		"grammar":      func(r *Record) { r.Run.Task.Grammar = "authors:1\n" },
		"outcome":      func(r *Record) { r.Result.Outcome = "\x00" },
		"weights_hash": func(r *Record) { r.Result.WeightsHash = "\xff" },
	} {
		r := sample(2)
		change(&r)
		r.ID = r.Run.ID()
		if err := s.Append(r); err == nil || !strings.Contains(err.Error(), name+" ") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: error %v", name, err)
		}
	}
	s.Close()
	ro, err := OpenReadOnly(dir)
	if err != nil || !reflect.DeepEqual(ro.Records(), []Record{r}) {
		t.Errorf("on reading: %v", err)
	}

	dirty := strings.Replace(string(line(sample(3))), `"commit":"c"`, `"commit":"c\r\n"`, 1)
	write(t, filepath.Join(dir, "dirty.jsonl"), []byte(dirty))
	if _, err := OpenReadOnly(dir); err == nil || !strings.HasSuffix(err.Error(), `dirty.jsonl:1: commit "c\r\n": want one line of UTF-8 without control characters`) {
		t.Errorf("error %v", err)
	}
	if err := os.Remove(filepath.Join(dir, "dirty.jsonl")); err != nil {
		t.Fatal(err)
	}
}
