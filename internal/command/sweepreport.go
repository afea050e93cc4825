package command

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"srhmbench/srhm/spec"
	"srhmbench/srhm/store"
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
func printSearches(w io.Writer, searches []sweep.Search, st *store.Store) error {
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
		found := estimates(k.members, st)
		statuses := map[sweep.Status]int{}
		for _, f := range found {
			statuses[f.Status]++
		}
		value, low, high := pstarText(found, sweep.Combine(found))
		t.line(k.run, value, low, high, counted(statuses))
	}
	return t.Flush()
}

// printRuns writes what varies between cells, and their test errors.
func printRuns(w io.Writer, runs []spec.Run, st *store.Store) error {
	if len(runs) == 0 {
		return nil
	}
	all := pools(runs, func(r spec.Run) spec.Run { return r })
	t := newCells(w, all, "error", "smallest", "largest", "runs")
	for _, k := range all {
		var errs []float64
		sum, outcomes := 0.0, map[spec.Outcome]int{}
		for _, r := range k.members {
			record, _ := st.Get(r.ID())
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
	columns []store.Column
}

func newCells[T any](w io.Writer, all []pool[T], names ...string) cells {
	var runs []spec.Run
	for _, p := range all {
		runs = append(runs, p.run)
	}
	t := cells{tabwriter.NewWriter(w, 0, 0, 2, ' ', 0), store.Varying(runs)}
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

// pstarText writes P* and its interval; where none was found, the limit that the sizes tried give.
func pstarText(found []sweep.PStar, pooled sweep.Pooled) (value, low, high string) {
	size := func(x float64) string { return fmt.Sprintf("%.0f", x) }
	if pooled.N > 0 {
		return size(pooled.Value), size(pooled.Low), size(pooled.High)
	}
	var lows, highs []float64
	for _, f := range found {
		lows, highs = append(lows, f.Low), append(highs, f.High)
	}
	switch all := len(found); all {
	case pooled.NotFound[sweep.NotReached]:
		return ">" + size(slices.Min(lows)), "-", "-"
	case pooled.NotFound[sweep.BelowSmallest]:
		return "<" + size(slices.Max(highs)), "-", "-"
	}
	return "-", "-", "-"
}

// counted lists what became of several trainings or searches: "3 found", "2 found, 1 collapsed".
func counted[K ~string](of map[K]int) string {
	var parts []string
	for _, k := range slices.Sorted(maps.Keys(of)) {
		parts = append(parts, fmt.Sprintf("%d %s", of[k], k))
	}
	return strings.Join(parts, ", ")
}
