package main

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"srhmbench/bench/roof"
	"srhmbench/kernels"
)

// Every available library computes what we do, and a wrong result is caught.
func TestProducts(t *testing.T) {
	for _, word := range slices.Sorted(maps.Keys(openers)) {
		t.Run(word, func(t *testing.T) {
			lib, err := open(word)
			if err != nil {
				t.Skip(err)
			}
			for _, l := range []layer{{1, 16, 1}, {4, 16, 64}, {7, 48, 97}, {40, 128, 128}, {7, 16, 3}} {
				for _, product := range []string{forward, backward, update, matMul, rankK, genericMatMul, relaxedMatMul} {
					o := newOperands(l)
					p := lib.products(l, o)
					if p.do[product] == nil {
						if word != "cc" && word != "libxsmm" && product != genericMatMul && product != relaxedMatMul {
							t.Errorf("%s %s: no product", product, l.name())
						}
						continue
					}
					if product == rankK && l.k > 8 {
						continue
					}
					if err := p.check(product, l, o); err != nil {
						t.Error(err)
					}
				}
			}
			if lib.describe() == "" || strings.ContainsAny(lib.describe(), "\n") {
				t.Errorf("described as %q", lib.describe())
			}
		})
	}
}

func TestWrongProducts(t *testing.T) {
	l := layer{4, 16, 8}
	for product, spoil := range map[string]func(o *operands){
		forward:  func(o *operands) { o.y[5] += 1e-3 },
		backward: func(o *operands) { o.da[l.m*l.k-1] = -o.da[l.m*l.k-1] },
		update:   func(o *operands) { o.mom[0] += 1e-3 },
		matMul:   func(o *operands) { o.y[5] += 1e-3 },
		rankK:    func(o *operands) { o.y[0] = float32(math.NaN()) },
	} {
		o := newOperands(l)
		p := ours{}.products(l, o)
		right := p.results
		p.results = func() { right(); spoil(o) }
		if err := p.check(product, l, o); err == nil || !strings.HasPrefix(err.Error(), product) {
			t.Errorf("%s: %v", product, err)
		}
	}
}

// Convolutions of every library that has any, with groups, strides and padding.
func TestConvolutions(t *testing.T) {
	signal := kernels.Window{Batch: 2, Height: 1, Width: 7, Kernel: [2]int{1, 3}, Stride: [2]int{1, 2}, Pad: [2]int{0, 1}}
	for _, word := range slices.Sorted(maps.Keys(openers)) {
		lib, err := open(word)
		c, ok := lib.(convolver)
		if err != nil || !ok {
			continue
		}
		for _, s := range []kernels.ConvShape{
			square(2, 5, 3, 16, 32, 1), square(3, 4, 3, 8, 8, 8), square(1, 4, 1, 6, 4, 2), {Window: signal, In: 8, Out: 24, Groups: 1},
		} {
			for _, name := range convolutionNames {
				o := newImages(s)
				all, err := c.convolutions(s, o)
				if err != nil && !strings.Contains(err.Error(), "refuses") {
					t.Logf("%s: %v", word, err) // other headers, or none
					break
				}
				if err != nil {
					t.Fatalf("%s: %v", word, err)
				}
				if err := all.check(name, s, o); err != nil {
					t.Errorf("%s: %v", word, err)
				}
				right := all.results
				all.results = func() {
					if right != nil {
						right()
					}
					o.y[1]++
					o.dx[2]++
					o.dw[3]++
				}
				if err := all.check(name, s, o); err == nil || !strings.HasPrefix(err.Error(), name+" batch") {
					t.Errorf("%s: a wrong %s: %v", word, name, err)
				}
			}
		}
	}
}

func TestMomentum(t *testing.T) {
	for word := range openers {
		lib, err := open(word)
		s, ok := lib.(stepper)
		if err != nil || !ok {
			continue
		}
		v := newVectors(1001)
		step := s.momentum(v)
		if step == nil {
			continue
		}
		if err := v.check(step); err != nil {
			t.Errorf("%s: %v", word, err)
		}
		v = newVectors(1001)
		step = s.momentum(v)
		if err := v.check(func() { step(); v.mom[1000] += 1e-3 }); err == nil {
			t.Errorf("%s: a wrong step is accepted", word)
		}
	}
}

