package main

import (
	"fmt"
	"math"
	"os"
	"strings"

	"golang.org/x/perf/benchfmt"
)

// measurement is the content of a file: the best of the rounds for everything.
type measurement struct {
	file   string
	config map[string]string
	notes  []string // its comments
	us     string   // our name among the libraries
	best   map[timed]float64
	ours   map[string]speed
}

// timed is a benchmark of a library.
type timed struct{ name, lib string }

// speed is the result of a benchmark of ours: its time, the least time the roofs allow and that of its operations
// alone, in seconds; its rate in a unit; and the roofs, in GFLOP/s and GB/s. What was not measured is 0.
type speed struct {
	time, least, ops, rate float64
	unit                   string
	peak, read             float64
}

// read reads a measurement that has benchmarks of ours. Times are CPU times where there are any, and else wall-clock
// times.
func read(file string) (*measurement, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	m := &measurement{file: file, config: map[string]string{}, best: map[timed]float64{}, ours: map[string]speed{}}
	for line := range strings.Lines(string(text)) {
		if note, ok := strings.CutPrefix(line, "# "); ok {
			m.notes = append(m.notes, strings.TrimSpace(note))
		}
	}
	for r := benchfmt.NewReader(strings.NewReader(string(text)), file); r.Scan(); {
		result, ok := r.Result().(*benchfmt.Result)
		if !ok {
			continue
		}
		for _, c := range result.Config {
			m.config[c.Key] = string(c.Value)
		}
		m.add(result)
	}
	if m.us == "" {
		return nil, fmt.Errorf("%s: no benchmarks of srhmbench", file)
	}
	return m, nil
}

func (m *measurement) add(result *benchfmt.Result) {
	name, library, _ := strings.Cut(result.Name.String(), "/lib=")
	t, ok := result.Value("cpu-sec/op")
	if !ok {
		t, ok = result.Value("sec/op")
	}
	if !ok {
		return
	}
	key := timed{name, library}
	m.best[key] = shorter(m.best[key], t)
	if !strings.HasPrefix(library, "srhmbench.") {
		return
	}
	m.us = library
	s := m.ours[name]
	s.time = m.best[key]
	for _, v := range result.Values {
		switch v.Unit {
		case "least-sec/op":
			s.least = shorter(s.least, v.Value)
		case "ops-sec/op":
			s.ops = shorter(s.ops, v.Value)
		case "roof-GFLOP/s":
			s.peak = max(s.peak, v.Value)
		case "roof-GB/s":
			s.read = max(s.read, v.Value)
		case "GFLOP/s", "GB/s":
			s.rate, s.unit = max(s.rate, v.Value), v.Unit
		}
	}
	m.ours[name] = s
}

// shorter returns the shorter of two times, the first of which may be unknown.
func shorter(old, t float64) float64 {
	if old == 0 {
		return t
	}
	return min(old, t)
}

// peer returns the fastest other library; its time is 0 if there is none.
func (m *measurement) peer(name string) (library string, time float64) {
	time = math.Inf(1)
	for b, t := range m.best {
		if b.name == name && b.lib != m.us && (t < time || t == time && b.lib < library) {
			library, time = b.lib, t
		}
	}
	if library == "" {
		return "", 0
	}
	return library, time
}
