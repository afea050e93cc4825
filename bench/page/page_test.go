package page

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"srhmbench/bench/compare"
)

const (
	zen  = "machine: zen-1\ncpu: Zen\ncommit: a\nbench-version: 1\nemulator: none\n"
	lake = "machine: lake-2\ncpu: Lake\ncommit: a\nbench-version: 1\nemulator: none\n"
	arm  = "machine: arm-3\ncommit: 0123456789abcdef\nbench-version: 1\nemulator: qemu\n"
	peer = "machine: zen-1\ncommit: b\nbench-version: 7\nemulator: none\n"

	kernels = "BenchmarkPeakFMA/tier=avx2 1 10 ns/op 100 GFLOP/s\n" +
		"BenchmarkStreamRead/kib=16/tier=avx2 1 10 ns/op 200 GB/s\n" +
		"BenchmarkStreamRead/kib=262144/tier=avx2 1 10 ns/op 20 GB/s\n" +
		"BenchmarkGEMM/shapes=odd/cache=warm/m=7/tier=generic 1 400 ns/op 2 GFLOP/s 0.5 GB/s 2 %roof\n" +
		"BenchmarkGEMM/shapes=odd/cache=warm/m=7/tier=avx2 1 10 ns/op 80 GFLOP/s 20 GB/s 81 %roof\n" +
		"BenchmarkGEMM/shapes=odd/cache=warm/m=9/tier=avx2 1 10 ns/op 40 GFLOP/s 10 GB/s\n" +
		"BenchmarkPack/n=3/tier=avx2 1 10 ns/op 7 GB/s\n"
	libraries = "BenchmarkForward/m=7/lib=torch 1 2000 ns/op\nBenchmarkForward/m=7/lib=ours 1 500 ns/op\n"
)

func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bench.txt")
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func html(t *testing.T, texts ...string) string {
	t.Helper()
	var paths []string
	for _, text := range texts {
		paths = append(paths, file(t, text))
	}
	out, err := read(paths)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func read(paths []string) ([]byte, error) {
	set, err := compare.Read(paths)
	if err != nil {
		return nil, err
	}
	return HTML(set)
}

func TestPage(t *testing.T) {
	text := html(t, zen+kernels, peer+libraries, arm+kernels)
	for _, want := range []string{
		"<td>zen-1</td><td>Zen</td>", ">a</td>", // the commit of the kernels
		`<td>arm-3</td><td>qemu</td><td>generic, avx2</td><td>7</td><td>0123456789ab</td>`,
		`<td>odd warm m=7</td>`,
		`<i style="width:2.5%"></i><span>2 <small class="roof">2 %</small>`,
		`<i style="width:100.0%"></i><span>80 <small class="roof">81 %</small>`,
		`<i style="width:50.0%"></i><span>40</span>`, `<td class="value"></td>`, // generic was not measured
		"<th>ours</th><th>torch</th>", `<i style="width:25.0%"></i><span>2 µs</span>`, `<i style="width:100.0%"></i><span>500 ns</span>`,
		"Under the roofs: zen-1", `<svg class="summary"`, `<a href="#family-products">products</a>`, `<section id="family-products">`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, never := range []string{"Under the roofs: arm-3", "<th>arm-3", "NaN", "ZgotmplZ", "http://localhost", "<script"} {
		if strings.Contains(text, never) {
			t.Errorf("there is %s", never)
		}
	}
	if once, again := html(t, zen+kernels), html(t, zen+kernels); once != again {
		t.Error("made twice it differs")
	}
}

// Of several machines each column says whose it is.
func TestMachines(t *testing.T) {
	text := html(t, zen+kernels, lake+kernels)
	for _, want := range []string{"<th>lake-2 avx2</th><th>zen-1 generic</th><th>zen-1 avx2</th>", "Under the roofs: lake-2", "Under the roofs: zen-1"} {
		if !strings.Contains(strings.ReplaceAll(text, "<th>lake-2 generic</th>", ""), want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestRefusals(t *testing.T) {
	for want, texts := range map[string][]string{
		"no times of a real machine": {arm + kernels},
		"no benchmark results":       {zen},
	} {
		var paths []string
		for _, text := range texts {
			paths = append(paths, file(t, text))
		}
		if _, err := read(paths); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// A page needs no legend on top of its marks, on what was really measured.
func TestCommitted(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("..", "..", "results", "bench", "*", "*.txt"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%v, %v", paths, err)
	}
	drawn := 0
	for _, path := range paths {
		set, err := compare.Read([]string{path})
		if err != nil {
			t.Fatal(err)
		}
		if set.IsEmulated() { // nothing to draw
			continue
		}
		for _, r := range ridges(set) {
			drawn++
			if n := r.page().Covered(); n > 0 {
				t.Errorf("%s: legends cover %d spots", path, n)
			}
		}
	}
	if drawn == 0 {
		t.Error("nothing was drawn")
	}
}
