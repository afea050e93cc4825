package gate

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/perf/benchfmt"
)

// Arm is what was measured of one program.
type Arm struct {
	Config map[string]string // of the machine and the program
	Rounds []Round
}

// Round is one run of all benchmarks.
type Round struct {
	Steal float64 // share of the time that others took from the CPU
	Rows  map[string]Sample
}

// Sample is what a round says of one benchmark: the least of its measurements there.
type Sample struct {
	Seconds float64
	Allocs  float64 // per iteration; -1 if not reported
}

// roundMark begins the comment line before each round of an arm's file: "# round 3 steal=0.0012 …".
const roundMark = "# round "

// Read reads an arm's file: rounds in Go's benchmark format, each after a line of its own. In a file without
// such lines, as "go test -count" prints it, the n-th line of a benchmark belongs to the n-th round.
func Read(path string) (Arm, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Arm{}, err
	}
	return Parse(path, text)
}

// Parse is Read for a text.
func Parse(name string, text []byte) (Arm, error) {
	a := Arm{Config: map[string]string{}}
	parts, err := split(name, text)
	if err != nil {
		return a, err
	}
	for i, p := range parts {
		if err := a.add(name, p); err != nil {
			return a, err
		}
		if !p.marked && len(parts) > 1 && len(a.Rounds) > 0 {
			return a, fmt.Errorf("%s: results before the first round: want all in rounds, or none", name)
		}
		if i+1 < len(parts) { // configuration before the first round is that of all
			parts[i+1].text = append(slices.Clone(parts[0].text), parts[i+1].text...)
			parts[i+1].line -= bytes.Count(parts[0].text, []byte("\n"))
		}
	}
	if len(a.Rounds) == 0 {
		return a, fmt.Errorf("%s: no benchmark results: want Go's benchmark format", name)
	}
	return a, nil
}

// part is the text of a round, or of a whole file without marks.
type part struct {
	line   int // of its first line in the file
	marked bool
	steal  float64
	text   []byte
}

func split(name string, text []byte) ([]part, error) {
	parts := []part{{line: 1}}
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if strings.HasPrefix(line, roundMark) {
			steal, err := stealOf(line)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, n, err)
			}
			parts = append(parts, part{line: n + 1, marked: true, steal: steal})
			continue
		}
		if line == "FAIL" || strings.HasPrefix(line, "--- FAIL") || strings.HasPrefix(line, "panic:") {
			return nil, fmt.Errorf("%s:%d: the benchmarks failed: %s", name, n, line)
		}
		p := &parts[len(parts)-1]
		p.text = append(append(p.text, line...), '\n')
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return parts, nil
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

func (a *Arm) add(name string, p part) error {
	r := benchfmt.NewReader(bytes.NewReader(p.text), name)
	first, times := len(a.Rounds), map[string]int{}
	if p.marked {
		a.Rounds = append(a.Rounds, Round{p.steal, map[string]Sample{}})
	}
	for r.Scan() {
		switch rec := r.Result().(type) {
		case *benchfmt.SyntaxError:
			return fmt.Errorf("%s:%d: %s", name, rec.Line+p.line-1, rec.Msg)
		case *benchfmt.Result:
			s, err := sample(rec)
			if err == nil {
				err = a.configure(rec)
			}
			id := rec.Name.String()
			nth := times[id]
			times[id]++
			if err != nil {
				_, line := rec.Pos()
				return fmt.Errorf("%s:%d: %w", name, line+p.line-1, err)
			}
			if p.marked {
				if nth > 0 {
					s = a.Rounds[first].Rows[id].least(s)
				}
				nth = 0
			}
			if first+nth == len(a.Rounds) {
				a.Rounds = append(a.Rounds, Round{Rows: map[string]Sample{}})
			}
			a.Rounds[first+nth].Rows[id] = s
		}
	}
	if err := r.Err(); err != nil || !p.marked {
		return err
	}
	return equallyOften(name, p.line-1, times)
}

// least is the shorter time and the smaller number of allocations.
func (s Sample) least(t Sample) Sample {
	return Sample{min(s.Seconds, t.Seconds), min(s.Allocs, t.Allocs)}
}

// equallyOften refuses a round that measured one benchmark more often than another: the least of more is less, and
// two benchmarks of one name would pass for one.
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

func sample(r *benchfmt.Result) (Sample, error) {
	s := Sample{Allocs: -1}
	var ok bool
	if s.Seconds, ok = r.Value("sec/op"); !ok || !(s.Seconds > 0 && s.Seconds < 1e9) {
		return s, fmt.Errorf("%s has no time: want a positive ns/op", r.Name)
	}
	if allocs, ok := r.Value("allocs/op"); ok {
		s.Allocs = allocs
	}
	return s, nil
}

// configure notes the configuration of a result and refuses what is of another machine or program.
func (a *Arm) configure(r *benchfmt.Result) error {
	for _, c := range r.Config {
		if !c.File {
			continue
		}
		value := string(c.Value)
		if old, known := a.Config[c.Key]; known && old != value {
			return fmt.Errorf("%s is %s and %s: want one run of one program in a file", c.Key, old, value)
		}
		a.Config[c.Key] = value
	}
	return nil
}

// identity are the keys in which arms must agree: otherwise more differs than the program.
var identity = []string{"machine", "cpu", "emulator", "goos", "goarch", "goamd64", "go", "goexperiment", "bench-version"}

// comparable says what forbids the comparison of two arms.
func comparable(x, y Arm) error {
	for _, key := range identity {
		if x.Config[key] != y.Config[key] {
			return fmt.Errorf("%s is %q and %q: want arms that differ in the program only", key, x.Config[key], y.Config[key])
		}
	}
	return nil
}
