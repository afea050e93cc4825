package compare

import (
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

// What must not be mixed is refused, whichever comes first.
func TestRefusals(t *testing.T) {
	edit := func(old, new string) string { return strings.Replace(lake, old, new, 1) }
	for want, config := range map[string]string{
		"lake-2 is emulated and zen-1 is not":                     edit("emulator: none", "emulator: bochs"),
		`bench-version "1" of zen-1, "2" of lake-2: want`:         edit("version: 1", "version: 2"),
		`machine zen-1 has commit "a" and "b"`:                    strings.Replace(zen, "commit: a", "commit: b", 1),
		"is of no machine: want a line machine: NAME":             "commit: a",
		`machine zen-1 has emulator "none" and "qemu": want`:      strings.Replace(zen, "none", "qemu", 1),
		`bench-version "" of lake-2, "1" of zen-1: want benchmar`: edit("bench-version: 1", "x: y"),
	} {
		x, y := file(t, zen, two), file(t, config, two)
		_, err := Read([]string{x, y})
		_, other := Read([]string{y, x})
		if err == nil || other == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, and %v, want %s", err, other, want)
		}
	}
	for want, path := range map[string]string{
		"no such file": filepath.Join(t.TempDir(), "none"), "no benchmark results": file(t, zen, "PASS\n"),
		"parsing measurement": file(t, zen, "BenchmarkA 1 x ns/op\n"),
	} {
		if _, err := Read([]string{path}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	emulated := file(t, edit("emulator: none", "emulator: bochs"), two)
	if _, err := Read([]string{emulated}); err != nil { // among themselves they may be compared
		t.Error(err)
	}
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
