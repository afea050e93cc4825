package store

import (
	"bufio"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// Every writer has a file of its own, and readers see them all.
func TestWritersShare(t *testing.T) {
	dir := t.TempDir()
	for p, want := range []string{FileName, "runs-2.jsonl", "runs-3.jsonl"} {
		s := mustOpen(dir)
		defer s.Close()
		if got := s.Path(); got != filepath.Join(dir, want) {
			t.Fatalf("writer %d has %s, want %s", p+1, got, want)
		}
		if n := len(s.Records()); n != p {
			t.Errorf("writer %d sees %d records", p+1, n)
		}
		if err := s.Append(sample(p + 1)); err != nil {
			t.Fatal(err)
		}
	}
	ro, err := OpenReadOnly(dir)
	if err != nil || len(ro.Records()) != 3 || ro.Path() != "" {
		t.Errorf("%d records, %v", len(ro.Records()), err)
	}
}

// hold starts a process that has a file of a store, and returns which.
func hold(t *testing.T, dir string) (string, *exec.Cmd) {
	t.Helper()
	c := child(t, "hold", dir)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Process.Kill(); c.Wait() })
	name, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Base(strings.TrimSpace(name)), c
}

// A lock ends with its process, however that dies; a file without records goes when
// its writer closes it, and never while another has it.
func TestFilesAreTakenAgain(t *testing.T) {
	dir := t.TempDir()
	first, killed := hold(t, dir)
	second, _ := hold(t, dir)
	if first != FileName || second != "runs-2.jsonl" {
		t.Fatalf("%s and %s", first, second)
	}
	s := mustOpen(dir)
	if filepath.Base(s.Path()) != "runs-3.jsonl" {
		t.Errorf("the third has %s", s.Path())
	}
	s.Close()
	if got := namesIn(t, dir); !slices.Equal(got, []string{"runs-2.jsonl", FileName}) {
		t.Errorf("files %v", got)
	}
	killed.Process.Kill()
	killed.Wait()
	s = mustOpen(dir)
	defer s.Close()
	if filepath.Base(s.Path()) != FileName {
		t.Errorf("after a kill: %s", s.Path())
	}
	if _, err := Compact(dir); err == nil || !strings.HasSuffix(err.Error(), "runs-2.jsonl: another process is writing to it") {
		t.Errorf("compacting beside a writer: %v", err)
	}
	if got := namesIn(t, dir); !slices.Equal(got, []string{"runs-2.jsonl", FileName}) {
		t.Errorf("files %v", got)
	}
}

func namesIn(t *testing.T, dir string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

// Several processes append, are killed and compacted again and again, and no record
// that was on the disk is ever missing.
func TestKillManyWriters(t *testing.T) {
	dir := t.TempDir()
	had := map[string]bool{}
	for round := range 3 {
		var writers []*exec.Cmd
		for range 3 {
			c := child(t, "append own", dir)
			var out bytes.Buffer
			c.Stderr = &out
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if strings.Contains(out.String(), "panic") {
					t.Error(out.String())
				}
			})
			writers = append(writers, c)
		}
		waitForRecords(t, dir, len(had)+60+20*round)
		for _, c := range writers {
			c.Process.Kill()
			c.Wait()
		}
		before := len(had)
		for _, line := range wholeLines(t, dir) {
			r, err := decode(line)
			if err != nil {
				t.Fatal(err)
			}
			had[r.ID] = true
		}
		if n, err := Compact(dir); err != nil || n != len(had) || n <= before {
			t.Fatalf("round %d: %d records of %d, %d before: %v", round, n, len(had), before, err)
		}
		s, err := OpenReadOnly(dir)
		if err != nil || len(s.Records()) != len(had) {
			t.Fatalf("%d records of %d, %v", len(s.Records()), len(had), err)
		}
	}
}

