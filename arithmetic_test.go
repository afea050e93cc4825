package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Whatever is written to a file must have the same bits on every machine. These tests find the two ways to lose them:
// functions of package math that run other code elsewhere, and products that a compiler may fuse into a sum.

// exactMath lists what of package math is exact, or rounded correctly, everywhere.
var exactMath = strings.Fields(`Abs Ceil Copysign Dim FMA Float32bits Float32frombits Float64bits Float64frombits Floor
	Frexp Inf IsInf IsNaN Ldexp Max Min Mod Modf NaN Nextafter Nextafter32 Pow10 Remainder Round RoundToEven Signbit
	Sqrt Trunc`)

// exempt lists paths whose arithmetic may differ between machines, and why.
var exempt = []struct{ path, why string }{
	{"internal/portable/", "the functions themselves, whose tests compare their bits"},
	{"bench/", "measured speeds, which no two machines share"},
	{"kernels/kerneltest/", "the float64 oracle and its bounds, which allow for its rounding"},
	{"kernels/fma_generic.go", "a product of two float32 is exact in float64"},
	{"kernels/matmul_generic.go", "a product of two float32 is exact in float64"},
	{"kernels/relaxed.go", "products that are asked for with other bits"},
	{"srhm/net/patch/distribution.go", "products by powers of two are exact"},
	{"srhm/net/nettest/", "tests of networks, which allow for rounding"},
	{"srhm/net/layers/kind.go", "predicted time, shown with two digits"},
	{"srhm/net/layers/net.go", "predicted memory, shown with two digits"},
	{"srhm/net/patch/cost.go", "predicted time, shown with two digits"},
	{"srhm/net/patch/memory.go", "predicted memory, shown with two digits"},
	{"srhm/net/patch/work.go", "predicted work, shown with two digits"},
	{"srhm/sweep/cost.go", "predicted time, shown with two digits"},
	{"srhm/train/memory.go", "predicted memory, shown with two digits"},
}

func isExempt(path string) bool {
	for _, e := range exempt {
		if strings.HasPrefix(path, e.path) {
			return true
		}
	}
	return false
}

// Every exemption is of something that exists.
func TestExemptions(t *testing.T) {
	for _, e := range exempt {
		if _, err := os.Stat(e.path); err != nil {
			t.Error(err)
		}
	}
}

// unsafeMath returns the functions of package math in a file whose bits depend on the machine, with their lines.
func unsafeMath(name string, source any) ([]string, error) {
	files := token.NewFileSet()
	f, err := parser.ParseFile(files, name, source, 0)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, i := range f.Imports {
		if i.Path.Value != `"math"` {
			continue
		}
		local := "math"
		if i.Name != nil {
			local = i.Name.Name
		}
		ast.Inspect(f, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := s.X.(*ast.Ident); ok && x.Name == local && x.Obj == nil && !constant(s.Sel.Name) && !slices.Contains(exactMath, s.Sel.Name) {
				found = append(found, files.Position(s.Pos()).String()+": math."+s.Sel.Name)
			}
			return true
		})
	}
	return found, nil
}

// constant reports whether a name of package math is a constant.
func constant(name string) bool {
	return strings.HasPrefix(name, "Max") && name != "Max" || strings.HasPrefix(name, "Min") && name != "Min" ||
		strings.HasPrefix(name, "Smallest") || strings.HasPrefix(name, "Sqrt") && name != "Sqrt" ||
		slices.Contains([]string{"E", "Pi", "Phi", "Ln2", "Ln10", "Log2E", "Log10E"}, name)
}

// goFiles calls f with every file of the program itself that is not exempt.
func goFiles(t *testing.T, f func(path string)) {
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch name := d.Name(); {
		case err != nil:
			return err
		case d.IsDir() && path != "." && (name[0] == '.' || name[0] == '_' || name == "testdata"):
			return filepath.SkipDir
		case strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && !isExempt(filepath.ToSlash(path)):
			f(path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestMathIsPortable(t *testing.T) {
	files := 0
	goFiles(t, func(path string) {
		files++
		found, err := unsafeMath(path, nil)
		if err != nil {
			t.Error(err)
		}
		for _, where := range found {
			t.Errorf("%s has other bits on other machines: use internal/portable", where)
		}
	})
	if files < 150 {
		t.Errorf("%d files looked at", files)
	}
}

// The check finds what it should.
func TestUnsafeMath(t *testing.T) {
	for source, want := range map[string]int{
		"package p; import \"math\"; var x = math.Exp(1)":                             1,
		"package p; import m \"math\"; var x, y = m.Log(2), m.Pow":                    2,
		"package p; import \"math\"; var x = math.Sqrt(math.Pi) + math.MaxFloat64":    0,
		"package p; import math \"srhmbench/internal/portable\"; var x = math.Exp(1)": 0,
	} {
		if got, err := unsafeMath("p.go", source); err != nil || len(got) != want {
			t.Errorf("%s\nfound %v, %v, want %d", source, got, err, want)
		}
	}
}

// fused is a line of the compiler's report on products fused into sums: where, and for an inlined function where that
// stands.
var fused = regexp.MustCompile(`(?m)^fmahash triggered ([^ :;]+:\d+):\d+`)

// fusedProducts compiles packages for arm64, where every product in a sum that may be fused is, and returns their lines.
func fusedProducts(t *testing.T, dir string, packages ...string) []string {
	t.Helper()
	build := exec.Command("go", append([]string{"build", "-gcflags=-d=fmahash=vn"}, packages...)...)
	build.Dir = dir
	build.Env = append(os.Environ(), "GOARCH=arm64", "GOOS=linux", "CGO_ENABLED=0", "GOFLAGS=", "GOWORK=off")
	out, err := build.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var lines []string
	for _, m := range fused.FindAllSubmatch(out, -1) {
		lines = append(lines, string(m[1]))
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

func TestNothingIsFused(t *testing.T) {
	for _, line := range fusedProducts(t, ".", "./...") {
		if path := strings.TrimPrefix(line, "./"); !isExempt(path) && path[0] != '<' {
			t.Errorf("%s: a product may be fused into a sum: write float64(x*y) + z", line)
		}
	}
}

// The compiler reports what it should.
func TestFusedProducts(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module fused\ngo 1.26\n",
		"p.go": `package fused

func inOne(x, y, z float64) float64 { return x*y + z }

func inTwo(x, y, z float64) float64 {
	p := x * y
	return z - p
}

func product(x, y float64) float64 { return x * y }

func inlined(x, y, z float64) float64 { return z + product(x, y) }

func rounded(x, y, z float64) float64 { return float64(x*y) + z }
`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var lines []int
	for _, line := range fusedProducts(t, dir, ".") {
		n, err := strconv.Atoi(line[strings.LastIndex(line, ":")+1:])
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, n)
	}
	slices.Sort(lines)
	if want := []int{3, 7, 12}; !slices.Equal(lines, want) {
		t.Errorf("lines %v, want %v", lines, want)
	}
}
