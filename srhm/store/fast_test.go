package store

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// committed returns the lines of the records in results/runs.
func committed(t testing.TB) (list [][]byte) {
	names, err := filepath.Glob(filepath.Join("..", "..", "results", "runs", "*.jsonl"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no records: %v", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, bytes.Split(bytes.TrimSpace(text), []byte("\n"))...)
	}
	return list
}

// The fast decoder reads what programs of ours wrote, of either schema.
func TestFastReadsCommitted(t *testing.T) {
	for _, old := range committed(t) {
		want, err := decode(old)
		if err != nil {
			t.Fatalf("%.60s: %v", old, err)
		}
		again, err := want.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range [][]byte{old, again} {
			var got Record
			if ok := decodeFast(text, new(texts), &got); !ok || !reflect.DeepEqual(got, want) {
				t.Fatalf("%v, got  %+v\nwant %+v", ok, got, want)
			}
		}
	}
}

// It declines a line or gives what decode gives.
func checkFast(t interface{ Fatalf(string, ...any) }, text []byte) (read bool) {
	var got Record
	if !decodeFast(text, new(texts), &got) {
		return false
	}
	if want, err := decode(text); err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("%q: %v\ngot  %+v\nwant %+v", text, err, got, want)
	}
	return true
}

func TestFastAgrees(t *testing.T) {
	read, lines := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		r := anyRecord(t, 1)
		if rapid.Bool().Draw(t, "ascii") {
			r.Provenance.Machine = "a machine"
		}
		text, err := r.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		if lines++; checkFast(t, text) {
			read++
		}
		// The same damaged, and with a checksum that says it is not.
		i := rapid.IntRange(0, len(text)-1).Draw(t, "i")
		other := rapid.SampledFrom([]string{"", "0", "-", ".", "e", ",", "}", "]", "null", " ", "\"", "\\n", "x"}).Draw(t, "other")
		damaged := append(append(bytes.Clone(text[:i]), other...), text[i+1:]...)
		checkFast(t, damaged)
		checkFast(t, resum(damaged))
	})
	if read < lines/3 {
		t.Errorf("%d of %d lines read", read, lines)
	}
}

// resum gives a line the checksum of its content.
func resum(line []byte) []byte {
	at := bytes.LastIndex(line, []byte(beforeChecksum))
	if at < 0 {
		return line
	}
	text := append(bytes.Clone(line[:at]), '}')
	return append(text[:at], beforeChecksum+checksum(text)+afterChecksum...)
}

func FuzzDecode(f *testing.F) {
	for _, text := range committed(f)[:3] {
		f.Add(text)
		f.Add(bytes.Replace(text, []byte(unsummed), []byte(Schema), 1))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		checkFast(t, text)
		checkFast(t, append(bytes.TrimSuffix(text, []byte("}")), beforeChecksum+checksum(text)+afterChecksum...))
	})
}

func TestChecksum(t *testing.T) {
	if got := checksum([]byte("123456789")); got != "e3069283" { // the check value of CRC-32C
		t.Errorf("%s", got)
	}
	text := strings.TrimSpace(string(line(sample(1))))
	spaced := strings.NewReplacer(`":`, `": `, `,"`, `, "`).Replace(text)
	for name, c := range map[string]struct{ text, want string }{
		"as written":     {text, ""},
		"spaces":         {spaced, ""},
		"a digit":        {strings.Replace(text, `"epochs":30`, `"epochs":31`, 1), "something in the line was changed"},
		"a digit, later": {strings.Replace(spaced, `"epochs": 30`, `"epochs": 31`, 1), "something in the line was changed"},
		"the checksum":   {text[:len(text)-3] + `z"}`, "something in the line was changed"},
		"none":           {text[:strings.Index(text, beforeChecksum)] + "}", "no crc32c"},
		"older schema":   {strings.Replace(text, Schema, unsummed, 1), "crc32c in a record of schema"},
	} {
		for _, read := range []func([]byte) error{
			func(b []byte) error { _, err := decode(b); return err },
			func(b []byte) error { return json.Unmarshal(b, new(Record)) },
			func(b []byte) error { // as a store is read
				_, err := load("x", bytes.NewReader(append(b, '\n')), func(int, *Record) error { return nil })
				return err
			},
		} {
			err := read([]byte(c.text))
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: error %v, want %q", name, err, c.want)
			}
		}
	}
}

// Any changed byte of a line is found out.
func TestEveryByteCounts(t *testing.T) {
	text := bytes.TrimSpace(line(sample(1)))
	want, err := decode(text)
	if err != nil {
		t.Fatal(err)
	}
	for i := range text {
		for _, flip := range []byte{1, 2, 4, 0x20, 0x80} {
			damaged := bytes.Clone(text)
			damaged[i] ^= flip
			var got Record
			if decodeFast(damaged, new(texts), &got) {
				t.Fatalf("%q: accepted", damaged)
			}
			if got, err = decode(damaged); err == nil && !reflect.DeepEqual(got, want) {
				t.Fatalf("%q: accepted as %+v", damaged, got)
			}
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	list := committed(b)
	size := 0
	for _, text := range list {
		size += len(text)
	}
	known := new(texts)
	for name, read := range map[string]func([]byte) bool{
		"fast": func(text []byte) bool { return decodeFast(text, known, new(Record)) },
		"any":  func(text []byte) bool { _, err := decode(text); return err == nil },
	} {
		b.Run("decoder="+name, func(b *testing.B) {
			b.SetBytes(int64(size / len(list)))
			for i := range b.N {
				if !read(list[i%len(list)]) {
					b.Fatalf("%.60s is no record", list[i%len(list)])
				}
			}
		})
	}
}

// BenchmarkOpen reads a store of small records; the time of one of a million is ten times as long.
func BenchmarkOpen(b *testing.B) {
	const n = 100_000
	dir := b.TempDir()
	var text bytes.Buffer
	for p := range n {
		text.Write(line(sample(p + 1)))
	}
	if err := os.WriteFile(filepath.Join(dir, FileName), text.Bytes(), 0o644); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		if s, err := OpenReadOnly(dir); err != nil || len(s.Records()) != n {
			b.Fatal(err)
		}
	}
}
