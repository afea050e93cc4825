package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// measured writes a measurement of machine m.
func measured(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "m", "peers", "1.txt")
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

const goalsMeasured = `machine: m
commit: 0123456789abcdef
dirty: true
# library blis: version 1
# library blis: version 1
BenchmarkMatMul/shapes=matmul/m=64/n=64/k=64/lib=srhmbench.avx2 1 9 ns/op 9 cpu-ns/op 40 GFLOP/s 7.2 least-ns/op 7.2 ops-ns/op 50 roof-GFLOP/s 9 roof-GB/s
BenchmarkMatMul/shapes=matmul/m=64/n=64/k=64/lib=srhmbench.avx2 1 9 ns/op 8 cpu-ns/op 45 GFLOP/s 7.6 least-ns/op 7.6 ops-ns/op 47 roof-GFLOP/s 9 roof-GB/s
BenchmarkMatMul/shapes=matmul/m=64/n=64/k=64/lib=blis 1 1 ns/op 8.2 cpu-ns/op 1 GFLOP/s
BenchmarkMatMul/shapes=matmul/m=64/n=64/k=64/lib=gonum 1 1 ns/op 80 cpu-ns/op 1 GFLOP/s
BenchmarkMatMul/shapes=matmul/m=128/n=128/k=128/lib=srhmbench.avx2 1 10 ns/op 10 cpu-ns/op 45 GFLOP/s 9.2 least-ns/op 9.2 ops-ns/op 47 roof-GFLOP/s 9 roof-GB/s
BenchmarkMatMul/shapes=matmul/m=128/n=128/k=128/lib=blis 1 1 ns/op 9.5 cpu-ns/op 1 GFLOP/s
BenchmarkForward/shapes=cold/m=4/n=512/k=512/lib=srhmbench.avx2 1 1 ns/op 4000 cpu-ns/op 21 GFLOP/s 3000 least-ns/op 1000 ops-ns/op 50 roof-GFLOP/s 9 roof-GB/s
BenchmarkForward/shapes=cold/m=4/n=512/k=512/lib=torch 1 1 ns/op 8000 cpu-ns/op 10 GFLOP/s
BenchmarkRankK/shapes=rank/m=256/n=256/k=8/lib=srhmbench.avx2 1 10 ns/op 10 cpu-ns/op 1 GFLOP/s 9 least-ns/op 8 ops-ns/op 50 roof-GFLOP/s 9.12 roof-GB/s
BenchmarkRankK/shapes=rank/m=256/n=256/k=4/lib=srhmbench.avx2 1 10 ns/op 10 cpu-ns/op 1 GFLOP/s 9 least-ns/op 4 ops-ns/op 50 roof-GFLOP/s 9.12 roof-GB/s
BenchmarkGenericMatMul/shapes=go/m=256/n=256/k=256/lib=srhmbench.avx2 1 10 ns/op 10 cpu-ns/op 1.25 GFLOP/s 1 least-ns/op 1 ops-ns/op 50 roof-GFLOP/s 9.12 roof-GB/s
BenchmarkMomentum/shapes=momentum/n=1024/lib=srhmbench.avx2 1 170 ns/op 118.7 GB/s 170 cpu-ns/op 110 least-ns/op 50 ops-ns/op 181.4 roof-GB/s 104 roof-GFLOP/s
BenchmarkMomentum/shapes=momentum/n=1024/lib=cc 1 110 ns/op 183 GB/s 110 cpu-ns/op
`

