// Package benchfile reads files of benchmark results in Go's format, as "go test -bench" and "make bench" write them.
//
// It is as forgiving as benchstat: a line that is no whole result, such as one that a log message has cut in two, is left
// out and listed under Problems. What it does return can be computed with: every time is positive and finite, every other
// value finite and not negative.
package benchfile

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/perf/benchfmt"
	"golang.org/x/perf/benchunit"
)

// File is the content of one file.
type File struct {
	Name     string
	Started  time.Time // as a line "# started" says; zero without one
	Results  []Result
	Comments []Comment // lines that begin with #
	Problems []Problem // lines that were left out
	Failures []Problem // lines that say that a benchmark failed or panicked

	defined map[string]Definition // by name without tier or library
}

// Result is one line of measurements.
type Result struct {
	Line   int
	Name   string // without "Benchmark" and the number of CPUs at the end
	CPUs   int    // GOMAXPROCS, which go test appends to the name unless it is 1
	Config map[string]string
	Values map[string]float64 // by unit; times are in seconds, as in sec/op
}

// Comment is the text of a line after "# ".
type Comment struct {
	Line int
	Text string
}

// Problem says what is wrong with a line.
type Problem struct {
	File   string
	Line   int
	Text   string
	Result bool // the line is a result, but for its values
}

func (p Problem) Error() string { return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text) }

// Read reads a file, once and to its end, so that it can be a pipe. An error says that there is no result in it.
func Read(path string) (*File, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	f, err := Parse(path, text)
	if err != nil {
		return nil, err
	}
	return f, f.empty()
}

// empty says why there is no result in the file.
func (f *File) empty() error {
	if len(f.Results) > 0 {
		return nil
	}
	for _, list := range [][]Problem{f.Failures, f.Problems} {
		if len(list) > 0 {
			return fmt.Errorf("%w; no benchmark results but that", list[0])
		}
	}
	return fmt.Errorf("%s: no benchmark results: want Go's benchmark format", f.Name)
}

// Parse reads the text of a file, which may hold no result; errors give its name.
func Parse(name string, text []byte) (*File, error) {
	f := &File{Name: name, defined: map[string]Definition{}}
	lines := f.lines(text)
	r := benchfmt.NewReader(bytes.NewReader(bytes.Join(lines, []byte("\n"))), name)
	var config map[string]string
	for r.Scan() {
		switch record := r.Result().(type) {
		case *benchfmt.SyntaxError:
			f.malformed(record, lines[record.Line-1])
		case *benchfmt.Result:
			config = configOf(record, config)
			f.add(record, config)
		}
	}
	return f, r.Err()
}

// longest is more than any result needs, and what benchfmt can read.
const longest = 32 << 10

// lines notes what lines say that are not results and returns the text as benchfmt reads it, line by line.
func (f *File) lines(text []byte) [][]byte {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	var out [][]byte
	n := 0
	for line := range bytes.Lines(text) {
		n++
		line = bytes.TrimRight(line, "\r\n")
		said := string(line[:min(len(line), longest)])
		switch {
		case len(line) > longest:
			if strings.HasPrefix(said, "Benchmark") {
				f.Problems = append(f.Problems, Problem{f.Name, n, fmt.Sprintf("%d bytes: want a result", len(line)), false})
			}
			line = nil
		case strings.HasPrefix(said, "#"):
			f.comment(n, strings.TrimSpace(said[1:]))
		case said == "FAIL" || strings.HasPrefix(said, "--- FAIL") || strings.HasPrefix(said, "panic:"):
			f.Failures = append(f.Failures, Problem{f.Name, n, "the benchmarks failed: " + said, false})
		}
		out = append(out, line)
	}
	return out
}

func (f *File) comment(line int, text string) {
	f.Comments = append(f.Comments, Comment{line, text})
	if at, ok := strings.CutPrefix(text, "started "); ok && f.Started.IsZero() {
		f.Started, _ = time.Parse(time.RFC3339, at) // zero if it is no time
	}
	f.define(text)
}

// malformed notes a line that is no result. Most are log messages, or names that one has cut off their values.
func (f *File) malformed(e *benchfmt.SyntaxError, line []byte) {
	isResult := false
	if fields := bytes.Fields(line); len(fields) > 1 {
		_, err := strconv.Atoi(string(fields[1]))
		isResult = err == nil
	}
	f.Problems = append(f.Problems, Problem{f.Name, e.Line, e.Msg, isResult})
}

// configOf is the configuration that holds for a result: last, if that has not changed.
func configOf(r *benchfmt.Result, last map[string]string) map[string]string {
	config := map[string]string{}
	for _, c := range r.Config {
		if c.File {
			config[c.Key] = string(c.Value)
		}
	}
	if last != nil && maps.Equal(config, last) {
		return last
	}
	return config
}

func (f *File) add(r *benchfmt.Result, config map[string]string) {
	_, line := r.Pos()
	name, cpus := cutCPUs(r.Name.String())
	values := map[string]float64{}
	for _, v := range r.Values {
		if v.OrigUnit == "" { // benchfmt leaves the unit of 0 and Inf as it is
			v.OrigValue, v.OrigUnit = v.Value, v.Unit
			_, v.Unit = benchunit.Tidy(1, v.Unit)
		}
		if err := check(v); err != nil {
			f.Problems = append(f.Problems, Problem{f.Name, line, fmt.Sprintf("%s %v", name, err), true})
			return
		}
		values[v.Unit] = v.Value
	}
	f.Results = append(f.Results, Result{line, name, cpus, config, values})
}

// check says what is wrong with a value.
func check(v benchfmt.Value) error {
	switch {
	case v.Unit == "sec/op" && !(v.Value > 0 && v.Value < 1e9):
		return errors.New("has no time: want a positive ns/op")
	case !(v.Value >= 0) || math.IsInf(v.Value, 0):
		return fmt.Errorf("has %v %s: want 0 or more", v.OrigValue, v.OrigUnit)
	}
	return nil
}

// cutCPUs takes off a name what go test appends to it on several CPUs.
func cutCPUs(name string) (string, int) {
	i := strings.LastIndexByte(name, '-')
	if i <= 0 {
		return name, 1
	}
	n, err := strconv.Atoi(name[i+1:])
	if err != nil || n < 2 || name[i+1:] != strconv.Itoa(n) {
		return name, 1
	}
	return name[:i], n
}
