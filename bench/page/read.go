package page

import (
	"maps"
	"slices"
	"strings"

	"srhmbench/bench/compare"
)

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

// machines describes those of the kernels, or else of the libraries.
func machines(sets ...*compare.Set) []machine {
	rows := map[string][]string{}
	for _, set := range sets {
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
