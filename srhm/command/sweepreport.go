package command

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"srhmbench/results"
	"srhmbench/srhm/spec"
	"srhmbench/srhm/sweep"
)

// pool is what several grammars and seeds have in common, and its members.
type pool[T any] struct {
	run     spec.Run
	members []T
}

// pools groups things by their runs, whatever grammar and seed, in order of first mention.
func pools[T any](list []T, runOf func(T) spec.Run) (out []pool[T]) {
	place := map[string]int{}
	for _, x := range list {
		r := runOf(x)
		r.Task.Grammar, r.Seed = "", 0
		i, known := place[r.ID()]
		if !known {
			i = len(out)
			place[r.ID()] = i
			out = append(out, pool[T]{run: r})
		}
		out[i].members = append(out[i].members, x)
	}
	return out
}

// printSearches writes what varies between cells, and their P*.
func printSearches(w io.Writer, searches []sweep.Search, store *results.Store) error {
	if len(searches) == 0 {
		return nil
	}
	all := pools(searches, func(s sweep.Search) spec.Run {
		r := s.RunAt(1)
		r.P = 0
		return r
	})
	t := newCells(w, all, "P*", "low", "high", "searches")
	for _, k := range all {
		found := estimates(k.members, store)
		pooled := sweep.Combine(found)
		p := newInterval(pooled.Value, pooled.Low, pooled.High)
		if len(found) == 1 { // also where it was not found, its limits are
			p.Low, p.High = newInterval(0, found[0].Low, found[0].High).Low, newInterval(0, found[0].Low, found[0].High).High
		}
		statuses := map[sweep.Status]int{}
		for _, f := range found {
			statuses[f.Status]++
		}
		t.line(k.run, sizeOrUnknown(p.Value), sizeOrUnknown(p.Low), sizeOrUnknown(p.High), counted(statuses))
	}
	return t.Flush()
}

// printRuns writes what varies between cells, and their test errors.
func printRuns(w io.Writer, runs []spec.Run, store *results.Store) error {
	if len(runs) == 0 {
		return nil
	}
	all := pools(runs, func(r spec.Run) spec.Run { return r })
	t := newCells(w, all, "error", "smallest", "largest", "runs")
	for _, k := range all {
		var errs []float64
		sum, outcomes := 0.0, map[spec.Outcome]int{}
		for _, r := range k.members {
			record, _ := store.Get(r.ID())
			errs, sum = append(errs, record.Result.Error), sum+record.Result.Error
			outcomes[record.Result.Outcome]++
		}
		four := func(x float64) string { return fmt.Sprintf("%.4f", x) }
		t.line(k.run, four(sum/float64(len(errs))), four(slices.Min(errs)), four(slices.Max(errs)), counted(outcomes))
	}
	return t.Flush()
}

// cells is a text table with a line for each cell of a grid.
type cells struct {
	*tabwriter.Writer
	columns []results.Column
}

func newCells[T any](w io.Writer, all []pool[T], names ...string) cells {
	var runs []spec.Run
	for _, p := range all {
		runs = append(runs, p.run)
	}
	t := cells{tabwriter.NewWriter(w, 0, 0, 2, ' ', 0), results.Varying(runs)}
	var head []string
	for _, c := range t.columns {
		head = append(head, c.Name)
	}
	fmt.Fprintln(t, strings.Join(append(head, names...), "\t"))
	return t
}

func (t cells) line(run spec.Run, values ...string) {
	var all []string
	for _, c := range t.columns {
		all = append(all, fmt.Sprint(c.Value(run)))
	}
	fmt.Fprintln(t, strings.Join(append(all, values...), "\t"))
}

// sizeOrUnknown writes a training-set size, or that it is not known.
func sizeOrUnknown(x *float64) string {
	if x == nil {
		return "?"
	}
	return fmt.Sprintf("%.0f", *x)
}

// counted lists what became of several trainings or searches: "3 found", "2 found, 1 collapsed".
func counted[K ~string](of map[K]int) string {
	var parts []string
	for _, k := range slices.Sorted(maps.Keys(of)) {
		parts = append(parts, fmt.Sprintf("%d %s", of[k], k))
	}
	return strings.Join(parts, ", ")
}
