package compare

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"srhmbench/bench/benchfile"
	"srhmbench/internal/portable"
)

// Change is a step in the times of a benchmark, or of most benchmarks of an operation at once.
type Change struct {
	Machine    string  `json:"machine"`
	Family     string  `json:"family"`
	Name       string  `json:"name"`       // an operation or a benchmark, with the tier
	Benchmarks int     `json:"benchmarks"` // behind the step
	File       string  `json:"file"`       // the first after the step
	Commit     string  `json:"commit"`
	Before     float64 `json:"before_seconds,omitempty"` // of a benchmark: medians before and after, up to the next steps
	After      float64 `json:"after_seconds,omitempty"`
	Delta      float64 `json:"delta"` // of an operation: beside that of all benchmarks together
}

// History is what the runs of one machine say about its benchmarks, commit by commit.
type History struct {
	Machine    string
	Commits    []Commit
	Operations []Series // in order of family and name
	Steps      []Change // of operations
	Benchmarks []Change // of single benchmarks, which take more runs
	Notes      []string // what was left out, and why
}

// Commit is a commit at which the machine was measured.
type Commit struct {
	Hash  string
	File  string  // its first
	Runs  int     // files
	Drift float64 // how much longer all benchmarks take than at the commit before: the machine, not the code
}

// Series is the time of an operation on a tier at every commit, as a share of what it was at the first and beside all
// other operations, so that what only the machine did is left out. NaN stands for commits before the first.
type Series struct {
	Family, Operation, Tier string
	Index                   []float64
}

const (
	smallestRun   = 3    // runs that the speed of a benchmark must last for
	smallestStep  = 0.05 // less is not looked at
	noiseSteps    = 4    // a step is so many times what runs differ by from one to the next
	fewest        = 4    // benchmarks of an operation that make a step together
	sameWay       = 0.75 // of them, which must go the same way
	spreads       = 3    // a step of an operation is so many times the spread of all operations
	forComparison = 5    // such operations, which tell a machine's drift from a step
)

// Trend reads the files of one machine or several and finds the steps in the history of each.
func Trend(paths []string) ([]History, error) {
	byMachine := map[string]*history{}
	for i, path := range paths {
		if slices.Contains(paths[:i], path) {
			continue
		}
		f, err := benchfile.Read(path)
		if err != nil {
			return nil, err
		}
		if err := addRuns(byMachine, f, i); err != nil {
			return nil, err
		}
	}
	var list []History
	for _, name := range slices.Sorted(maps.Keys(byMachine)) {
		list = append(list, byMachine[name].finish(name))
	}
	return list, nil
}

// history gathers the runs of a machine.
type history struct {
	runs     map[run]map[place]*cell
	files    map[run]string
	problems []string
	emulator string
}

func addRuns(byMachine map[string]*history, f *benchfile.File, file int) error {
	for _, r := range f.Results {
		c, err := newCell(f, file, r)
		if err != nil {
			return err
		}
		h := byMachine[c.column.Machine]
		if h == nil {
			h = &history{runs: map[run]map[place]*cell{}, files: map[run]string{}, emulator: emulator(c.config)}
			byMachine[c.column.Machine] = h
		}
		if h.runs[c.run] == nil {
			h.runs[c.run], h.files[c.run] = map[place]*cell{}, f.Name
		}
		if old := h.runs[c.run][c.place]; old == nil || c.cpus < old.cpus {
			h.runs[c.run][c.place] = c
		} else if old.cpus == c.cpus {
			old.add(r)
		}
	}
	first := byMachine[f.Results[0].Config["machine"]]
	for _, p := range slices.Concat(f.Problems, f.Failures) {
		first.problems = append(first.problems, p.Error())
	}
	return nil
}

// finish finds the steps.
func (h *history) finish(machine string) History {
	out := History{Machine: machine, Notes: h.problems}
	if h.emulator != "" {
		out.Notes = append(out.Notes, fmt.Sprintf("%s is emulated (%s): its times mean nothing", machine, h.emulator))
		return out
	}
	runs := slices.SortedFunc(maps.Keys(h.runs), run.compare)
	times, left := h.times(runs)
	out.Notes = append(out.Notes, left...)
	out.Benchmarks = stepsOfBenchmarks(machine, runs, h.files, times)
	out.sumUp(runs, h.files, times)
	return out
}

// times are the medians of every benchmark, as logarithms of seconds, in each run; NaN where there is none. Those that were
// defined otherwise than in the newest run are left out and noted.
func (h *history) times(runs []run) (times map[place][]float64, notes []string) {
	times = map[place][]float64{}
	newest, refused := map[place]benchfile.Definition{}, refusals{}
	for i, r := range slices.Backward(runs) {
		for _, at := range inOrder(h.runs[r]) {
			c := h.runs[r][at]
			seconds := c.values["sec/op"]
			if len(seconds) == 0 {
				continue
			}
			if _, known := newest[at]; !known {
				newest[at] = c.definition
			}
			if why := c.definition.Differs(newest[at], "sec/op"); why != "" {
				refused.add(c, "sec/op", why)
				continue
			}
			if times[at] == nil {
				times[at] = slices.Repeat([]float64{math.NaN()}, len(runs))
			}
			times[at][i] = portable.Log(median(seconds))
		}
	}
	return times, refused.notes()
}

// stepsOfBenchmarks finds those of every benchmark, the oldest first.
func stepsOfBenchmarks(machine string, runs []run, files map[run]string, times map[place][]float64) []Change {
	var changes []Change
	for at, logs := range times {
		var y []float64
		var where []run
		for i, x := range logs {
			if !math.IsNaN(x) {
				y, where = append(y, x), append(where, runs[i])
			}
		}
		for _, c := range changesOf(y) {
			r := where[c.at]
			changes = append(changes, Change{
				Machine: machine, Family: FamilyOf(Operation(at.row)), Name: at.row + "/tier=" + at.column.Tier, Benchmarks: 1, File: files[r], Commit: r.commit,
				Before: portable.Exp(c.before), After: portable.Exp(c.after), Delta: portable.Exp(c.after-c.before) - 1,
			})
		}
	}
	slices.SortFunc(changes, func(a, b Change) int {
		return cmp.Or(strings.Compare(filepath.Base(a.File), filepath.Base(b.File)), natural(a.Name, b.Name))
	})
	return changes
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

// threshold is what a series must move by for good to count: a good deal more than from one value to the next, of which
// a step is only one.
func threshold(y []float64) float64 {
	var moves []float64
	for i := 1; i < len(y); i++ {
		moves = append(moves, math.Abs(y[i]-y[i-1]))
	}
	return max(portable.Log(1+smallestStep), noiseSteps*middle(moves))
}

// cut splits a series where two levels fit it best, if they are apart, and goes on with both parts. It returns places in
// the whole, of which y begins at offset.
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
