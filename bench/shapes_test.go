package bench

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"srhmbench/kernels/kerneltest"
)

// An operation that is added is benchmarked, or this fails.
func TestEveryKernelIsBenchmarked(t *testing.T) {
	shapes, err := Shapes()
	if err != nil {
		t.Fatal(err)
	}
	source := benchmarkSource(t)
	for _, op := range kerneltest.Operations {
		if !strings.Contains(source, "\nfunc Benchmark"+op.Name+"(b *testing.B)") {
			t.Errorf("there is no func Benchmark%s(b *testing.B) in kernel_test.go", op.Name)
		}
		shaped := slices.ContainsFunc(shapes, func(s Shape) bool { return s.Op == op.Name })
		if !shaped && op.Sizes != nil {
			t.Errorf("no file of shapes names %s", op.Name)
		}
	}
	// A value that ends in a dash and digits would be read as a number of threads.
	good := regexp.MustCompile(`^[A-Za-z]+/[a-z0-9]+(/[a-z][a-z0-9]*=[0-9]+)+$`)
	for _, s := range shapes {
		if name := s.Op + "/" + s.Set + "/" + s.Name(); !good.MatchString(name) {
			t.Errorf("name %s", name)
		}
	}
}

// benchmarkSource is the text of all files with benchmarks.
func benchmarkSource(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}

func TestParseShapes(t *testing.T) {
	list, err := ParseShapes(strings.NewReader("# squares\n\nGEMM k=3 m=2 n=16\n  ReLU n=5\n"), "some.txt")
	if err != nil || len(list) != 2 || list[0].Set != "some" || list[0].Name() != "m=2/n=16/k=3" || list[1].Name() != "n=5" {
		t.Fatalf("%+v, %v", list, err)
	}
	for text, want := range map[string]string{
		"gemm m=1":                 `some.txt:1: operation "gemm": want one of Add,`,
		"\nPeakFMA":                `some.txt:2: operation "PeakFMA"`,
		"ReLU":                     `ReLU has 0 sizes: want n`,
		"GEMM m=1 n=16":            `has 2 sizes: want m, n, k`,
		"GEMM m=1 m=1 n=16":        `"m=1": want each of m, n, k once`,
		"ReLU rows=1":              `"rows=1": want each of n once`,
		"GEMM m=1 n=17 k=1":        `"n=17": want a multiple of 16 from 16 to 65536`,
		"GEMMT rows=1 n=16 width=": `"width=": want a multiple of 8`,
		"MatMul ta=2":              `"ta=2": want 0 or 1`,
		"MatMul ta=":               `"ta=": want 0 or 1`,
		"ReLU n=0":                 `"n=0": want`,
		"ReLU n=65537":             `"n=65537": want`,
		"ReLU n=-1":                `"n=-1": want`,
		"ReLU n":                   `"n": want`,
		"ReLU n=1\nReLU n=1":       `some.txt:2: ReLU/n=1 stands there twice`,
		strings.Repeat("x", 1<<17): `some.txt: bufio.Scanner: token too long`,
	} {
		if _, err := ParseShapes(strings.NewReader(text), "some.txt"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %s", text, err, want)
		}
	}
}

// Whatever is accepted has a job, and comes back from its own name.
func FuzzParseShapes(f *testing.F) {
	f.Add("GEMM m=1 n=16 k=1")
	f.Add("# no\n\nTranspose cols=3 rows=2\n")
	f.Add("ReLU n=1 n=1")
	f.Fuzz(func(t *testing.T, text string) {
		list, err := ParseShapes(strings.NewReader(text), "f.txt")
		if err != nil {
			return
		}
		for _, s := range list {
			again, err := ParseShapes(strings.NewReader(s.Op+" "+strings.ReplaceAll(s.Name(), "/", " ")), "f.txt")
			if err != nil || len(again) != 1 || again[0].Name() != s.Name() {
				t.Errorf("%+v becomes %+v, %v", s, again, err)
			}
			if op, _ := kerneltest.Lookup(s.Op); op.Job == nil {
				t.Errorf("%s has no job", s.Op)
			}
		}
	})
}
