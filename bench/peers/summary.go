package main

import (
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"slices"
	"strings"

	"golang.org/x/perf/benchfmt"
)

// summarise prints how many times longer than ours each library takes: geometric means over the benchmarks of
// an operation, or of a kind of network, that both have; of each benchmark the best of the rounds, for others
// only slow it down, in CPU time, which does not count when others run instead.
func summarise(w io.Writer, file string) error {
	best, err := fastest(file)
	if err != nil {
		return err
	}
	libraries, names := map[string]bool{}, map[string]bool{}
	us := ""
	for b := range best {
		libraries[b.lib], names[b.name] = true, true
		if strings.HasPrefix(b.lib, "srhmbench.") {
			us = b.lib
		}
	}
	if us == "" {
		return fmt.Errorf("%s: no benchmarks of srhmbench", file)
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
	fmt.Fprintf(w, "all: srhmbench bench compare --unit sec/op %s\n", file)
	return nil
}

// timed is a benchmark of a library.
type timed struct{ name, lib string }

// fastest reads the shortest time of everything that was timed, in seconds of a CPU or else of the wall.
func fastest(file string) (map[timed]float64, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	best := map[timed]float64{}
	for r := benchfmt.NewReader(f, file); r.Scan(); {
		result, ok := r.Result().(*benchfmt.Result)
		if !ok {
			continue
		}
		name, library, _ := strings.Cut(result.Name.String(), "/lib=")
		t, ok := result.Value("cpu-sec/op")
		if !ok {
			t, ok = result.Value("sec/op")
		}
		if ok {
			key := timed{name, library}
			if old, known := best[key]; !known || t < old {
				best[key] = t
			}
		}
	}
	return best, nil
}

// groupOf is the operation of a benchmark with the set of sizes or the network.
func groupOf(name string) string {
	parts := strings.SplitN(name, "/", 3)
	return strings.Join(parts[:min(len(parts), 2)], "/")
}

// ratio is the geometric mean of the times of a library over ours.
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
