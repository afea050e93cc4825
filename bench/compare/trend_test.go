package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// series is n logarithms of times with noise, which become longer by the factor at some place.
func series(r *rand.Rand, n int, noise float64, at int, factor float64) []float64 {
	var y []float64
	for i := range n {
		x := -10 + noise*r.NormFloat64()
		if i >= at {
			x += math.Log(factor)
		}
		y = append(y, x)
	}
	return y
}

// How often steps are seen where there are none, and where there is one of 15 %.
func TestSteps(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	const runs = 500
	alarms, seen, place := 0, 0, 0
	for range runs {
		if len(changesOf(series(r, 20, 0.02, 0, 1))) > 0 {
			alarms++
		}
		if list := changesOf(series(r, 20, 0.02, 12, 1.15)); len(list) == 1 {
			seen++
			if list[0].at == 12 && math.Abs(list[0].after-list[0].before-math.Log(1.15)) < 0.04 {
				place++
			}
		}
	}
	t.Logf("%d false alarms, %d steps seen, %d where they are, of %d", alarms, seen, place, runs)
	if alarms > runs/100 || seen < runs*9/10 || place < runs*8/10 {
		t.Errorf("%d false alarms, %d steps seen, %d where they are, of %d", alarms, seen, place, runs)
	}
}

func TestChangesOf(t *testing.T) {
	log := func(x ...float64) []float64 {
		for i := range x {
			x[i] = math.Log(x[i])
		}
		return x
	}
	for _, c := range []struct {
		y    []float64
		want string
	}{
		{nil, "[]"},
		{log(1), "[]"},
		{log(1, 1, 1, 2, 2), "[]"}, // does not last yet
		{log(1, 1, 1, 2, 2, 2), "[3]"},
		{log(1, 1, 1, 9, 1, 1, 1), "[]"}, // one bad night
		{log(1, 1, 1, 1.04, 1.04, 1.04), "[]"},
		{log(1, 1, 1, 2, 2, 2, 1, 1, 1), "[3 6]"},
	} {
		at := []int{}
		for _, s := range changesOf(c.y) {
			at = append(at, s.at)
		}
		if got := fmt.Sprint(at); got != c.want {
			t.Errorf("%v: steps at %s, want %s", c.y, got, c.want)
		}
	}
}

