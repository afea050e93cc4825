package compare

import (
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strings"
)

// Change is a step in the times of a benchmark, which lasted.
type Change struct {
	Name   string  `json:"name"` // with the tier
	File   string  `json:"file"` // the first after the step
	Commit string  `json:"commit"`
	Before float64 `json:"before_seconds"` // medians of the files before and after, up to the next steps
	After  float64 `json:"after_seconds"`
	Delta  float64 `json:"delta"`
}

const (
	smallestRun  = 3    // files that a speed must last for to be one
	smallestStep = 0.05 // less is not looked at
	noiseSteps   = 4    // a step is so many times what files differ by from one to the next
)

// Trend finds the steps in the files of one machine, which it takes in the order of their names: make bench
// begins these with the time.
func Trend(paths []string) ([]Change, error) {
	paths = slices.SortedStableFunc(slices.Values(paths), func(a, b string) int {
		return strings.Compare(filepath.Base(a), filepath.Base(b))
	})
	machine, version := "", ""
	times, at, commits := map[string][]float64{}, map[string][]int{}, []string(nil)
	for i, path := range paths {
		table, config, err := one(path)
		if err != nil {
			return nil, err
		}
		name := table.Columns[0].Machine
		if i > 0 && (name != machine || config["bench-version"] != version) {
			return nil, fmt.Errorf("%s is of %s and bench-version %q, those before of %s and %q: want files of one machine and version",
				path, name, config["bench-version"], machine, version)
		}
		machine, version = name, config["bench-version"]
		commits = append(commits, config["commit"])
		for _, r := range table.Rows {
			for c, x := range r.Cells {
				if id := r.Name + "/tier=" + table.Columns[c].Tier; x > 0 {
					times[id], at[id] = append(times[id], math.Log(x)), append(at[id], i)
				}
			}
		}
	}
	var changes []Change
	for id, series := range times {
		for _, c := range changesOf(series) {
			file := at[id][c.at]
			changes = append(changes, Change{id, paths[file], commits[file], math.Exp(c.before), math.Exp(c.after), math.Expm1(c.after - c.before)})
		}
	}
	slices.SortFunc(changes, func(a, b Change) int {
		if c := strings.Compare(filepath.Base(a.File), filepath.Base(b.File)); c != 0 {
			return c
		}
		return natural(a.Name, b.Name)
	})
	return changes, nil
}

// one reads a file that must be of a single machine.
func one(path string) (Table, map[string]string, error) {
	s, err := Read([]string{path})
	if err != nil {
		return Table{}, nil, err
	}
	if len(s.Machines) != 1 {
		return Table{}, nil, fmt.Errorf("%s is of %d machines: want one in each file", path, len(s.Machines))
	}
	t, err := s.Table("sec/op")
	if err != nil {
		return t, nil, fmt.Errorf("%s: %w", path, err)
	}
	return t, s.Machines[t.Columns[0].Machine], nil
}

// step is where a series changes from one level to another.
type step struct {
	at            int
	before, after float64
}

// changesOf finds the steps of a series of logarithms and the levels between them.
func changesOf(y []float64) []step {
	cuts := append(append([]int{0}, cut(y, 0, threshold(y))...), len(y))
	var list []step
	for i := 1; i+1 < len(cuts); i++ {
		list = append(list, step{cuts[i], middle(y[cuts[i-1]:cuts[i]]), middle(y[cuts[i]:cuts[i+1]])})
	}
	return list
}

// threshold is what a series must move by for good to count: a good deal more than from one value to the
// next, of which a step is only one.
func threshold(y []float64) float64 {
	var moves []float64
	for i := 1; i < len(y); i++ {
		moves = append(moves, math.Abs(y[i]-y[i-1]))
	}
	return max(math.Log1p(smallestStep), noiseSteps*middle(moves))
}

// cut splits a series where two levels fit it best, if they are apart, and goes on with both parts. It
// returns places in the whole, of which y begins at offset.
func cut(y []float64, offset int, apart float64) []int {
	best, cost := 0, math.Inf(1)
	for i := smallestRun; i <= len(y)-smallestRun; i++ {
		if c := spread(y[:i]) + spread(y[i:]); c < cost {
			best, cost = i, c
		}
	}
	if best == 0 || math.Abs(middle(y[best:])-middle(y[:best])) < apart {
		return nil
	}
	return slices.Concat(cut(y[:best], offset, apart), []int{offset + best}, cut(y[best:], offset+best, apart))
}

// spread is the sum of distances to the median: an outlier weighs no more than it must.
func spread(y []float64) float64 {
	total, m := 0.0, middle(y)
	for _, x := range y {
		total += math.Abs(x - m)
	}
	return total
}

// middle is the median, 0 of nothing.
func middle(y []float64) float64 {
	if len(y) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(y))
	return (s[len(s)/2] + s[(len(s)-1)/2]) / 2
}

// WriteChanges prints steps, one a line, the oldest first.
func WriteChanges(w io.Writer, changes []Change, files int) error {
	var b strings.Builder
	for _, c := range changes {
		fmt.Fprintf(&b, "%+7.1f%%  %s  %.4g s to %.4g s since %s (commit %.12s)\n", 100*c.Delta, c.Name, c.Before, c.After, filepath.Base(c.File), c.Commit)
	}
	fmt.Fprintf(&b, "%d steps in %d files; a step is of 5 %% or more, above the noise, and lasts for %d files or more\n", len(changes), files, smallestRun)
	_, err := io.WriteString(w, b.String())
	return err
}