// PyTorch times every kind of benchmark, and has checked the results.
func TestTorchTimes(t *testing.T) {
	torch, err := findTorch(t.TempDir())
	if err != nil {
		t.Skip(err)
	}
	p := part{
		name: "small", products: []string{forward, backward, update, matMul, rankK}, layers: []layer{{4, 16, 8}}, vectors: []int{100},
		convolutions: []kernels.ConvShape{square(2, 5, 3, 4, 6, 2), square(2, 5, 3, 4, 4, 4), {
			Window: kernels.Window{Batch: 2, Height: 1, Width: 7, Kernel: [2]int{1, 3}, Stride: [2]int{1, 2}, Pad: [2]int{0, 1}}, In: 8, Out: 24, Groups: 1,
		}},
	}
	out, err := torch.timeLines(t.Context(), p.torchLines(), time.Millisecond)
	if err != nil || bytes.Count(out, []byte("\nBenchmark")) != 5+1+3*3*2 {
		t.Fatalf("%v\n%s", err, out)
	}
	line := p.torchLines()[0].(map[string]any)
	line["product"] = "Backwards"
	if out, err := torch.timeLines(t.Context(), []any{line}, time.Millisecond); err == nil {
		t.Errorf("a product that is none is timed: %s", out)
	}
}

// PyTorch takes the same step as we do, on every network that is timed.
func TestTorch(t *testing.T) {
	dir := t.TempDir()
	torch, err := findTorch(dir)
	if err != nil {
		t.Skip(err)
	}
	out, err := torch.check(t.Context(), filepath.Join(dir, "examples"))
	if err != nil || !bytes.HasPrefix(out, []byte("# checked 60 networks")) {
		t.Fatalf("%s, %v", out, err)
	}
	t.Logf("%s", out)
}

// PyTorch loads our exports of the common architectures, and gives the same outputs and the same step. A difference is
// an error that names the network.
func TestArchitectures(t *testing.T) {
	dir := t.TempDir()
	torch, err := findTorch(dir)
	if err != nil {
		t.Skip(err)
	}
	examples := filepath.Join(dir, "examples")
	out, err := torch.checkArchitectures(t.Context(), examples)
	if err != nil || bytes.Count(out, []byte("# checked ")) != len(architectures) {
		t.Fatalf("%s, %v", out, err)
	}
	t.Logf("%s", out)
	for i := range 4 { // a step that was not taken
		os.Rename(filepath.Join(examples, "resnet18-"+fmt.Sprint(i)+".npz"), filepath.Join(examples, "resnet18-"+fmt.Sprint(i)+".after.npz"))
		os.Link(filepath.Join(examples, "resnet18-"+fmt.Sprint(i)+".after.npz"), filepath.Join(examples, "resnet18-"+fmt.Sprint(i)+".npz"))
	}
	torch.script = filepath.Join(dir, "architectures.py")
	if out, err := torch.run(t.Context(), nil, examples); err == nil || !strings.Contains(err.Error(), "resnet18: outputs or gradients differ") {
		t.Errorf("%s, %v", out, err)
	}
}

// A difference between the programs is an error that names the network.
func TestTorchDiffers(t *testing.T) {
	dir := t.TempDir()
	torch, err := findTorch(dir)
	if err != nil {
		t.Skip(err)
	}
	wrong := trainings(8)[1]
	if err := wrong.export(filepath.Join(dir, "0")); err != nil {
		t.Fatal(err)
	}
	if out, err := torch.run(t.Context(), nil, "check", dir); err != nil {
		t.Fatalf("%s %v", out, err)
	}
	replace(t, filepath.Join(dir, "0.json"), `"encoding":"whitened"`, `"encoding":"zero"`)
	if _, err := torch.run(t.Context(), nil, "check", dir); err == nil || !strings.Contains(err.Error(), wrong.name()) {
		t.Errorf("other blanks: %v", err)
	}
}

// Whatever is missing is reported in one line.
func TestMissing(t *testing.T) {
	t.Setenv("OPENBLAS", "/nowhere/libopenblas.so")
	if _, err := open("openblas"); err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("%v", err)
	}
	if _, err := open("eigen"); err == nil || !strings.Contains(err.Error(), "want blis, cc, gonum,") {
		t.Errorf("%v", err)
	}
	t.Setenv("PYTHON", "/nowhere/python")
	if _, err := findTorch(t.TempDir()); err == nil {
		t.Error("a Python that is not there was found")
	}
}