func TestTrend(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	for _, i := range []int{5, 0, 3, 1, 4, 2} { // in the order of names, not as they are given
		path := filepath.Join(dir, fmt.Sprintf("2026010%d.txt", i))
		text := fmt.Sprintf("machine: m\ncommit: commit%d\nBenchmarkGEMM/m=1/tier=avx2 1 %d ns/op\nBenchmarkReLU/n=1/tier=avx2 1 7 ns/op\n", i, 100+i/3*20)
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	histories, err := Trend(paths)
	if err != nil || len(histories) != 1 || len(histories[0].Benchmarks) != 1 {
		t.Fatalf("%v, %v", histories, err)
	}
	h := histories[0]
	if c := h.Benchmarks[0]; c.Name != "GEMM/m=1/tier=avx2" || c.Family != "products" || c.Commit != "commit3" || math.Abs(c.Delta-0.2) > 1e-9 {
		t.Errorf("%+v", c)
	}
	var b strings.Builder
	if err := h.Write(&b); err != nil || !strings.Contains(b.String(), "  +20.0%  GEMM/m=1/tier=avx2  1e-07 s to 1.2e-07 s since 20260103.txt (commit commit3)\n") ||
		!strings.Contains(b.String(), " 1 of single benchmarks") {
		t.Errorf("%v\n%s", err, &b)
	}
}

// historyOf is a machine at some commits: a thousand nanoseconds for every one of eight benchmarks of twenty operations, of which
// some take a share of that from a commit on, with noise from run to run, and all together more at one commit.
func historyOf(t *testing.T, r *rand.Rand, noise float64, steps map[string]float64) []string {
	t.Helper()
	operations := []string{"GEMM", "GEMMT", "MatMul", "RankK", "Conv", "DepthwiseConv", "ReLU", "Tanh", "Softmax", "Transpose",
		"GEMMNT", "GEMV", "GEMVT", "GER", "ConvGradInput", "ConvGradWeights", "MaxPool", "AveragePool", "BatchNorm", "Momentum"}
	var paths []string
	for commit := range 3 {
		var b strings.Builder
		fmt.Fprintf(&b, "machine: m\ncommit: commit%d\n# started 2026-01-0%dT00:00:00Z\n", commit, commit+1)
		for _, o := range operations {
			for m := range 8 {
				time := 1000 * math.Exp(noise*r.NormFloat64())
				if commit == 2 {
					time *= 1.3 // the machine is slow that day
				}
				if f := steps[fmt.Sprintf("%s %d", o, commit)]; f > 0 {
					time *= f
				}
				fmt.Fprintf(&b, "Benchmark%s/shapes=x/cache=warm/m=%d/tier=avx2 1 %v ns/op\nBenchmark%s/shapes=x/cache=cold/m=%d/tier=avx2 1 %v ns/op\n",
					o, m, time, o, m, time*math.Exp(r.NormFloat64()))
			}
		}
		path := filepath.Join(t.TempDir(), "run.txt")
		if err := os.WriteFile(path, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// Most benchmarks of an operation make a step together, which two runs can show; what all benchmarks do is the machine's.
func TestStepsOfOperations(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	histories, err := Trend(historyOf(t, r, 0.05, map[string]float64{"DepthwiseConv 1": 0.6, "DepthwiseConv 2": 0.6, "GEMMT 2": 1.4}))
	if err != nil || len(histories) != 1 {
		t.Fatal(histories, err)
	}
	h := histories[0]
	if len(h.Commits) != 3 || math.Abs(h.Commits[1].Drift) > 0.05 || math.Abs(h.Commits[2].Drift-0.3) > 0.06 {
		t.Errorf("%+v", h.Commits)
	}
	if len(h.Steps) != 2 {
		t.Fatalf("%+v", h.Steps)
	}
	for i, want := range []Change{
		{Machine: "m", Family: "convolutions", Name: "DepthwiseConv/tier=avx2", Benchmarks: 8, Commit: "commit1", Delta: -0.4},
		{Machine: "m", Family: "products", Name: "GEMMT/tier=avx2", Benchmarks: 8, Commit: "commit2", Delta: 0.4},
	} {
		got := h.Steps[i]
		if math.Abs(got.Delta-want.Delta) > 0.08 {
			t.Errorf("step of %v, want %v", got.Delta, want.Delta)
		}
		got.Delta, got.File = want.Delta, ""
		if got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	if len(h.Operations) != 20 || len(h.Operations[0].Index) != 3 || h.Operations[0].Operation != "GEMM" {
		t.Errorf("%+v", h.Operations)
	}
	alarms := 0
	for range 50 {
		histories, err := Trend(historyOf(t, r, 0.1, nil))
		if err != nil {
			t.Fatal(err)
		}
		alarms += len(histories[0].Steps)
	}
	if judged := 50 * 20 * 2; alarms > judged/100 {
		t.Errorf("%d false alarms of %d", alarms, judged)
	}
}

// Machines have a history each; a benchmark that is defined otherwise begins anew, and emulated ones have none.
func TestTrends(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	for i, text := range []string{
		"machine: m\nBenchmarkA/tier=avx2 1 1 ns/op\n# defined A old\n",
		"machine: m\nBenchmarkA/tier=avx2 1 1 ns/op\n# defined A new\n",
		"machine: n\nemulator: qemu\nBenchmarkA/tier=avx2 1 1 ns/op\n",
	} {
		path := filepath.Join(dir, fmt.Sprint(i))
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	histories, err := Trend(paths)
	if err != nil || len(histories) != 2 {
		t.Fatal(histories, err)
	}
	if got := strings.Join(histories[0].Notes, ""); got != "m: defined otherwise than in the newest run, not compared (sec/op): A avx2" {
		t.Error(got)
	}
	if got := strings.Join(histories[1].Notes, ""); got != "n is emulated (qemu): its times mean nothing" {
		t.Error(got)
	}
	for want, path := range map[string]string{"no such file": filepath.Join(dir, "none"), "no benchmark results": os.DevNull} {
		if _, err := Trend([]string{path}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// The history of the first machine has the steps that its commits speak of.
func TestKnownSteps(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("..", "..", "results", "bench", "amd-epyc-84ec66f8", "*.txt"))
	if err != nil || len(paths) < 8 {
		t.Fatal(paths, err)
	}
	histories, err := Trend(paths)
	if err != nil || len(histories) != 1 {
		t.Fatal(histories, err)
	}
	if page, ok := histories[0].Page(); !ok || page.Covered() > 0 {
		t.Errorf("drawn %t, legends cover %d spots", ok, page.Covered())
	}
	for name, commit := range map[string]string{
		"DepthwiseConvGradWeights/tier=avx2": "7d003aadc180", // 3ce00c7, whole rows
		"GEMMNT/tier=avx2":                   "b825aacb55e1", // 87a7fbe, 8605461: 20 to 50 % faster
		"ConvGradWeights/tier=avx2":          "b825aacb55e1", // 563ab63, operands in the first-level cache
	} {
		if !slices.ContainsFunc(histories[0].Steps, func(c Change) bool {
			return c.Name == name && strings.HasPrefix(c.Commit, commit) && c.Delta < -0.1
		}) {
			t.Errorf("no step of %s at %s", name, commit)
		}
	}
}
