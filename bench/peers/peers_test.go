package main

import (
	"bytes"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// Every library that is there computes what we do, and a wrong result is found out.
func TestProducts(t *testing.T) {
	for _, word := range slices.Sorted(maps.Keys(openers)) {
		t.Run(word, func(t *testing.T) {
			lib, err := open(word)
			if err != nil {
				t.Skip(err)
			}
			for _, l := range []layer{{1, 16, 1}, {4, 16, 64}, {7, 48, 97}, {40, 128, 128}} {
				o := newOperands(l)
				p := lib.products(l, o)
				if p.forward == nil || p.update == nil {
					t.Errorf("%s: no product", l.name())
				}
				if err := p.check(l, o); err != nil {
					t.Error(err)
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
	for name, spoil := range map[string]func(o *operands){
		"forward":  func(o *operands) { o.y[5] += 1e-3 },
		"backward": func(o *operands) { o.da[l.m*l.k-1] = -o.da[l.m*l.k-1] },
		"update":   func(o *operands) { o.mom[0] += 1e-3 },
	} {
		o := newOperands(l)
		p := ours{}.products(l, o)
		right := p.results
		p.results = func() { right(); spoil(o) }
		if err := p.check(l, o); err == nil || !strings.HasPrefix(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// PyTorch makes the same step as we do, on every network that is timed.
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

// What is missing says so in one line.
func TestMissing(t *testing.T) {
	t.Setenv("OPENBLAS", "/nowhere/libopenblas.so")
	if _, err := open("openblas"); err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("%v", err)
	}
	if _, err := open("eigen"); err == nil || !strings.Contains(err.Error(), "want blis, gonum,") {
		t.Errorf("%v", err)
	}
	t.Setenv("PYTHON", "/nowhere/python")
	if _, err := findTorch(t.TempDir()); err == nil {
		t.Error("a Python that is not there was found")
	}
}

func TestArguments(t *testing.T) {
	for _, bad := range []error{
		start(t.Context(), 0, time.Second, "x", "", ""), start(t.Context(), 1, 0, "x", "", ""), start(t.Context(), 1, time.Second, "", "", ""),
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

// Every training belongs to a part, and parts that are none are refused.
func TestParts(t *testing.T) {
	products, steps, err := parts()
	if err != nil || len(products) < 3 || len(steps) != 4 {
		t.Fatal(products, steps, err)
	}
	for _, s := range trainings(widthsTimed...) {
		if !slices.Contains(steps, s.part()) {
			t.Errorf("%s is in no part", s.name())
		}
	}
	for _, bad := range []string{"", "lcn3", "cubes"} {
		if err := work(io.Discard, "srhmbench", bad); err == nil {
			t.Errorf("part %q is accepted", bad)
		}
	}
	if err := work(io.Discard, "gonum", steps[0]); err == nil {
		t.Error("gonum makes steps")
	}
}
