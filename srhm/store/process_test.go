package store

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"
)

// A process killed while appending leaves every complete record intact, and the
// store usable.
func TestKill(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, FileName)
	seen := 0
	for round := range 5 {
		c := child(t, "append", dir)
		var out bytes.Buffer
		c.Stderr = &out
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		waitForLines(t, name, seen+20+7*round)
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		c.Wait()
		if strings.Contains(out.String(), "panic") {
			t.Fatal(out.String())
		}
		complete := bytes.Count(read(t, name), []byte("\n"))
		s := mustOpen(dir)
		got := s.Records()
		s.Close()
		if len(got) != complete || complete < seen {
			t.Fatalf("%d records of %d complete lines, %d before", len(got), complete, seen)
		}
		for i, r := range got {
			if !reflect.DeepEqual(r, sample(i+1)) {
				t.Fatalf("record %d is %+v", i, r)
			}
		}
		seen = complete
	}
}

func waitForLines(t *testing.T, name string, n int) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if b, err := os.ReadFile(name); err == nil && bytes.Count(b, []byte("\n")) >= n {
			return
		}
	}
	t.Fatalf("fewer than %d lines after half a minute", n)
}

func TestFullDiskLeavesNothing(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows limits no file's size")
	}
	dir := t.TempDir()
	s := mustOpen(dir)
	if err := s.Append(sample(1)); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if out, err := child(t, "full", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	want := lines(sample(1), sample(1001))
	if got := read(t, filepath.Join(dir, FileName)); !bytes.Equal(got, want) {
		t.Errorf("the file is %q", got)
	}
}

// Whatever the bytes, loading does not panic, and it either fails or gives the record
// of every line that is not blank, but for a torn last one, which it hands back.
func FuzzLoad(f *testing.F) {
	l := line(sample(1))
	f.Add([]byte(nil), 0)
	f.Add(l[:len(l)-1], 1)
	f.Add(l[:len(l)-2], 1)
	f.Add(l, 2)
	f.Add([]byte("{}\n"), 1)
	f.Add([]byte("\x00\n"), 3)
	f.Add([]byte("\r\n\ufeff"+string(l)), 1)
	f.Fuzz(func(t *testing.T, junk []byte, good int) {
		good = min(max(good, 0), 4)
		var whole []byte
		for p := range good {
			whole = append(whole, line(sample(p+2))...)
		}
		data := append(whole, junk...)
		records := 0
		end, err := load("x", bytes.NewReader(data), func(number int, r *Record) error {
			records++
			if r.check() != nil || checkText(*r) != nil {
				t.Fatalf("line %d: %v, %v", number, r.check(), checkText(*r))
			}
			return nil
		})
		if records < good {
			t.Fatalf("%d records of %d", records, good)
		}
		if err != nil {
			return
		}
		want := 0
		for l := range bytes.Lines(data[:end.intact]) {
			if len(trim(l)) > 0 {
				want++
			}
		}
		if records != want || string(data[end.intact:]) != string(end.torn) {
			t.Fatalf("%d records of %d lines, torn %q of %q", records, want, end.torn, data[end.intact:])
		}
		if end.open != (len(end.torn) == 0 && len(data) > 0 && data[len(data)-1] != '\n') {
			t.Fatalf("open %v at the end of %q", end.open, data)
		}
	})
}
