package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// floors says what the packages below a path may import of this module, tests included, first match first. Whatever is
// listed covers the packages below it too. ARCHITECTURE.md draws the same house.
var floors = []struct {
	room string
	may  []string
}{
	{"internal/command", []string{"bench", "figures", "srhm", "kernels", "internal", "results/paper"}},
	{"internal", []string{"internal"}},
	{"kernels", []string{"kernels", "internal"}},
	{"results", []string{"results", "internal"}},
	{"srhm", []string{"srhm", "kernels", "internal"}},
	{"figures", []string{"figures", "srhm", "results/paper", "internal"}},
	{"bench", []string{"bench", "srhm", "kernels", "internal"}},
	{"", []string{"internal/command"}},
}

// never lists imports that the floors would let through.
var never = []struct{ from, to, why string }{
	{"kernels", "internal/plot", "kernels draw nothing"},
	{"srhm", "internal/plot", "the model draws nothing"},
	{"figures", "srhm/train", "a figure asks the store and never trains"},
	{"figures", "srhm/probe", "a figure asks the store and never probes"},
	{"", "internal/command", "only main calls the command line"},
}

// No import runs upwards, in tests and in files for other systems too.
func TestImports(t *testing.T) {
	files := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != "." && strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		files++
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		from := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), ".")
		for _, i := range f.Imports {
			to, ours := strings.CutPrefix(strings.Trim(i.Path.Value, `"`), "srhmbench/")
			if why := forbidden(from, to); ours && why != "" {
				t.Errorf("%s imports %s: %s", path, to, why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 300 {
		t.Errorf("%d files looked at", files)
	}
}

// The check says no where it should.
func TestForbidden(t *testing.T) {
	for _, c := range []struct {
		from, to string
		ok       bool
	}{
		{"kernels", "srhm", false},
		{"kernels", "kernels/kerneltest", true},
		{"kernels", "internal/plot", false},
		{"srhm/sweep", "figures", false},
		{"srhm/sweep", "srhm/train", true},
		{"figures", "srhm/sweep", true},
		{"figures/report", "srhm/train", false},
		{"bench/gate", "figures", false},
		{"bench/page", "internal/plot", true},
		{"bench/page", "internal/command", false},
		{"internal/plot", "kernels", false},
		{"internal/command", "bench/gate", true},
		{"internal/command", "internal/command", true},
		{"", "internal/command", true},
		{"", "srhm", false},
	} {
		if got := forbidden(c.from, c.to) == ""; got != c.ok {
			t.Errorf("%q imports %q: allowed is %v, want %v", c.from, c.to, got, c.ok)
		}
	}
}

// forbidden returns why a package may not import another, "" if it may.
func forbidden(from, to string) string {
	if from == to {
		return ""
	}
	for _, n := range never {
		if from != "" && !within(from, "internal/command") && within(from, n.from) && within(to, n.to) {
			return n.why
		}
	}
	for _, f := range floors {
		if !within(from, f.room) {
			continue
		}
		for _, room := range f.may {
			if within(to, room) {
				return ""
			}
		}
		return "it may import " + strings.Join(f.may, ", ")
	}
	return ""
}

// within reports whether a package is in a room or below it.
func within(path, room string) bool {
	return room == "" || path == room || strings.HasPrefix(path, room+"/")
}
