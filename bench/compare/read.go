package compare

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/perf/benchfmt"
)

// Column is what a column of the table is of.
type Column struct {
	Machine string `json:"machine"`
	Tier    string `json:"tier"` // or library
}

// key is a cell and the unit of its values.
type key struct {
	row    string
	column Column
	unit   string
}

// Set is the measurements of some files.
type Set struct {
	Machines map[string]map[string]string // their configuration
	values   map[key][]float64
}

// described are the keys that say more of a machine than its name.
var described = []string{"cpu", "cpu-model", "cpu-level", "cpu-cache", "cpu-count", "virt", "emulator", "go", "goamd64", "commit", "bench-version"}

// Read reads files that may be compared.
func Read(paths []string) (*Set, error) {
	s := &Set{Machines: map[string]map[string]string{}, values: map[key][]float64{}}
	for _, path := range paths {
		if err := s.read(path); err != nil {
			return nil, err
		}
	}
	return s, s.comparable()
}

func (s *Set) read(path string) error {
	files := benchfmt.Files{Paths: []string{path}}
	count := 0
	for files.Scan() {
		switch r := files.Result().(type) {
		case *benchfmt.SyntaxError:
			return r
		case *benchfmt.Result:
			count++
			if err := s.add(r); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
		}
	}
	if err := files.Err(); err != nil {
		return err
	}
	if count == 0 {
		return fmt.Errorf("%s: no benchmark results: want Go's benchmark format", path)
	}
	return nil
}

func (s *Set) add(r *benchfmt.Result) error {
	name := r.GetConfig("machine")
	if name == "" {
		return fmt.Errorf("%s is of no machine: want a line machine: NAME, as make bench writes it", r.Name)
	}
	m := s.Machines[name]
	if m == nil {
		m = map[string]string{}
		s.Machines[name] = m
		for _, k := range described {
			m[k] = r.GetConfig(k)
		}
	}
	for _, k := range described {
		if v := r.GetConfig(k); v != m[k] {
			return fmt.Errorf("machine %s has %s %q and %q: want files of one program", name, k, m[k], v)
		}
	}
	row, tier := cutMaker(r.Name.String())
	for _, v := range r.Values {
		k := key{row, Column{name, tier}, v.Unit}
		s.values[k] = append(s.values[k], v.Value)
	}
	return nil
}

// cutMaker takes what a benchmark was done by off its name: a tier of our kernels, or another library.
func cutMaker(name string) (row, maker string) {
	for _, key := range []string{"/tier=", "/lib="} {
		if i := strings.LastIndex(name, key); i >= 0 {
			return name[:i], name[i+len(key):]
		}
	}
	return name, "any"
}

// comparable says what forbids to put the machines side by side.
func (s *Set) comparable() error {
	real, emulated := "", ""
	versions := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(s.Machines)) {
		m := s.Machines[name]
		if e := m["emulator"]; e != "" && e != "none" {
			emulated = name
		} else {
			real = name
		}
		versions[m["bench-version"]] = name
	}
	if real != "" && emulated != "" {
		return fmt.Errorf("%s is emulated and %s is not: want the one kind or the other", emulated, real)
	}
	if len(versions) > 1 {
		var list []string
		for _, v := range slices.Sorted(maps.Keys(versions)) {
			list = append(list, fmt.Sprintf("%q of %s", v, versions[v]))
		}
		return fmt.Errorf("bench-version %s: want benchmarks of one version", strings.Join(list, ", "))
	}
	return nil
}