func waitForRecords(t *testing.T, dir string, n int) {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if len(wholeLines(t, dir)) >= n {
			return
		}
	}
	t.Fatalf("fewer than %d records after a minute", n)
}

// wholeLines returns the lines of all files of a store that end in a newline.
func wholeLines(t *testing.T, dir string) (list [][]byte) {
	t.Helper()
	names, err := filesOf(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		for line := range bytes.Lines(text) {
			if bytes.HasSuffix(line, []byte("\n")) {
				list = append(list, bytes.TrimSpace(line))
			}
		}
	}
	return list
}

// A reader beside a process that compacts for ever, and writers that come and go,
// always finds all that was there when it began.
func TestReadWhileCompacting(t *testing.T) {
	dir := t.TempDir()
	c := child(t, "compact", dir)
	s := mustOpen(dir)
	if err := s.Append(sample(1)); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { c.Process.Kill(); c.Wait() }()
	for p := 2; p < 60; p++ {
		s, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Append(sample(p)); err != nil {
			t.Fatal(err)
		}
		s.Close()
		ro, err := OpenReadOnly(dir)
		if err != nil || len(ro.Records()) != p {
			t.Fatalf("%d records of %d, %v", len(ro.Records()), p, err)
		}
	}
}

// What locks cannot keep from happening is found out before anything is written.
func TestMeddling(t *testing.T) {
	for name, c := range map[string]struct {
		meddle func(name string) error
		want   string
	}{
		"removed": {os.Remove, "was removed or replaced"},
		"replaced": {func(name string) error {
			return errors.Join(os.Rename(name, name+".old"), os.WriteFile(name, nil, 0o644))
		}, "was removed or replaced"},
		"cut":      {func(name string) error { return os.Truncate(name, 10) }, "was changed"},
		"appended": {func(name string) error { return keep(name, line(sample(7))) }, "was changed"},
	} {
		dir := t.TempDir()
		s := mustOpen(dir)
		if err := s.Append(sample(1)); err != nil {
			t.Fatal(err)
		}
		if err := c.meddle(s.Path()); err != nil {
			t.Fatal(err)
		}
		before, _ := os.ReadFile(s.Path())
		if err := s.Append(sample(2)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
		if after, _ := os.ReadFile(s.Path()); !bytes.Equal(before, after) {
			t.Errorf("%s: the file was written to", name)
		}
		if _, known := s.Get(sample(2).ID); known {
			t.Errorf("%s: what was not written is known", name)
		}
		s.Close()
	}
}

// Compacting gives the same bytes whatever the order in which records came, and
// whatever their schema.
func TestCompact(t *testing.T) {
	var want []byte
	for i, files := range []map[string][]byte{
		{FileName: lines(sample(1), sample(2), sample(3), sample(4))},
		{FileName: lines(sample(4), sample(2)), "runs-2.jsonl": lines(sample(3), sample(2)), "runs-11.jsonl": lines(sample(1))},
		{"runs-2.jsonl": old(sample(2), sample(1), sample(4), sample(3))},
		{FileName: bytes.TrimSpace(lines(sample(2), sample(1), sample(3))), "runs-2.jsonl": append(lines(sample(4)), line(sample(5))[:50]...)},
	} {
		dir := t.TempDir()
		for name, text := range files {
			write(t, filepath.Join(dir, name), text)
		}
		write(t, filepath.Join(dir, "other.jsonl"), lines(sample(9)))
		if n, err := Compact(dir); err != nil || n != 4 {
			t.Fatalf("%d: %d records, %v", i, n, err)
		}
		got := read(t, filepath.Join(dir, FileName))
		if want == nil {
			want = got
		}
		if !bytes.Equal(got, want) || bytes.Count(got, []byte(Schema)) != 4 {
			t.Errorf("%d: got %s, want %s", i, got, want)
		}
		names := namesIn(t, dir)
		names = slices.DeleteFunc(names, func(n string) bool { return strings.HasSuffix(n, tornSuffix) })
		if !slices.Equal(names, []string{"other.jsonl", FileName}) {
			t.Errorf("%d: files %v", i, names)
		}
	}

	dir := t.TempDir()
	if _, err := Compact(dir); err == nil || !strings.Contains(err.Error(), "no file runs.jsonl or runs-N.jsonl") {
		t.Errorf("nothing to compact: %v", err)
	}
	damaged := append(lines(sample(1)), "{}\n"...)
	write(t, filepath.Join(dir, "runs-2.jsonl"), damaged)
	if _, err := Compact(dir); err == nil || !strings.Contains(err.Error(), "runs-2.jsonl:2: ") {
		t.Errorf("damage: %v", err)
	}
	if got := read(t, filepath.Join(dir, "runs-2.jsonl")); !bytes.Equal(got, damaged) {
		t.Error("a damaged file was changed")
	}
}

// old returns lines as programs before checksums wrote them.
func old(records ...Record) (text []byte) {
	for _, r := range records {
		l := line(r)
		l = append(l[:bytes.Index(l, []byte(beforeChecksum))], "}\n"...)
		text = append(text, bytes.Replace(l, []byte(Schema), []byte(unsummed), 1)...)
	}
	return text
}

// Records of the first schema are read as ones of today's, beside which new ones are written.
func TestMigration(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, FileName), old(sample(1)))
	s := mustOpen(dir)
	if err := s.Append(sample(2), sample(1)); err != nil {
		t.Fatal(err)
	}
	s.Close()
	ro, err := OpenReadOnly(dir)
	if err != nil || !reflect.DeepEqual(ro.Records(), []Record{sample(1), sample(2)}) {
		t.Errorf("%v, %+v", err, ro.Records())
	}
	if got, want := read(t, filepath.Join(dir, FileName)), append(old(sample(1)), line(sample(2))...); !bytes.Equal(got, want) {
		t.Errorf("the file is %s", got)
	}
	was := sample(3)
	was.Schema = unsummed
	s = mustOpen(dir)
	defer s.Close()
	if err := s.Append(was); err != nil || !reflect.DeepEqual(s.Records()[2], sample(3)) {
		t.Errorf("%v, %+v", err, s.Records()[2])
	}
}

