package main

import (
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
)

// summarise prints how many times longer than ours each library takes: geometric means over the benchmarks of an
// operation, or of a kind of network, that both have. Each benchmark counts with the best of its rounds, since others
// only slow it down, in CPU time, which does not count while others run.
func summarise(w io.Writer, file string) error {
	m, err := read(file)
	if err != nil {
		return err
	}
	best, us := m.best, m.us
	libraries, names := map[string]bool{}, map[string]bool{}
	for b := range best {
		libraries[b.lib], names[b.name] = true, true
	}
	fmt.Fprintf(w, "CPU time over that of %s, geometric mean of so many benchmarks\n", us)
	groups := map[string][]string{}
	for name := range names {
		groups[groupOf(name)] = append(groups[groupOf(name)], name)
	}
	for _, group := range slices.Sorted(maps.Keys(groups)) {
		line := ""
		for _, library := range slices.Sorted(maps.Keys(libraries)) {
			if mean, n := ratio(best, groups[group], library, us); n > 0 && library != us {
				line += fmt.Sprintf("  %s %.2f (%d)", library, mean, n)
			}
		}
		if line != "" {
			fmt.Fprintf(w, "%-22s%s\n", group, line)
		}
	}
	m.beside(w)
	fmt.Fprintf(w, "all: srhmbench bench compare --unit sec/op %s\n", file)
	return nil
}

// beside compares our steps with the fastest way in PyTorch: how many times longer that takes than ours and than the
// least time the roof of a core allows, and how near we come to that least time.
func (m *measurement) beside(w io.Writer) {
	const steps = "TrainingStep/"
	fmt.Fprint(w, "\n| step | ours, ms | PyTorch | PyTorch / ours | / roof | ours of the roof |\n|---|--:|--:|--:|--:|--:|\n")
	for _, name := range slices.Sorted(maps.Keys(m.ours)) {
		ours := m.ours[name]
		if _, torch := m.peer(name); torch > 0 && strings.HasPrefix(name, steps) {
			fmt.Fprintf(w, "| %s | %.3g | %.3g | %.1f | %.1f | %.0f %% |\n", strings.TrimPrefix(name, steps),
				1e3*ours.time, 1e3*torch, torch/ours.time, torch/ours.least, 100*ours.least/ours.time)
		}
	}
	fmt.Fprintln(w)
}

// groupOf returns the operation of a benchmark with its set of sizes or its network.
func groupOf(name string) string {
	parts := strings.SplitN(name, "/", 3)
	return strings.Join(parts[:min(len(parts), 2)], "/")
}

// ratio returns the geometric mean of a library's times over ours.
func ratio(best map[timed]float64, names []string, library, us string) (mean float64, n int) {
	for _, name := range names {
		theirs, ours := best[timed{name, library}], best[timed{name, us}]
		if theirs > 0 && ours > 0 {
			mean += math.Log(theirs / ours)
			n++
		}
	}
	return math.Exp(mean / float64(n)), n
}
