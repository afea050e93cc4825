package gate

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestReadRounds(t *testing.T) {
	want := invent(1, shared, 3, 4, 1)[0]
	want.Rounds[2].Steal = 0.25
	path := filepath.Join(t.TempDir(), "arm.txt")
	if err := os.WriteFile(path, []byte(want.text()), 0o666); err != nil {
		t.Fatal(err)
	}
	got, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range got.Rounds {
		for name, s := range r.Rows { // nanoseconds and back
			if w := want.Rounds[i].Rows[name]; s.Seconds < w.Seconds*(1-1e-9) || s.Seconds > w.Seconds*(1+1e-9) {
				t.Errorf("round %d, %s: %v, want %v", i, name, s.Seconds, w.Seconds)
			}
			got.Rounds[i].Rows[name] = want.Rounds[i].Rows[name]
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

// Output of "go test -count=3".
func TestReadRepetitions(t *testing.T) {
	text := "goos: linux\nBenchmarkA/tier=avx2 10 5 ns/op\nBenchmarkA/tier=avx2 10 6 ns/op 3 allocs/op\nBenchmarkB 1 7 ns/op\nBenchmarkB 1 8 ns/op\nPASS\nok  	x	1.2s\n"
	a, err := Parse("x", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Rounds) != 2 || len(a.Rounds[0].Rows) != 2 || a.Rounds[1].Rows["A/tier=avx2"].Allocs != 3 || a.Rounds[0].Rows["B"].Allocs != -1 || a.Config["goos"] != "linux" {
		t.Errorf("%+v", a)
	}
}

// The least of several measurements in a round counts.
func TestReadRepeats(t *testing.T) {
	a, err := Parse("x", []byte("# round 1 steal=0\nBenchmarkA 1 6 ns/op 0 B/op 0 allocs/op\nBenchmarkA 1 5 ns/op 0 B/op 1 allocs/op\nBenchmarkA 1 7 ns/op 0 B/op 1 allocs/op\n"))
	if err != nil || len(a.Rounds) != 1 || a.Rounds[0].Rows["A"] != (Sample{5e-9, 0}) {
		t.Errorf("%+v, %v", a, err)
	}
}

// Output of go test on two CPUs, with log messages in between.
func TestReadLog(t *testing.T) {
	a, err := Parse("x", []byte("# round 1 steal=0\nBenchmarking begins\nBenchmarkA/tier=avx2-2 1 5 ns/op\n2026/11/28 log: x\n# round 2 steal=0\nBenchmarkA/tier=avx2-2 1 5 ns/op\n"))
	if err != nil || len(a.Rounds) != 2 || a.Rounds[1].Rows["A/tier=avx2"] != (Sample{5e-9, -1}) || a.Config["gomaxprocs"] != "2" {
		t.Errorf("%+v, %v", a, err)
	}
}

// What precedes the first round holds for all.
func TestReadPreamble(t *testing.T) {
	a, err := Parse("x", []byte("machine: m\n# round 1 steal=0\nBenchmarkA 1 5 ns/op\n# round 2 steal=0\nBenchmarkA 1 5 ns/op\n"))
	if err != nil || a.Config["machine"] != "m" || len(a.Rounds) != 2 {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestReadErrors(t *testing.T) {
	if _, err := Read(filepath.Join(t.TempDir(), "none.txt")); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("a missing file: %v", err)
	}
	for text, want := range map[string]string{
		"":                              "x: no benchmark results",
		"PASS\n":                        "x: no benchmark results",
		"BenchmarkA 10 5 ns/op\nFAIL\n": "x:2: the benchmarks failed: FAIL",
		"--- FAIL: BenchmarkA\n":        "x:1: the benchmarks failed",
		"panic: kernels.GEMM\n":         "x:1: the benchmarks failed",
		"\nBenchmarkA 10 5 GFLOP/s\n":   "x:2: A has no time",
		"BenchmarkA 10 0 ns/op\n":       "x:1: A has no time",
		"BenchmarkA 10 NaN ns/op\n":     "x:1: A has no time",
		"BenchmarkA 10 fast ns/op\n":    "x:1: ",
		"BenchmarkA 1 5 ns/op\nBenchmarkA-2 1 5 ns/op\n": "x:2: A on 1 CPUs and A on 2: want one number",
		"# round 1\n":            "x:1: a round without steal=",
		"# round 1 steal=much\n": "x:1: steal=much: want a number from 0 to 1",
		"# round 1 steal=NaN\n":  "x:1: steal=NaN",
		"BenchmarkA 1 5 ns/op\n# round 1 steal=0\nBenchmarkA 1 5 ns/op\n":                           "x: results before the first round",
		"go: 1\n# round 1 steal=0\nBenchmarkA 1 5 ns/op\n# round 2 steal=0\nBenchmarkA 1 0 ns/op\n": "x:5: A has no time",
		"# round 1 steal=2\n": "x:1: steal=2",
		"go: 1\nBenchmarkA 1 5 ns/op\ngo: 2\nBenchmarkA 1 5 ns/op\n":                              "x:4: go is 1 and 2: want one run",
		"# round 1 steal=0\nBenchmarkA 1 5 ns/op\n\nBenchmarkA 1 5 ns/op\nBenchmarkB 1 1 ns/op\n": "x:1: B is 1 times in one round and A 2 times",
		"# round 1 steal=0\nBenchmarkA 1 5 ns/op\n# round 2 steal=0\nBenchmarkA 1 0 ns/op\n":      "x:4: A has no time",
	} {
		if _, err := Parse("x", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// Whatever Read accepts has only times that can be compared.
func FuzzParse(f *testing.F) {
	f.Add([]byte(invent(1, quiet, 2, 2, 1)[0].text()))
	f.Add([]byte("BenchmarkA 10 5 ns/op\nBenchmarkA 10 5 ns/op\n# round 1 steal=0\nBenchmarkB-2 1 1 ns/op"))
	f.Fuzz(func(t *testing.T, text []byte) {
		a, err := Parse("x", text)
		if err != nil {
			return
		}
		s := Default()
		s.MinRounds = 1
		Judge(a, a, a, s)
		for _, r := range a.Rounds {
			for name, s := range r.Rows {
				if !(s.Seconds > 0) || r.Steal < 0 || r.Steal > 1 {
					t.Errorf("%s: %+v", name, s)
				}
			}
		}
	})
}
