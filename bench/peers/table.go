package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"srhmbench/internal/human"
)

// tableFile returns where the table of a measurement goes. The machine's latest table has a fixed name, so that others
// can link to it.
func tableFile(file string) string {
	return filepath.Join(filepath.Dir(filepath.Dir(file)), "peers.md")
}

// writeTable writes the table of a measurement beside the others of its machine.
func writeTable(file string) error {
	m, err := read(file)
	if err != nil {
		return err
	}
	var text strings.Builder
	if err := m.table(&text); err != nil {
		return err
	}
	return os.WriteFile(tableFile(file), []byte(text.String()), 0o666)
}

// table prints for every goal how fast we are, how near to the roof, which peer is best, and whether that is enough.
func (m *measurement) table(w io.Writer) error {
	list, err := classes()
	if err != nil {
		return err
	}
	var rows strings.Builder
	var t tally
	for _, c := range list {
		m.class(&rows, c, &t)
	}
	if t.measured == 0 {
		return fmt.Errorf("%s: nothing of the goals was measured", m.file)
	}
	fmt.Fprintf(w, "# Our kernels beside others\n\n")
	fmt.Fprintf(w, "Written by `make bench-peers` from [peers/%s](peers/%[1]s), commit %.12s%s, on machine %s: of every benchmark the best\n", filepath.Base(m.file),
		m.config["commit"], map[bool]string{true: " with changes"}[m.config["dirty"] == "true"], m.config["machine"])
	fmt.Fprint(w, "of the rounds, in CPU time of one core. The roof is that of the operations, PeakFMA, or that of the least traffic,\n"+
		"StreamRead from as large a working set, whichever takes longer; both were measured between the benchmarks. Writes go\n"+
		"beside reads and do not count, and several streams can be read faster than the one of StreamRead. A kernel wins if no\n"+
		"peer is faster. The package comment of `bench/peers` says what is compared, `goals.go` where the goals are from.\n\n")
	fmt.Fprintf(w, "Of %d benchmarks with peers we win %d and lose %d.\n\n", t.wins+len(t.loses), t.wins, len(t.loses))
	bullets(w, "Loses", t.loses)
	fmt.Fprintf(w, "Of %d goals %d are reached and %d missed.\n\n", t.reached+len(t.missed), t.reached, len(t.missed))
	bullets(w, "Misses", t.missed)
	fmt.Fprint(w, rows.String())
	m.libraries(w)
	return nil
}

func bullets(w io.Writer, verb string, list []string) {
	for _, x := range list {
		fmt.Fprintf(w, "- %s: %s\n", verb, x)
	}
	if len(list) > 0 {
		fmt.Fprintln(w)
	}
}

// tally counts verdicts and names the bad ones.
type tally struct {
	measured, wins, reached int
	loses, missed           []string
}

func (m *measurement) class(w io.Writer, c class, t *tally) {
	fmt.Fprintf(w, "## %s\n\n", c.title)
	if c.note != "" {
		fmt.Fprintf(w, "%s\n\n", c.note)
	}
	fmt.Fprint(w, "| | ours | time | of the roof | the roof | best peer | its time / ours | | goal | |\n")
	fmt.Fprint(w, "|---|--:|--:|--:|---|---|--:|---|---|---|\n")
	for _, g := range c.goals {
		ours, ok := m.ours[g.name]
		if !ok || ours.least == 0 {
			fmt.Fprintf(w, "| %s | not measured | | | | | | | %s | |\n", g.sizes, g.text())
			continue
		}
		t.measured++
		library, time := m.peer(g.name)
		ratio, beside := "", "no peer"
		if library != "" {
			ratio, beside = fmt.Sprintf("%.3f", time/ours.time), "wins"
			if time < ours.time {
				beside = "**LOSES**"
				t.loses = append(t.loses, fmt.Sprintf("%s: %s; %s takes %.3f of our time", c.title, g.sizes, library, time/ours.time))
			} else {
				t.wins++
			}
		}
		verdict := ""
		if why, asked := g.judge(m, ours, time); asked && why == "" {
			verdict = "reached"
			t.reached++
		} else if asked {
			verdict = "**missed**"
			t.missed = append(t.missed, fmt.Sprintf("%s: %s; %s; its roof is %s", c.title, g.sizes, why, ours.roof()))
		}
		fmt.Fprintf(w, "| %s | %s | %s | %.1f %% | %s | %s | %s | %s | %s | %s |\n", g.sizes, human.Number(ours.rate, 3)+" "+ours.unit, human.Duration(ours.time),
			100*ours.least/ours.time, ours.roof(), library, ratio, beside, g.text(), verdict)
	}
	fmt.Fprintln(w)
}

// judge returns why a goal is missed, "" if it is reached, and whether anything is asked for on this tier.
func (g goal) judge(m *measurement, ours speed, peer float64) (why string, asked bool) {
	var off []string
	if g.share > 0 {
		asked = true
		if got := 100 * g.least(ours) / ours.time; got < g.share {
			off = append(off, fmt.Sprintf("%.1f %% where %g are wanted", got, g.share))
		}
	}
	if g.ratio > 0 && peer > 0 {
		asked = true
		if got := peer / ours.time; got < g.ratio {
			off = append(off, fmt.Sprintf("%.3f times the best peer where %g are wanted", got, g.ratio))
		}
	}
	if g.rate > 0 && (g.on == "" || strings.HasSuffix(m.us, "."+g.on)) {
		asked = true
		if ours.rate < g.rate {
			off = append(off, fmt.Sprintf("%s GFLOP/s where %g are wanted", human.Number(ours.rate, 3), g.rate))
		}
	}
	return strings.Join(off, " and "), asked
}

// least returns the time that the goal is a share of.
func (g goal) least(ours speed) float64 {
	if g.ofPeak {
		return ours.ops
	}
	return ours.least
}

// text returns the goal in words.
func (g goal) text() string {
	var list []string
	if g.share > 0 {
		list = append(list, fmt.Sprintf("≥ %g %%", g.share)+map[bool]string{true: " of the multiply-adds"}[g.ofPeak])
	}
	if g.ratio > 0 {
		list = append(list, fmt.Sprintf("≥ %g × the best peer", g.ratio))
	}
	if g.rate > 0 {
		list = append(list, fmt.Sprintf("≥ %g GFLOP/s", g.rate)+map[bool]string{true: " with " + g.on}[g.on != ""])
	}
	return strings.Join(list, ", ")
}

// roof names the bound that applies.
func (s speed) roof() string {
	if s.ops >= s.least {
		return fmt.Sprintf("operations at %s GFLOP/s", human.Number(s.peak, 3))
	}
	return fmt.Sprintf("reads at %s GB/s", human.Number(s.read, 3))
}

// libraries prints what was compared: the comments about libraries, and what was skipped.
func (m *measurement) libraries(w io.Writer) {
	fmt.Fprint(w, "## Libraries\n\n")
	seen := map[string]bool{}
	for _, n := range m.notes {
		if !seen[n] && (strings.HasPrefix(n, "library ") || strings.HasPrefix(n, "convolutions ") || strings.HasPrefix(n, "skipped ") || strings.HasPrefix(n, "witness ")) {
			seen[n] = true
			fmt.Fprintf(w, "- %s\n", n)
		}
	}
}
