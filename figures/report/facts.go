package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"srhmbench/figures"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/store"
)

// fact is one line about records.
type fact struct {
	Name   string
	Values []string
}

// facts describes records: how many, of what, how trained, where, at what cost.
func facts(records []store.Record, scale figures.Scale) []fact {
	out := []fact{{"Scale", []string{string(scale)}}, {"Trainings", []string{trainings(records)}}}
	if len(records) == 0 {
		return out
	}
	return append(out,
		fact{"Networks", distinct(records, network)},
		fact{"Tasks", []string{tasks(records)}},
		fact{"Grammars", distinct(records, func(r store.Record) string { return r.Run.Task.Grammar })},
		fact{"Seeds", []string{listed(records, func(r store.Record) uint64 { return r.Run.Seed })}},
		fact{"Protocols", distinct(records, func(r store.Record) string { return protocol(r.Run.Protocol) })},
		fact{"Machines", distinct(records, machine)},
		fact{"Commits", distinct(records, commit)},
		fact{"Cost", []string{cost(records)}},
	)
}

// trainings counts records by how they ended.
func trainings(records []store.Record) string {
	count := map[string]int{}
	for _, r := range records {
		count[string(r.Result.Outcome)]++
	}
	var parts []string
	for _, outcome := range slices.Sorted(maps.Keys(count)) {
		parts = append(parts, fmt.Sprintf("%s %d", outcome, count[outcome]))
	}
	if len(parts) == 0 {
		return "none"
	}
	return fmt.Sprintf("%d (%s)", len(records), strings.Join(parts, ", "))
}

// tasks lists the values of each parameter on its own.
func tasks(records []store.Record) string {
	ints := func(name string, of func(store.Record) int) string { return name + " " + listed(records, of) }
	return strings.Join([]string{
		ints("v", func(r store.Record) int { return r.Run.Task.V }),
		ints("n_c", func(r store.Record) int { return r.Run.Task.NC }),
		ints("m", func(r store.Record) int { return r.Run.Task.M }),
		ints("s", func(r store.Record) int { return r.Run.Task.S }),
		ints("s0", func(r store.Record) int { return r.Run.Task.S0 }),
		ints("L", func(r store.Record) int { return r.Run.Task.L }),
		"sparsity " + strings.Join(distinct(records, func(r store.Record) string { return string(r.Run.Task.Sparsity) }), ", "),
	}, "; ")
}

func network(r store.Record) string {
	n := r.Run.Network
	text := fmt.Sprintf("%s, width %d", zoo.Title(n.Kind), n.Width)
	if _, other, changed := strings.Cut(n.String(), fmt.Sprintf("h=%d ", n.Width)); changed {
		text += ", " + other
	}
	if !n.Bias {
		text += ", no bias"
	}
	return text
}

// machine names the machine and the tier, because a machine may have run several tiers.
func machine(r store.Record) string {
	p := r.Provenance
	text := fmt.Sprintf("%s; tier %s; %s", cmp.Or(p.Machine, "unknown"), p.Tier, p.Go)
	if p.GOAMD64 != "" {
		text += " " + p.GOAMD64
	}
	return text
}

func commit(r store.Record) string {
	if r.Provenance.Dirty {
		return r.Provenance.Commit + " with uncommitted changes"
	}
	return r.Provenance.Commit
}

// cost adds up wall-clock time times cores.
func cost(records []store.Record) string {
	seconds := 0.0
	for _, r := range records {
		seconds += float64(r.Provenance.Seconds * float64(max(1, r.Provenance.Threads)))
	}
	return fmt.Sprintf("%.3f core-hours", seconds/3600)
}

// listed lists different numbers in increasing order.
func listed[T cmp.Ordered](records []store.Record, of func(store.Record) T) string {
	return strings.Join(text(sorted(records, of)), ", ")
}

// distinct lists different texts in alphabetical order.
func distinct(records []store.Record, of func(store.Record) string) []string {
	return sorted(records, of)
}

func sorted[T cmp.Ordered](records []store.Record, of func(store.Record) T) []T {
	set := map[T]bool{}
	for _, r := range records {
		set[of(r)] = true
	}
	return slices.Sorted(maps.Keys(set))
}

func text[T any](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = fmt.Sprint(v)
	}
	return out
}

// union returns the records of all entries, shared ones once.
func union(entries []Entry) []store.Record {
	var all []store.Record
	seen := map[string]bool{}
	for _, e := range entries {
		for _, r := range e.Used {
			if !seen[r.ID] {
				seen[r.ID] = true
				all = append(all, r)
			}
		}
	}
	return all
}
