package compare

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"srhmbench/internal/portable"
)

// operation is what steps are found of together.
type operation struct{ family, name, tier string }

func (o operation) compare(other operation) int {
	return cmp.Or(slices.Index(Families, o.family)-slices.Index(Families, other.family),
		strings.Compare(o.name, other.name), byTier(o.tier, other.tier))
}

// moves are by how much, as logarithms, the benchmarks of every operation moved from one commit to another.
type moves map[operation][]float64

// sumUp finds the steps of operations from commit to commit.
func (h *History) sumUp(runs []run, files map[run]string, times map[place][]float64) {
	at := h.addCommits(runs, files)
	all := movesTo(at, len(h.Commits), times)
	level := map[operation]float64{} // logarithm of the index
	index := map[operation][]float64{}
	for n, here := range all {
		drift, spread := here.common()
		h.Commits[n].Drift = portable.Exp(drift) - 1
		for _, o := range here.operations() {
			if index[o] == nil {
				index[o] = slices.Repeat([]float64{1}, len(all))
			}
			delta, isStep := judge(here[o], drift, spread)
			level[o] += delta
			for i := n; i < len(all); i++ {
				index[o][i] = portable.Exp(level[o])
			}
			if isStep {
				h.Steps = append(h.Steps, Change{
					Machine: h.Machine, Family: o.family, Name: o.name + "/tier=" + o.tier, Benchmarks: len(here[o]),
					File: h.Commits[n].File, Commit: h.Commits[n].Hash, Delta: portable.Exp(delta) - 1,
				})
			}
		}
	}
	for _, o := range slices.SortedFunc(maps.Keys(index), operation.compare) {
		h.Operations = append(h.Operations, Series{o.family, o.name, o.tier, index[o]})
	}
}

// addCommits lists the commits of runs in order of time, and returns the place in the list of every run.
func (h *History) addCommits(runs []run, files map[run]string) []int {
	var at []int
	for _, r := range runs {
		n := slices.IndexFunc(h.Commits, func(c Commit) bool { return c.Hash == r.commit })
		if n < 0 {
			n = len(h.Commits)
			h.Commits = append(h.Commits, Commit{Hash: r.commit, File: files[r]})
		}
		h.Commits[n].Runs++
		at = append(at, n)
	}
	return at
}

// movesTo gathers the moves to each commit from the last before it that has the benchmark. Of several runs of a commit the
// last counts. Benchmarks on cold caches tell more of the machine's neighbours than of code, and are left out.
func movesTo(at []int, commits int, times map[place][]float64) []moves {
	all := make([]moves, commits)
	for i := range all {
		all[i] = moves{}
	}
	for place, logs := range times {
		family := FamilyOf(Operation(place.row))
		if family == "" || strings.Contains(place.row, "/cache=cold/") {
			continue
		}
		o := operation{family, Operation(place.row), place.column.Tier}
		byCommit := slices.Repeat([]float64{math.NaN()}, commits)
		for i, x := range logs {
			if !math.IsNaN(x) {
				byCommit[at[i]] = x
			}
		}
		last := math.NaN()
		for n, x := range byCommit {
			if !math.IsNaN(x - last) {
				all[n][o] = append(all[n][o], x-last)
			}
			if !math.IsNaN(x) {
				last = x
			}
		}
	}
	return all
}

func (m moves) operations() []operation { return slices.SortedFunc(maps.Keys(m), operation.compare) }

// common is what all benchmarks move by, and how far the medians of operations lie from that: 1.48 times the median
// distance, which is the standard deviation if most of them only differ by chance. A few operations have neither.
func (m moves) common() (drift, spread float64) {
	drift = middle(slices.Concat(slices.Collect(maps.Values(m))...))
	var far []float64
	for _, o := range m.operations() {
		if len(m[o]) >= fewest {
			far = append(far, math.Abs(middle(m[o])-drift))
		}
	}
	if len(far) < forComparison {
		return 0, 0
	}
	return drift, 1.4826 * middle(far)
}

// judge returns what an operation moved by beside all others, and whether that is a step: benchmarks enough, most of them
// the same way, and further than operations lie apart by chance.
func judge(moved []float64, drift, spread float64) (delta float64, isStep bool) {
	delta = middle(moved) - drift
	same := 0
	for _, x := range moved {
		if (x-drift)*delta > 0 {
			same++
		}
	}
	isStep = len(moved) >= fewest && float64(same) >= sameWay*float64(len(moved)) && math.Abs(delta) >= max(portable.Log(1+smallestStep), spreads*spread)
	return delta, isStep
}

// Write prints the history: the commits, the steps of operations, and those of single benchmarks.
func (h History) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", h.Machine)
	for i, c := range h.Commits {
		fmt.Fprintf(&b, "  %2d  %-12.12s  %s, %d runs", i+1, c.Hash, filepath.Base(c.File), c.Runs)
		if i > 0 {
			fmt.Fprintf(&b, ", all benchmarks %+.1f %%", 100*c.Drift)
		}
		b.WriteByte('\n')
	}
	for _, c := range h.Steps {
		fmt.Fprintf(&b, "%+7.1f%%  %-16s %s since %.12s (%d benchmarks)\n", 100*c.Delta, c.Family, c.Name, c.Commit, c.Benchmarks)
	}
	for _, c := range h.Benchmarks {
		fmt.Fprintf(&b, "%+7.1f%%  %s  %.4g s to %.4g s since %s (commit %.12s)\n", 100*c.Delta, c.Name, c.Before, c.After, filepath.Base(c.File), c.Commit)
	}
	runs := 0
	for _, c := range h.Commits {
		runs += c.Runs
	}
	fmt.Fprintf(&b, "%d steps of operations, beside what all moved by; %d of single benchmarks, which last for %d runs or more; in %d runs\n",
		len(h.Steps), len(h.Benchmarks), smallestRun, runs)
	_, err := io.WriteString(w, b.String())
	return err
}