func TestArguments(t *testing.T) {
	for _, bad := range []error{
		start(t.Context(), 0, time.Second, "x", "", "", ""), start(t.Context(), 1, 0, "x", "", "", ""),
		start(t.Context(), 1, time.Second, "", "", "", ""), start(t.Context(), 1, time.Second, "x", "", "", "y"),
	} {
		if bad == nil || !strings.HasPrefix(bad.Error(), "want --out DIR") {
			t.Error(bad)
		}
	}
}

func replace(t *testing.T, file, old, new string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil || !bytes.Contains(text, []byte(old)) {
		t.Fatalf("%s: no %s, %v", file, old, err)
	}
	if err := os.WriteFile(file, bytes.ReplaceAll(text, []byte(old), []byte(new)), 0o666); err != nil {
		t.Fatal(err)
	}
}

// Every training belongs to a part, and unknown parts are rejected.
func TestParts(t *testing.T) {
	list, err := parts()
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, p := range list {
		count += len(p.trainings)
	}
	if all := len(trainings(widthsTimed...)); count != all {
		t.Errorf("%d trainings are in parts, want %d", count, all)
	}
	for _, bad := range []string{"", "lcn3", "cubes"} {
		if err := work(io.Discard, "srhmbench", bad, time.Millisecond); err == nil {
			t.Errorf("part %q is accepted", bad)
		}
	}
	if err := work(io.Discard, "gonum", "lcn128", time.Millisecond); err == nil {
		t.Error("gonum makes steps")
	}
}

// A worker prints its checked results with rates and roofs.
func TestWork(t *testing.T) {
	var out bytes.Buffer
	core, err := roof.New(kernels.Generic, func(work func() float64) float64 {
		if work() == roof.SmallestSet { // bytes read
			return 4e9
		}
		return 2e9
	})
	if err != nil {
		t.Fatal(err)
	}
	timer := &timer{w: &out, each: time.Millisecond, lib: "srhmbench.x", core: core}
	p := part{name: "small", products: []string{forward, rankK, "Other"}, layers: []layer{{2, 16, 4}}}
	lacks := map[string]int{}
	if err := timer.products(p, ours{}, p.layers[0], lacks); err != nil || len(lacks) != 1 || lacks["Other"] != 1 {
		t.Fatal(err, lacks)
	}
	// 256 operations at 2 GFLOP/s; 288 bytes of two operands at 4 GB/s
	for _, want := range []string{"BenchmarkForward/shapes=small/m=2/n=16/k=4/lib=srhmbench.x\t", "\t       128.0 least-ns/op\t       128.0 ops-ns/op\t",
		"4.000 roof-GB/s", "2.000 roof-GFLOP/s"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s\nno %s", &out, want)
		}
	}
	if err := timer.momentum(p, &libraryWithout{}, 10); err == nil {
		t.Error("a library without steps makes some")
	}
}

type libraryWithout struct{ ours }

func (*libraryWithout) momentum(*vectors) func() { return nil }

// The length of a slice is in CPU time, so that other programs do not shorten it.
func TestSlices(t *testing.T) {
	calls := 0
	s := timeSlices(10*time.Millisecond, func(n int) {
		if calls++; calls < 4 {
			time.Sleep(2 * slice)
		}
		for began := cpuTime(); cpuTime()-began < time.Duration(n)*20*time.Microsecond; {
			continue
		}
	})
	if each := s.each * 1e6; calls > 40 || s.cpu < 10*time.Millisecond || each < 19 || each > 40 {
		t.Errorf("%d times in %d calls, of the CPU %v, %.3g µs each; want 20 in slices of 1 ms or more", s.n, calls, s.cpu, each)
	}
}

// The weights of cold layers take 64 MiB together.
func TestCopies(t *testing.T) {
	for l, want := range map[layer]int{{4, 512, 512}: 64, {4, 512, 3072}: 11} {
		if got := (part{cold: true}).copies(l); got != want {
			t.Errorf("%v: %d copies, want %d", l, got, want)
		}
	}
}
