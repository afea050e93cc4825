package compare

import (
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// file writes the results of an invented machine.
func file(t *testing.T, config, results string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bench.txt")
	if err := os.WriteFile(path, []byte(config+"\n"+results), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

const (
	zen  = "machine: zen-1\ncommit: a\nbench-version: 1\nemulator: none"
	lake = "machine: lake-2\ncommit: a\nbench-version: 1\nemulator: none"

	two = `BenchmarkGEMM/m=16/tier=generic 1 800 ns/op 1 GFLOP/s
BenchmarkGEMM/m=16/tier=avx2 1 100 ns/op 8 GFLOP/s
BenchmarkGEMM/m=16/tier=avx2 1 110 ns/op 7 GFLOP/s
BenchmarkGEMM/m=16/tier=avx2 1 105 ns/op 7.5 GFLOP/s
BenchmarkGEMM/m=4/tier=avx2 1 10 ns/op 2 GFLOP/s
BenchmarkReLU/n=5/tier=avx2 1 10 ns/op
`
)

func read(t *testing.T, paths ...string) *Set {
	t.Helper()
	s, err := Read(paths)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTable(t *testing.T) {
	s := read(t, file(t, zen, two), file(t, lake, "BenchmarkGEMM/m=16/tier=avx512 1 50 ns/op 16 GFLOP/s\n"))
	table, err := s.Table("GFLOP/s")
	if err != nil {
		t.Fatal(err)
	}
	if want := []Column{{"lake-2", "avx512"}, {"zen-1", "generic"}, {"zen-1", "avx2"}}; !slices.Equal(table.Columns, want) {
		t.Errorf("columns %v, want %v", table.Columns, want)
	}
	if len(table.Rows) != 2 || table.Rows[0].Name != "GEMM/m=4" || !math.IsNaN(table.Rows[0].Cells[0]) || !slices.Equal(table.Rows[1].Cells, []float64{16, 1, 7.5}) {
		t.Errorf("rows %v", table.Rows)
	}
	if mean, rows := table.Mean(); rows != 1 || math.Abs(mean[2]-7.5) > 1e-12 {
		t.Errorf("mean %v of %d rows", mean, rows)
	}
	for format, want := range map[string]string{
		"text":     "GEMM/m=4                                               -              -           2\n",
		"markdown": "| GFLOP/s | lake-2 avx512 | zen-1 generic | zen-1 avx2 |\n|---|--:|--:|--:|\n| GEMM/m=4 | - | - | 2 |\n",
		"json":     `"machine": "lake-2"`,
	} {
		var b strings.Builder
		if err := table.Write(&b, format); err != nil || !strings.Contains(b.String(), want) {
			t.Errorf("%s: %v\n%s", format, err, &b)
		}
	}
	if err := table.Write(&strings.Builder{}, "html"); err == nil || !strings.Contains(err.Error(), "want one of text") {
		t.Errorf("html: %v", err)
	}
	if _, err := s.Table("GFLOPS"); err == nil || !strings.Contains(err.Error(), "want one of GFLOP/s, sec/op") {
		t.Errorf("%v", err)
	}
}

// Other libraries stand beside our tiers.
func TestLibraries(t *testing.T) {
	s := read(t, file(t, zen, "BenchmarkForward/m=4/lib=srhmbench.avx2 1 10 ns/op\nBenchmarkForward/m=4/lib=blis 1 20 ns/op\n"))
	table, err := s.Table("sec/op")
	if err != nil {
		t.Fatal(err)
	}
	if want := []Column{{"zen-1", "blis"}, {"zen-1", "srhmbench.avx2"}}; !slices.Equal(table.Columns, want) || len(table.Rows) != 1 || table.Rows[0].Name != "Forward/m=4" {
		t.Errorf("columns %v, rows %v", table.Columns, table.Rows)
	}
}

func TestLadder(t *testing.T) {
	table, err := read(t, file(t, zen, two)).Table("sec/op")
	if err != nil {
		t.Fatal(err)
	}
	l, err := table.Ladder()
	if err != nil || len(l.Rows) != 3 {
		t.Fatalf("%v, %v", l, err)
	}
	if got := l.Rows[1].Cells; got[0] != 1 || math.Abs(got[1]-800/105.0) > 1e-9 {
		t.Errorf("GEMM/m=16: %v", got)
	}
	if got := l.Rows[0].Cells; !math.IsNaN(got[0]) || got[1] != 1 { // the narrowest there is
		t.Errorf("GEMM/m=4: %v", got)
	}
	if len(l.Means) != 1 || l.Means[0].Name != "GEMM, geometric mean of 1" || math.Abs(l.Means[0].Cells[1]-800/105.0) > 1e-9 {
		t.Errorf("means %v", l.Means)
	}
	both, err := read(t, file(t, zen, two), file(t, lake, two)).Table("sec/op")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := both.Ladder(); err == nil || !strings.Contains(err.Error(), "want times of one machine") {
		t.Errorf("two machines: %v", err)
	}
}

// What cannot be compared is left out and said, whichever file comes first; the rest is compared.
func TestNotCompared(t *testing.T) {
	edit := func(old, new string) string { return strings.Replace(lake, old, new, 1) }
	const defined = "\n# defined GEMM/m=16 %s operations=800\n# defined GEMM/m=4 x\n# defined ReLU/n=5 x\n"
	for _, c := range []struct {
		name   string
		first  string // configuration of zen-1
		second string // and of the other file
		note   string
		cells  []string // of the other machine or run: GEMM/m=16 by avx2, in ns
	}{
		{"an emulated machine", zen, edit("emulator: none", "emulator: bochs"), "lake-2 is emulated (bochs): its 4 results are not compared", nil},
		{"a hash over all sources", zen, edit("version: 1", "version: 2"), "lake-2: 4 benchmarks are of files without definitions and are taken by name", []string{"lake-2"}},
		{"one file is older than definitions", zen + strings.ReplaceAll(defined, "%s", "x"), lake, "lake-2: 4 benchmarks are of files without definitions", []string{"lake-2"}},
		{"another definition", zen + strings.ReplaceAll(defined, "%s", "x"), lake + strings.ReplaceAll(defined, "%s", "y"), "zen-1: defined otherwise than in the newest run, not compared (GFLOP/s, sec/op): GEMM/m=16 avx2, GEMM/m=16 generic", []string{"lake-2"}},
		{"the same definitions", zen + strings.ReplaceAll(defined, "%s", "x"), lake + strings.ReplaceAll(defined, "%s", "x"), "", []string{"lake-2"}},
	} {
		// the second is newer
		x := file(t, "# started 2026-01-01T00:00:00Z\n"+c.first, two)
		y := file(t, "# started 2026-01-02T00:00:00Z\n"+c.second, two)
		for _, paths := range [][]string{{x, y}, {y, x}} {
			s := read(t, paths...)
			notes := strings.Join(s.Notes, "\n")
			if !strings.Contains(notes, c.note) || c.note == "" && notes != "" {
				t.Errorf("%s: notes %q, want %q", c.name, notes, c.note)
			}
			table, err := s.Table("sec/op")
			if err != nil {
				t.Fatal(err)
			}
			other := slices.ContainsFunc(table.Columns, func(c Column) bool { return c.Machine == "lake-2" })
			if other != (c.cells != nil) || len(table.Rows) != 3 {
				t.Errorf("%s: %v, %d rows", c.name, table.Columns, len(table.Rows))
			}
			if dropped := c.cells != nil && table.Columns[len(table.Columns)-1].Machine == "zen-1" && math.IsNaN(table.Rows[1].Cells[len(table.Columns)-1]); dropped != (c.name == "another definition") {
				t.Errorf("%s: GEMM/m=16 has %v", c.name, table.Rows[1].Cells)
			}
		}
	}
}

// Bytes that are counted otherwise spoil rates and shares of them, not times.
func TestCountedOtherwise(t *testing.T) {
	old := "machine: zen-1\n# started 2026-01-01T00:00:00Z\nBenchmarkA/tier=avx2 1 100 ns/op 2 GFLOP/s 3 GB/s 40 %roof\n"
	s := read(t, file(t, "machine: lake-2\n# started 2026-01-02T00:00:00Z", "BenchmarkA/tier=avx2 1 100 ns/op 2 GFLOP/s 4 GB/s 50 %roof\n"), file(t, "", old))
	for unit, want := range map[string]int{"sec/op": 2, "GFLOP/s": 2, "GB/s": 1, "%roof": 1} {
		if table, err := s.Table(unit); err != nil || len(table.Columns) != want {
			t.Errorf("%s: %v, %v", unit, table.Columns, err)
		}
	}
	if want := "zen-1: bytes counted otherwise than in the newest run, not compared (%roof, GB/s): A avx2"; !slices.Contains(s.Notes, want) {
		t.Errorf("%q, want %s", s.Notes, want)
	}
}

// Of several runs the newest counts for each benchmark, and none is pooled with another, clean or not; a commit can be
// asked for.
func TestNewest(t *testing.T) {
	at := func(day, commit, dirty, results string) string {
		return file(t, "machine: zen-1\n# started 2026-01-"+day+"T00:00:00Z\ncommit: "+commit+"\ndirty: "+dirty, results)
	}
	paths := []string{
		at("03", "b", "true", "BenchmarkA/tier=avx2 1 30 ns/op\nBenchmarkA/tier=avx2 1 32 ns/op\nBenchmarkA/tier=avx2 1 31 ns/op\n"),
		at("02", "b", "false", "BenchmarkA/tier=avx2 1 20 ns/op\nBenchmarkB/tier=avx2 1 2 ns/op\n"),
		at("01", "a", "false", "BenchmarkA/tier=avx2 1 10 ns/op\nBenchmarkC/tier=avx2 1 1 ns/op\n"),
	}
	for commit, want := range map[string]string{"": "[A 31 B 2 C 1]", "a": "[A 10 C 1]", "b": "[A 31 B 2]"} {
		for range 2 {
			slices.Reverse(paths)
			s, err := ReadCommit(paths, commit)
			if err != nil {
				t.Fatal(err)
			}
			table, err := s.Table("sec/op")
			if err != nil {
				t.Fatal(err)
			}
			var got []any
			for _, r := range table.Rows {
				got = append(got, r.Name, math.Round(r.Cells[0]*1e9))
			}
			if text := fmt.Sprint(got); text != want {
				t.Errorf("commit %q: %s, want %s", commit, text, want)
			}
		}
	}
	s := read(t, paths...)
	if want := "zen-1: of 1 benchmarks there are several runs; the newest of each counts"; !slices.Contains(s.Notes, want) {
		t.Errorf("%q", s.Notes)
	}
	if _, err := ReadCommit(paths, "c"); err == nil || err.Error() != `commit "c": no run of it in these files` {
		t.Errorf("%v", err)
	}
	if s := read(t, paths[0], paths[0]); len(s.Notes) != 0 { // one file, named twice
		t.Errorf("%q", s.Notes)
	}
}

// What go test writes on several CPUs is of the same tier, with log messages between; and a file whose times are no times
// neither panics nor is refused.
func TestDamaged(t *testing.T) {
	text := "BenchmarkGEMM/m=1/tier=generic-2 1 800 ns/op\nBenchmarkGEMM/m=1/tier=avx2-2 \t2026/01/01 log\n1 5 ns/op\nBenchmarkGEMM/m=1/tier=avx2-2 1 100 ns/op\n" +
		"BenchmarkGEMM/m=2/tier=avx2-2 1 NaN ns/op\nBenchmarkGEMM/m=3/tier=avx2-2 1 -5 ns/op\nBenchmarkGEMM/m=4/tier=avx2-2 1 0 sec/op\n" +
		"BenchmarkGEMM/m=5/tier=avx2 1 7 ns/op\nBenchmarkGEMM/m=5/tier=avx2-2 1 6 ns/op\n"
	s := read(t, file(t, zen, text))
	if len(s.Notes) != 5 || !strings.Contains(s.Notes[1], "GEMM/m=2/tier=avx2 has no time") || s.Notes[4] != "1 results on more CPUs are left out: the same run has them on fewer" {
		t.Errorf("%q", s.Notes)
	}
	table, err := s.Table("sec/op")
	if err != nil {
		t.Fatal(err)
	}
	l, err := table.Ladder()
	if err != nil || len(l.Rows) != 2 || l.Rows[0].Cells[0] != 1 || math.Abs(l.Rows[0].Cells[1]-8) > 1e-9 || l.Columns[1].Tier != "avx2" {
		t.Errorf("%+v, %v", l, err)
	}
}

func TestRefusals(t *testing.T) {
	for want, path := range map[string]string{
		"no such file": filepath.Join(t.TempDir(), "none"), "no benchmark results": file(t, zen, "PASS\n"),
		"parsing measurement":                         file(t, zen, "BenchmarkA 1 x ns/op\n"),
		"is of no machine: want a line machine: NAME": file(t, "commit: a", two),
	} {
		if _, err := Read([]string{path}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	emulated := file(t, strings.Replace(lake, "emulator: none", "emulator: bochs", 1), two)
	if s := read(t, emulated); !s.IsEmulated() || len(s.Notes) != 0 { // among themselves they may be compared
		t.Errorf("%+v", s)
	}
}

// No text makes a table, a ladder or a trend panic, and every cell of them is a number or a gap.
func FuzzSet(f *testing.F) {
	f.Add(zen+"\n"+two, lake+"\n"+two)
	f.Add(zen+"\nBenchmarkA/tier=avx2 1 1 ns/op NaN GFLOP/s\n# defined A x operations=3\nBenchmarkA/lib=b 1 0 GFLOP/s", "machine: zen-1\ncommit: b\nBenchmarkA/tier=avx2-2 1 2 ns/op")
	f.Fuzz(func(t *testing.T, a, b string) {
		var paths []string
		for _, text := range []string{a, b} {
			path := filepath.Join(t.TempDir(), "x")
			if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
			paths = append(paths, path)
		}
		if histories, err := Trend(paths); err == nil {
			for _, h := range histories {
				if err := h.Write(io.Discard); err != nil {
					t.Error(err)
				}
			}
		}
		s, err := Read(paths)
		if err != nil {
			return
		}
		for _, unit := range []string{"sec/op", "GFLOP/s", "%roof"} {
			table, err := s.Table(unit)
			if err != nil {
				continue
			}
			for _, format := range Formats {
				if err := table.Write(io.Discard, format); err != nil {
					t.Error(err)
				}
			}
			if l, err := table.Ladder(); err == nil {
				for _, r := range l.Rows {
					for _, x := range r.Cells {
						if !(x > 0) && !math.IsNaN(x) {
							t.Errorf("%s: %v", r.Name, r.Cells)
						}
					}
				}
			}
		}
	})
}

func TestNatural(t *testing.T) {
	list := []string{"B/n=3", "A/n=100/m=2", "A/n=20/m=10", "A/n=20/m=9", "A", "A/n=020"}
	slices.SortFunc(list, natural)
	if want := []string{"A", "A/n=020", "A/n=20/m=9", "A/n=20/m=10", "A/n=100/m=2", "B/n=3"}; !slices.Equal(list, want) {
		t.Errorf("%v, want %v", list, want)
	}
}

// The files that are committed can be read.
func TestCommitted(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("..", "..", "results", "bench", "*", "*.txt"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%v, %v", paths, err)
	}
	for _, path := range paths {
		table, err := read(t, path).Table("sec/op")
		if err != nil || len(table.Rows) < 5 {
			t.Errorf("%s: %v, %d rows", path, err, len(table.Rows))
		}
	}
}

// Names sort the same way round whichever is asked first.
func FuzzNatural(f *testing.F) {
	f.Add("A/n=20/m=9", "A/n=20/m=10")
	f.Add("a00", "a0b")
	f.Fuzz(func(t *testing.T, a, b string) {
		if x, y := natural(a, b), natural(b, a); (x < 0) != (y > 0) || (x == 0) != (y == 0) {
			t.Errorf("%q and %q: %d and %d", a, b, x, y)
		}
	})
}
