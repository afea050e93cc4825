package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"srhmbench/bench/compare"
)

// summarise prints how many times longer than ours each library takes: geometric means over the benchmarks of
// an operation, or of a kind of network, that both have; of each benchmark the median of the rounds.
func summarise(w io.Writer, file string) error {
	set, err := compare.Read([]string{file})
	if err != nil {
		return err
	}
	t, err := set.Table("sec/op")
	if err != nil {
		return err
	}
	us := slices.IndexFunc(t.Columns, func(c compare.Column) bool { return strings.HasPrefix(c.Tier, "srhmbench.") })
	if us < 0 {
		return fmt.Errorf("%s: no benchmarks of srhmbench", file)
	}
	fmt.Fprintf(w, "time over that of %s, geometric mean of so many benchmarks\n", t.Columns[us].Tier)
	for _, group := range groups(t) {
		var parts []string
		for i, c := range t.Columns {
			if mean, n := ratio(t, group, i, us); n > 0 && i != us {
				parts = append(parts, fmt.Sprintf("%s %.2f (%d)", c.Tier, mean, n))
			}
		}
		if len(parts) > 0 {
			fmt.Fprintf(w, "%-22s %s\n", group, strings.Join(parts, "  "))
		}
	}
	fmt.Fprintf(w, "all: srhmbench bench compare --unit sec/op %s\n", file)
	return nil
}

// groupOf is the operation of a benchmark with the set of sizes or the network.
func groupOf(name string) string {
	parts := strings.SplitN(name, "/", 3)
	return strings.Join(parts[:min(len(parts), 2)], "/")
}

func groups(t compare.Table) []string {
	var list []string
	for _, r := range t.Rows {
		if g := groupOf(r.Name); !slices.Contains(list, g) {
			list = append(list, g)
		}
	}
	return list
}

// ratio is the geometric mean of column i over column us.
func ratio(t compare.Table, group string, i, us int) (mean float64, n int) {
	for _, r := range t.Rows {
		if x := r.Cells[i] / r.Cells[us]; groupOf(r.Name) == group && x > 0 {
			mean += math.Log(x)
			n++
		}
	}
	return math.Exp(mean / float64(n)), n
}