func TestVerify(t *testing.T) {
	dir := t.TempDir()
	other := sample(1)
	other.Result.Error = 0.7
	flipped := bytes.Replace(line(sample(3)), []byte(`"epochs":30`), []byte(`"epochs":31`), 1)
	a, b := filepath.Join(dir, "a.jsonl"), filepath.Join(dir, "b.jsonl")
	write(t, a, slices.Concat(lines(sample(1)), []byte("\n{}\n"), old(sample(2)), flipped))
	write(t, b, slices.Concat(lines(sample(2), other), line(sample(4))[:60]))
	got, err := Verify(dir)
	if err != nil || len(got) != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	check := func(v Verified, want Verified, problems ...string) {
		t.Helper()
		if len(v.Problems) != len(problems) {
			t.Fatalf("%s: %d problems, want %d", v.File, len(v.Problems), len(problems))
		}
		for i, p := range v.Problems {
			if !strings.Contains(p.Err.Error(), problems[i]) || p.Line != want.Problems[i].Line {
				t.Errorf("%s: problem %d: line %d, %v", v.File, i, p.Line, p.Err)
			}
		}
		if v.Problems, want.Problems = nil, nil; !reflect.DeepEqual(v, want) {
			t.Errorf("got  %+v\nwant %+v", v, want)
		}
	}
	check(got[0], Verified{File: a, Records: 2, Problems: []Problem{{Line: 3}, {Line: 5}}}, `schema ""`, "something in the line was changed")
	check(got[1], Verified{File: b, Records: 2, Again: 1, Torn: 3, Problems: []Problem{{Line: 2}}}, "a second, different result")
	if _, err := Verify(filepath.Join(dir, "c.jsonl")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}
