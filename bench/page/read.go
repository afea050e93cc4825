package page

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"srhmbench/bench/compare"
)

// Emulated is a machine whose results were right and whose times mean nothing.
type Emulated struct {
	Machine, Emulator, Commit string
	Tiers                     []string
	Benchmarks                int // checked, in all tiers
}

// sources are the files of a page: those that may be compared, together, and emulated machines.
type sources struct {
	sets     []*compare.Set
	emulated []Emulated
}

// read groups files by version of their benchmarks: those of bench/peers have another than those of bench.
func read(paths []string) (sources, error) {
	var out sources
	byVersion := map[string][]string{}
	for _, path := range paths {
		set, err := compare.Read([]string{path})
		if err != nil {
			return out, err
		}
		for name, config := range set.Machines {
			if e := config["emulator"]; e != "" && e != "none" {
				out.emulated = append(out.emulated, checked(set, name, config))
				continue
			}
			v := config["bench-version"]
			byVersion[v] = append(byVersion[v], path)
		}
	}
	for _, version := range slices.Sorted(maps.Keys(byVersion)) {
		set, err := compare.Read(slices.Compact(byVersion[version]))
		if err != nil {
			return out, err
		}
		out.sets = append(out.sets, set)
	}
	if len(out.sets) == 0 {
		return out, fmt.Errorf("no times of a real machine: want a file of one")
	}
	return out, out.disjoint()
}

func checked(set *compare.Set, name string, config map[string]string) Emulated {
	e := Emulated{Machine: name, Emulator: config["emulator"], Commit: config["commit"]}
	table, err := set.Table("sec/op")
	if err != nil {
		return e
	}
	for i, c := range table.Columns {
		e.Tiers = append(e.Tiers, c.Tier)
		for _, r := range table.Rows {
			if r.Cells[i] > 0 {
				e.Benchmarks++
			}
		}
	}
	return e
}

// disjoint refuses a benchmark in two versions.
func (s sources) disjoint() error {
	seen := map[string]bool{}
	for _, set := range s.sets {
		table, err := set.Table("sec/op")
		if err != nil {
			return err
		}
		for _, r := range table.Rows {
			if seen[r.Name] {
				return fmt.Errorf("%s is there of two versions of the benchmarks: want files of one", r.Name)
			}
			seen[r.Name] = true
		}
	}
	return nil
}

// machine describes a real machine in a row of words.
type machine struct {
	Name  string
	Cells []string
}

// described are the columns that say what a machine is.
var described = []struct{ key, title string }{
	{"cpu", "CPU"}, {"cpu-model", "model"}, {"cpu-level", "level"}, {"cpu-cache", "L1/L2/L3"}, {"cpu-count", "cores"},
	{"virt", "hypervisor"}, {"go", "Go"}, {"commit", "commit"},
}

func (s sources) machines() []machine {
	rows := map[string][]string{}
	for _, set := range s.sets {
		for name, config := range set.Machines {
			cells := make([]string, len(described))
			copy(cells, rows[name])
			for i, d := range described {
				if cells[i] == "" {
					cells[i] = config[d.key]
				}
			}
			rows[name] = cells
		}
	}
	var out []machine
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		cells := rows[name]
		if commit := &cells[len(cells)-1]; len(*commit) > 12 {
			*commit = (*commit)[:12]
		}
		out = append(out, machine{name, cells})
	}
	return out
}

// family is what a benchmark measures, and the rest of its name in words.
func family(row string) (name, setting string) {
	name, rest, _ := strings.Cut(row, "/")
	words := strings.Split(rest, "/")
	for i := range words {
		for _, key := range []string{"shapes=", "cache=", "net=", "op="} {
			words[i] = strings.TrimPrefix(words[i], key)
		}
	}
	return name, strings.Join(words, " ")
}
