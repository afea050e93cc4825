package gate

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"srhmbench/bench/benchfile"
)

// Arm holds the measurements of one program.
type Arm struct {
	Config      map[string]string // describes the machine and the program
	Rounds      []Round
	Definitions map[string]benchfile.Definition // by benchmark, where known
}

// Round is one run of all benchmarks.
type Round struct {
	Steal float64 // share of the CPU time that others took
	Rows  map[string]Sample
}

// Sample is one benchmark's result in a round: the least of its measurements there.
type Sample struct {
	Seconds float64
	Allocs  float64 // per iteration; -1 if not reported
}

// roundMark begins the comment line before each round of an arm's file: "# round 3 steal=0.0012 …".
const roundMark = "# round "

// Read reads an arm's file: rounds in Go's benchmark format, each after a line of its own. In a file without such
// lines, as "go test -count" prints it, the n-th line of a benchmark belongs to the n-th round.
func Read(path string) (Arm, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Arm{}, err
	}
	return Parse(path, text)
}

// Parse is Read for text that is already in memory.
func Parse(name string, text []byte) (Arm, error) {
	a := Arm{Config: map[string]string{}}
	file, err := benchfile.Parse(name, text)
	if err != nil {
		return a, err
	}
	marks, err := marksOf(file)
	if err != nil {
		return a, err
	}
	if problem := damage(file); problem != nil {
		return a, problem
	}
	a.define(file)
	if len(marks) == 0 {
		err = a.addRepeats(file)
	} else {
		err = a.addRounds(file, marks)
	}
	if err == nil && len(a.Rounds) == 0 {
		err = fmt.Errorf("%s: no benchmark results: want Go's benchmark format", name)
	}
	return a, err
}

// define records the definitions of the benchmarks, where known.
func (a *Arm) define(f *benchfile.File) {
	for _, r := range f.Results {
		d := f.Definition(r)
		if d.Version == "" && math.IsNaN(d.Operations) {
			continue
		}
		if a.Definitions == nil {
			a.Definitions = map[string]benchfile.Definition{}
		}
		a.Definitions[r.Name] = d
	}
}

// damage is a benchmark that failed, has no time, or ran on a different number of CPUs than the first. Other lines
// that hold no result are caught by the count of the rounds.
func damage(f *benchfile.File) error {
	if len(f.Failures) > 0 {
		return f.Failures[0]
	}
	for _, p := range f.Problems {
		if p.Result {
			return p
		}
	}
	for _, r := range f.Results {
		if _, ok := r.Values["sec/op"]; !ok {
			return fmt.Errorf("%s:%d: %s has no time: want a positive ns/op", f.Name, r.Line, r.Name)
		}
		if first := f.Results[0]; r.CPUs != first.CPUs {
			return fmt.Errorf("%s:%d: %s on %d CPUs and %s on %d: want one number in a file", f.Name, r.Line, first.Name, first.CPUs, r.Name, r.CPUs)
		}
	}
	return nil
}

// mark returns the line that begins a round.
type mark struct {
	line  int
	steal float64
}

func marksOf(f *benchfile.File) ([]mark, error) {
	var marks []mark
	for _, c := range f.Comments {
		if !strings.HasPrefix("# "+c.Text+" ", roundMark) {
			continue
		}
		steal, err := stealOf(c.Text)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", f.Name, c.Line, err)
		}
		marks = append(marks, mark{c.Line, steal})
	}
	return marks, nil
}

func stealOf(line string) (float64, error) {
	for _, word := range strings.Fields(line) {
		if text, ok := strings.CutPrefix(word, "steal="); ok {
			steal, err := strconv.ParseFloat(text, 64)
			if err != nil || !(steal >= 0 && steal <= 1) {
				return 0, fmt.Errorf("steal=%s: want a number from 0 to 1", text)
			}
			return steal, nil
		}
	}
	return 0, errors.New("a round without steal=: want a number from 0 to 1")
}

// addRepeats adds the n-th result of each benchmark to the n-th round.
func (a *Arm) addRepeats(f *benchfile.File) error {
	times := map[string]int{}
	for _, r := range f.Results {
		if err := a.configure(f.Name, r); err != nil {
			return err
		}
		nth := times[r.Name]
		times[r.Name]++
		if nth == len(a.Rounds) {
			a.Rounds = append(a.Rounds, Round{Rows: map[string]Sample{}})
		}
		a.Rounds[nth].Rows[r.Name] = sample(r)
	}
	return nil
}

// addRounds adds the results after each mark to a round.
func (a *Arm) addRounds(f *benchfile.File, marks []mark) error {
	if len(f.Results) > 0 && f.Results[0].Line < marks[0].line {
		return fmt.Errorf("%s: results before the first round: want all in rounds, or none", f.Name)
	}
	results := f.Results
	for i, m := range marks {
		round, times := Round{m.steal, map[string]Sample{}}, map[string]int{}
		for len(results) > 0 && (i+1 == len(marks) || results[0].Line < marks[i+1].line) {
			r := results[0]
			results = results[1:]
			if err := a.configure(f.Name, r); err != nil {
				return err
			}
			s := sample(r)
			if times[r.Name] > 0 {
				s = round.Rows[r.Name].least(s)
			}
			round.Rows[r.Name] = s
			times[r.Name]++
		}
		a.Rounds = append(a.Rounds, round)
		if err := equallyOften(f.Name, m.line, times); err != nil {
			return err
		}
	}
	return nil
}

// least returns the shorter time and the smaller number of allocations.
func (s Sample) least(t Sample) Sample {
	return Sample{min(s.Seconds, t.Seconds), min(s.Allocs, t.Allocs)}
}

// equallyOften rejects a round that measured some benchmark more often than another: the least of more measurements is
// lower, and two benchmarks with the same name would pass for one.
func equallyOften(name string, line int, times map[string]int) error {
	often, first := 0, ""
	for _, id := range slices.Sorted(maps.Keys(times)) {
		if first == "" {
			often, first = times[id], id
		}
		if times[id] != often {
			return fmt.Errorf("%s:%d: %s is %d times in one round and %s %d times: want each as often", name, line, id, times[id], first, often)
		}
	}
	return nil
}

func sample(r benchfile.Result) Sample {
	s := Sample{r.Values["sec/op"], -1}
	if allocs, ok := r.Values["allocs/op"]; ok {
		s.Allocs = allocs
	}
	return s
}

// configure records the configuration of a result and rejects results from another machine or program.
func (a *Arm) configure(file string, r benchfile.Result) error {
	config := maps.Clone(r.Config)
	if r.CPUs > 1 {
		config["gomaxprocs"] = strconv.Itoa(r.CPUs)
	}
	for _, key := range slices.Sorted(maps.Keys(config)) {
		value := config[key]
		if old, known := a.Config[key]; known && old != value {
			return fmt.Errorf("%s:%d: %s is %s and %s: want one run of one program in a file", file, r.Line, key, old, value)
		}
		a.Config[key] = value
	}
	return nil
}

// identity lists the keys on which arms must agree: otherwise more than the program differs.
var identity = []string{"machine", "cpu", "emulator", "goos", "goarch", "goamd64", "gomaxprocs", "go", "goexperiment"}

// comparable returns an error unless the arms differ in the program only.
func comparable(x, y Arm) error {
	for _, key := range identity {
		if x.Config[key] != y.Config[key] {
			return fmt.Errorf("%s is %q and %q: want arms that differ in the program only", key, x.Config[key], y.Config[key])
		}
	}
	return nil
}
