package benchfile

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func parse(t *testing.T, text string) *File {
	t.Helper()
	f, err := Parse("x", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestParse(t *testing.T) {
	f := parse(t, "\ufeffmachine: zen-1\r\n# started 2026-11-28T09:00:00Z\r\nBenchmarkGEMM/m=1/tier=avx2-2 \t 7\t5 ns/op\t 3 allocs/op\r\ncommit: b\nBenchmarkA-1 1 1 ns/op\n")
	if !f.Started.Equal(time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)) || len(f.Results) != 2 || len(f.Problems) != 0 {
		t.Fatalf("%+v", f)
	}
	if r := f.Results[0]; r.Line != 3 || r.Name != "GEMM/m=1/tier=avx2" || r.CPUs != 2 || r.Config["machine"] != "zen-1" || r.Config["commit"] != "" ||
		math.Abs(r.Values["sec/op"]-5e-9) > 1e-24 || r.Values["allocs/op"] != 3 {
		t.Errorf("%+v", r)
	}
	if r := f.Results[1]; r.Name != "A-1" || r.CPUs != 1 || r.Config["commit"] != "b" || r.Config["machine"] != "zen-1" {
		t.Errorf("%+v", r)
	}
}

func TestDefinition(t *testing.T) {
	known := Definition{"3f2a", 1310720, 102400}
	f := parse(t, "BenchmarkA/tier=avx2 1 100 ns/op 2 GFLOP/s 0.5 GB/s\nBenchmarkB/m=1/tier=avx2 1 100 ns/op 2 GFLOP/s\nBenchmarkC 1 1 ns/op\nBenchmarkE/lib=x 1 150 ns/op 100 cpu-ns/op 2 GFLOP/s\n"+
		known.Comment("B/m=1")+"\n"+Definition{"9", math.NaN(), 0}.Comment("C")+"\n# defined\n# defined D\n")
	if d := f.Definition(f.Results[0]); d.Version != "" || math.Abs(d.Operations-200) > 1e-9 || math.Abs(d.Bytes-50) > 1e-9 {
		t.Errorf("%+v", d)
	}
	if d := f.Definition(f.Results[1]); d != known {
		t.Errorf("%+v", d)
	}
	if d := f.Definition(f.Results[3]); math.Abs(d.Operations-200) > 1e-9 {
		t.Errorf("%+v", d)
	}
	if d := f.Definition(f.Results[2]); d.Version != "9" || !math.IsNaN(d.Operations) || d.Bytes != 0 {
		t.Errorf("%+v", d)
	}
}

func TestDiffers(t *testing.T) {
	a := Definition{"a", 1000, 100}
	for _, c := range []struct {
		d          Definition
		time, rate string // why seconds and GB/s are not comparable
	}{
		{a, "", ""},
		{Unknown, "", ""},
		{Definition{"", 1005, 99.5}, "", ""},
		{Definition{"", 1020, 100}, "other operations (1020, not 1000)", "other operations (1020, not 1000)"},
		{Definition{"", 1000, 120}, "", "bytes counted otherwise (120, not 100)"},
		{Definition{"b", 1000, 100}, "defined otherwise (version b, not a)", "defined otherwise (version b, not a)"},
		{Definition{"a", 1000, 0}, "", "bytes counted otherwise (0, not 100)"},
	} {
		if time, rate := c.d.Differs(a, "sec/op"), c.d.Differs(a, "GB/s"); time != c.time || rate != c.rate {
			t.Errorf("%+v: %q and %q, want %q and %q", c.d, time, rate, c.time, c.rate)
		}
		if c.d.Differs(a, "%roof") != c.rate || c.d.Differs(a, "GFLOP/s") != c.time {
			t.Errorf("%+v: %%roof and GFLOP/s", c.d)
		}
	}
}

func TestCutMaker(t *testing.T) {
	for name, want := range map[string][2]string{
		"GEMM/m=1/tier=avx2": {"GEMM/m=1", "avx2"}, "Forward/m=1/lib=srhmbench.avx2": {"Forward/m=1", "srhmbench.avx2"}, "A/b": {"A/b", "any"},
	} {
		if benchmark, maker := CutMaker(name); benchmark != want[0] || maker != want[1] {
			t.Errorf("%s: %s, %s", name, benchmark, maker)
		}
	}
}

// What is no whole result is left out, and said.
func TestProblems(t *testing.T) {
	const good = "BenchmarkA 1 5 ns/op\n"
	for text, want := range map[string]string{
		"BenchmarkB 1 NaN ns/op":                                "x:1: B has no time: want a positive ns/op",
		"BenchmarkB 1 -5 ns/op":                                 "x:1: B has no time",
		"BenchmarkB 1 0 sec/op":                                 "x:1: B has no time",
		"BenchmarkB 1 +Inf ns/op":                               "x:1: B has no time",
		"BenchmarkB 1 5 ns/op -1 GFLOP/s":                       "x:1: B has -1 GFLOP/s: want 0 or more",
		"BenchmarkB 1 5 ns/op NaN GB/s":                         "x:1: B has NaN GB/s",
		"BenchmarkB 1 x ns/op":                                  "x:1: parsing measurement",
		"BenchmarkB/tier=avx2 \t2026/11/28 a log message":       "x:1: parsing iteration count",
		"Benchmarking begins":                                   "x:1: parsing iteration count",
		"BenchmarkB " + strings.Repeat("x", 1<<20):              "x:1: 1048587 bytes: want a result",
		"Unit ns/op better":                                     "x:1: expected key=value",
		"2026/11/28 10:00:00 log: BenchmarkB":                   "",
		"     100\t  12 ns/op":                                  "",
		"--- BENCH: BenchmarkA\n    a_test.go:5: logged":        "",
		strings.Repeat("y", 1<<20) + "\n{\"json\": \"line\"}":   "",
		"warning: the clock is slow\nPASS\nok  \tx\t1.2s\n\n\t": "",
	} {
		f := parse(t, text+"\n"+good)
		got := ""
		for _, p := range f.Problems {
			got += p.Error()
		}
		if len(f.Results) != 1 || f.Results[0].Name != "A" || !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%.40q: %+v, %q, want %q", text, f.Results, got, want)
		}
		if strings.HasSuffix(text, "iteration count") || len(f.Problems) == 1 && f.Problems[0].Result != strings.Contains(text, " 1 ") {
			t.Errorf("%.40q: result %t", text, f.Problems[0].Result)
		}
	}
	if f := parse(t, good+"--- FAIL: BenchmarkB\nFAIL\n"); len(f.Failures) != 2 || f.Failures[0].Error() != "x:2: the benchmarks failed: --- FAIL: BenchmarkB" {
		t.Errorf("%+v", f.Failures)
	}
}

func TestErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "x: no benchmark results: want Go's benchmark format",
		"PASS\n":                   "x: no benchmark results",
		"BenchmarkB 1 NaN ns/op":   "x:1: B has no time: want a positive ns/op; no benchmark results but that",
		"panic: no kernel\nFAIL\n": "x:1: the benchmarks failed: panic: no kernel; no benchmark",
	} {
		path := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(path); err == nil || !strings.HasPrefix(err.Error(), strings.Replace(want, "x:", path+":", 1)) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	if _, err := Read(filepath.Join(t.TempDir(), "none")); !os.IsNotExist(err) {
		t.Errorf("%v", err)
	}
}

// Whatever the text, what comes out can be computed with, and every line is a result, a problem or neither.
func FuzzParse(f *testing.F) {
	f.Add("machine: m\n# started 2026-11-28T09:00:00Z\nBenchmarkA/tier=avx2-2 1 5 ns/op 3 GFLOP/s\nBenchmarkA 1 NaN ns/op\nFAIL\n")
	f.Add("\ufeffBenchmark-2 1 0 sec/op\r\nBenchmarkB\r\nUnit x y=z\nUnit x\n")
	f.Add("BenchmarkA \x00\n\n#\n# round 1 steal=0\nBenchmarkA-02 1 1e-320 ns/op 1e308 MB/s")
	f.Fuzz(func(t *testing.T, text string) {
		file, err := Parse("x", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		lines, seen := strings.Count(text, "\n")+1, map[int]bool{}
		for _, r := range file.Results {
			if r.Line < 1 || r.Line > lines || seen[r.Line] || r.CPUs < 1 || r.Config == nil || len(r.Values) == 0 {
				t.Errorf("%+v of %d lines", r, lines)
			}
			seen[r.Line] = true
			for unit, x := range r.Values {
				if !(x >= 0) || math.IsInf(x, 0) || unit == "sec/op" && x == 0 {
					t.Errorf("line %d: %v %s", r.Line, x, unit)
				}
			}
		}
		for _, p := range append(file.Problems, file.Failures...) {
			if p.Line < 1 || p.Line > lines {
				t.Errorf("%v of %d lines", p, lines)
			}
		}
	})
}
