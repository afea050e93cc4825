package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
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

// No import runs upwards.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	packages := 0
	for dec := json.NewDecoder(bytes.NewReader(out)); ; packages++ {
		var p struct {
			ImportPath                         string
			Imports, TestImports, XTestImports []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		from := inHouse(p.ImportPath)
		for _, imports := range [][]string{p.Imports, p.TestImports, p.XTestImports} {
			for _, path := range imports {
				if strings.HasPrefix(path, "srhmbench/") {
					if why := forbidden(from, inHouse(path)); why != "" {
						t.Errorf("%s imports %s: %s", p.ImportPath, path, why)
					}
				}
			}
		}
	}
	if packages < 20 {
		t.Errorf("%d packages looked at", packages)
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

// inHouse is a package's path in this module, "" for the main package.
func inHouse(path string) string {
	return strings.TrimPrefix(strings.TrimPrefix(path, "srhmbench"), "/")
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