// Every verdict follows from the numbers.
func TestTable(t *testing.T) {
	file := measured(t, goalsMeasured)
	if err := writeTable(file); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(filepath.Dir(filepath.Dir(file)), "peers.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"[peers/1.txt](peers/1.txt), commit 0123456789ab with changes, on machine m",
		"Of 4 benchmarks with peers we win 2 and lose 2.",
		"- Loses: Plain product: 128 × 128 × 128; blis takes 0.950 of our time\n",
		"- Loses: Step of momentum, by working set: 12 KiB; cc takes 0.647 of our time\n",
		"Of 5 goals 2 are reached and 3 missed.",
		"- Misses: Plain product: 64 × 64 × 64; 90.0 % where 91 are wanted and 1.025 times the best peer where 1.05 are wanted; its roof is operations at 50 GFLOP/s\n",
		"| 64 × 64 × 64 | 45 GFLOP/s | 8 ns | 90.0 % | operations at 50 GFLOP/s | blis | 1.025 | wins | ≥ 91 %, ≥ 1.05 × the best peer | **missed** |",
		"| 128 × 128 × 128 | 45 GFLOP/s | 10 ns | 92.0 % | operations at 47 GFLOP/s | blis | 0.950 | **LOSES** |",
		"| 256 × 256 × 256 | not measured |",
		"| Forward, 1 MiB of weights | 21 GFLOP/s | 4 µs | 75.0 % | reads at 9 GB/s | torch | 2.000 | wins | ≥ 48 GFLOP/s with avx512 |  |",
		"| 256 × 256 × 8 | 1 GFLOP/s | 10 ns | 90.0 % | reads at 9.12 GB/s |  |  | no peer | ≥ 83 % of the multiply-adds | **missed** |",
		"| 256 × 256 × 4 | 1 GFLOP/s | 10 ns | 90.0 % | reads at 9.12 GB/s |  |  | no peer | ≥ 40 % of the multiply-adds | reached |",
		"| GenericMatMul, 256 × 256 × 256 | 1.25 GFLOP/s | 10 ns | 10.0 % | operations at 50 GFLOP/s |  |  | no peer | ≥ 1 GFLOP/s | reached |",
		"| 12 KiB | 119 GB/s | 170 ns | 64.7 % | reads at 181 GB/s | cc | 0.647 | **LOSES** |  |  |",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Count(string(text), "- library blis: version 1\n") != 1 {
		t.Error("libraries are not named once")
	}
	if t.Failed() {
		t.Logf("%s", text)
	}
}

// A rate is asked for on the tier it applies to.
func TestTableOfTier(t *testing.T) {
	m, err := read(measured(t, strings.ReplaceAll(goalsMeasured, "srhmbench.avx2", "srhmbench.avx512")))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := m.table(&b); err != nil || !strings.Contains(b.String(), "cold: Forward, 1 MiB of weights; 21 GFLOP/s where 48 are wanted") {
		t.Errorf("%v\n%s", err, &b)
	}
}

func TestTableRefuses(t *testing.T) {
	for want, text := range map[string]string{
		"no benchmarks of srhmbench":        "machine: m\nBenchmarkMatMul/lib=blis 1 1 ns/op\n",
		"nothing of the goals was measured": "BenchmarkForward/shapes=srhm/m=1/lib=srhmbench.avx2 1 1 ns/op\n",
	} {
		file := measured(t, text)
		if err := writeTable(file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
		if _, err := os.Stat(tableFile(file)); err == nil {
			t.Error("a table of nothing is written")
		}
	}
}

// Every goal belongs to a benchmark that is timed, and everything timed for the goals has one.
func TestGoals(t *testing.T) {
	list, err := parts()
	if err != nil {
		t.Fatal(err)
	}
	var timed, wanted []string
	for _, p := range list {
		if !slices.Contains([]string{"matmul", "rank", "batch4", "cold", "conv", "momentum", "go"}, p.name) {
			continue
		}
		for _, line := range p.torchLines() {
			timed = append(timed, line.(map[string]any)["name"].(string))
		}
	}
	all, err := classes()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		for _, g := range c.goals {
			wanted = append(wanted, g.name)
		}
	}
	slices.Sort(timed)
	slices.Sort(wanted)
	if !slices.Equal(timed, wanted) {
		t.Errorf("timed: %v\nwanted: %v", timed, wanted)
	}
	for _, c := range all[:4] {
		for _, g := range c.goals {
			if g.share == 0 && g.rate == 0 && !strings.HasPrefix(g.name, update) {
				t.Errorf("nothing is asked of %s", g.name)
			}
		}
	}
}

// The committed tables follow from their measurements.
func TestCommittedTables(t *testing.T) {
	tables, err := filepath.Glob(filepath.Join("..", "..", "results", "bench", "*", "peers.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		text, err := os.ReadFile(table)
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(text), "(peers/")
		name, _, _ := strings.Cut(rest, ")")
		m, err := read(filepath.Join(filepath.Dir(table), "peers", name))
		if err != nil {
			t.Error(err)
			continue
		}
		var b strings.Builder
		if err := m.table(&b); err != nil || b.String() != string(text) {
			t.Errorf("%s is not what %s gives, %v: want peers --table of it", table, name, err)
		}
	}
}
