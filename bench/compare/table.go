package compare

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"golang.org/x/perf/benchmath"

	"srhmbench/internal/portable"
)

// Table has medians in one unit. A cell that was not measured is NaN.
type Table struct {
	Unit    string
	Columns []Column
	Rows    []Row
	Means   []Row // of a ladder: geometric means, an operation a row
}

// Row is a benchmark in all columns.
type Row struct {
	Name  string
	Cells []float64
}

// tiers are in this order, narrow to wide, after libraries.
var tiers = []string{"generic", "neon", "avx2", "avx512"}

func byTier(a, b string) int {
	return cmp.Or(slices.Index(tiers, a)-slices.Index(tiers, b), strings.Compare(a, b))
}

func (c Column) compare(other Column) int {
	return cmp.Or(strings.Compare(c.Machine, other.Machine), byTier(c.Tier, other.Tier))
}

// Table makes the table of a unit, as sec/op, GFLOP/s, GB/s or %roof.
func (s *Set) Table(unit string) (Table, error) {
	t := Table{Unit: unit}
	rows, columns, units := map[string]bool{}, map[Column]bool{}, map[string]bool{}
	for k := range s.values {
		units[k.unit] = true
		if k.unit == unit {
			rows[k.row], columns[k.column] = true, true
		}
	}
	if len(rows) == 0 {
		return t, fmt.Errorf("unit %q: want one of %s", unit, strings.Join(slices.Sorted(maps.Keys(units)), ", "))
	}
	t.Columns = slices.SortedFunc(maps.Keys(columns), Column.compare)
	for _, name := range slices.SortedFunc(maps.Keys(rows), natural) {
		row := Row{Name: name}
		for _, c := range t.Columns {
			row.Cells = append(row.Cells, median(s.values[key{name, c, unit}]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

func median(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	limits := benchmath.DefaultThresholds
	return benchmath.AssumeNothing.Summary(benchmath.NewSample(slices.Clone(values), &limits), 0.95).Center
}

// natural compares names with numbers by their value.
func natural(a, b string) int {
	for a != "" && b != "" {
		x, y := digits(a), digits(b)
		if x > 0 && y > 0 {
			m, n := strings.TrimLeft(a[:x], "0"), strings.TrimLeft(b[:y], "0")
			if len(m) != len(n) {
				return len(m) - len(n)
			}
			if c := strings.Compare(m, n); c != 0 {
				return c
			}
			a, b = a[x:], b[y:]
			continue
		}
		if a[0] != b[0] {
			return int(a[0]) - int(b[0])
		}
		a, b = a[1:], b[1:]
	}
	return len(a) - len(b)
}

// digits is how many a text begins with.
func digits(s string) int { return len(s) - len(strings.TrimLeft(s, "0123456789")) }

// Mean is the geometric mean of every column, over the rows that have all.
func (t Table) Mean() (mean []float64, rows int) {
	mean = make([]float64, len(t.Columns))
	for _, r := range t.Rows {
		if slices.ContainsFunc(r.Cells, func(x float64) bool { return !(x > 0) }) {
			continue
		}
		rows++
		for i, x := range r.Cells {
			mean[i] += portable.Log(x)
		}
	}
	for i := range mean {
		mean[i] = portable.Exp(mean[i] / float64(rows)) // NaN of no rows
	}
	return mean, rows
}

// Ladder turns times of one machine into how many times faster each tier is than the narrowest measured for
// that benchmark. PeakFMA is left out: its work grows with the width of the tier.
func (t Table) Ladder() (Table, error) {
	if t.Unit != "sec/op" || t.Columns[0].Machine != t.Columns[len(t.Columns)-1].Machine {
		return t, fmt.Errorf("a ladder of %s: want times of one machine", t.Columns[len(t.Columns)-1].Machine)
	}
	l := Table{Unit: "times faster", Columns: t.Columns}
	for _, r := range t.Rows {
		if r.Name == "PeakFMA" {
			continue
		}
		i := slices.IndexFunc(r.Cells, func(x float64) bool { return x > 0 })
		if i < 0 {
			continue
		}
		up := Row{Name: r.Name}
		for _, x := range r.Cells {
			up.Cells = append(up.Cells, r.Cells[i]/x)
		}
		l.Rows = append(l.Rows, up)
	}
	l.Means = l.means()
	return l, nil
}

// means are those of each operation, over the rows that have all tiers.
func (t Table) means() []Row {
	var names []string
	byName := map[string][]Row{}
	for _, r := range t.Rows {
		name, _, _ := strings.Cut(r.Name, "/")
		if byName[name] == nil {
			names = append(names, name)
		}
		byName[name] = append(byName[name], r)
	}
	var means []Row
	for _, name := range names {
		if mean, n := (Table{Columns: t.Columns, Rows: byName[name]}).Mean(); n > 0 {
			means = append(means, Row{fmt.Sprintf("%s, geometric mean of %d", name, n), mean})
		}
	}
	return means
}

// Median returns the median of a benchmark in a column and unit, NaN if it was not measured.
func (s *Set) Median(row string, c Column, unit string) float64 {
	return median(s.values[key{row, c, unit}])
}
