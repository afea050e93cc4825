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
	best, least, err := fastest(file)
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
	if len(least) > 0 {
		beside(w, best, least, us)
	}
	fmt.Fprintf(w, "all: srhmbench bench compare --unit sec/op %s\n", file)
	return nil
}

// timed is a benchmark of a library.
type timed struct{ name, lib string }

// fastest reads the shortest time of everything that was timed, in seconds of a CPU or else of the wall, and the
// least that the roof allows, by name, where that was measured too.
func fastest(file string) (best map[timed]float64, least map[string]float64, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	best, least = map[timed]float64{}, map[string]float64{}
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
		if t, ok := result.Value("least-sec/op"); ok && (least[name] == 0 || t < least[name]) {
			least[name] = t
		}
	}
	return best, least, nil
}

// beside prints steps beside the fastest way of PyTorch: how many times longer that takes than ours, and than the least
// time that the roof of a core allows, and how near we come to that.
func beside(w io.Writer, best map[timed]float64, least map[string]float64, us string) {
	fmt.Fprint(w, "\n| step | ours, ms | PyTorch | PyTorch / ours | / roof | ours of the roof |\n|---|--:|--:|--:|--:|--:|\n")
	for _, name := range slices.Sorted(maps.Keys(least)) {
		ours, torch := best[timed{name, us}], 0.0
		for b, t := range best {
			if b.name == name && strings.HasPrefix(b.lib, "torch.") && (torch == 0 || t < torch) {
				torch = t
			}
		}
		if ours > 0 && torch > 0 {
			fmt.Fprintf(w, "| %s | %.3g | %.3g | %.1f | %.1f | %.0f %% |\n", strings.TrimPrefix(name, "TrainingStep/"),
				1e3*ours, 1e3*torch, torch/ours, torch/least[name], 100*least[name]/ours)
		}
	}
	fmt.Fprintln(w)
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
