package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
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
	changes, err := Trend(paths)
	if err != nil || len(changes) != 1 {
		t.Fatalf("%v, %v", changes, err)
	}
	if c := changes[0]; c.Name != "GEMM/m=1/tier=avx2" || c.Commit != "commit3" || math.Abs(c.Delta-0.2) > 1e-9 {
		t.Errorf("%+v", c)
	}
	var b strings.Builder
	if err := WriteChanges(&b, changes, 6); err != nil || !strings.HasPrefix(b.String(), "  +20.0%  GEMM/m=1/tier=avx2  1e-07 s to 1.2e-07 s since 20260103.txt (commit commit3)\n1 steps in 6 files") {
		t.Errorf("%v\n%s", err, &b)
	}
	for want, text := range map[string]string{
		"want files of one machine and version": "machine: other\nBenchmarkA 1 1 ns/op\n",
		"is of 2 machines":                      "machine: m\nBenchmarkA 1 1 ns/op\nmachine: n\nBenchmarkA 1 1 ns/op\n",
		"no benchmark results":                  "machine: m\n",
		`unit "sec/op": want one of`:            "machine: m\nBenchmarkA 1 1 GFLOP/s\n",
	} {
		path := filepath.Join(dir, "x.txt")
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := Trend(append(paths, path)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
