package page

import (
	"fmt"
	"math"
	"slices"

	"srhmbench/bench/compare"
	"srhmbench/internal/human"
)

// Family is a table of one operation: its settings, down, in all columns that have any.
type Family struct {
	ID         string // on the page
	Name, Unit string
	Columns    []string
	Lines      []Line
}

// Line is one setting of the operation.
type Line struct {
	Setting string
	Cells   []Cell
}

// Cell is a value, how long its bar is (0 to 1), and the share of the roof; empty if not measured.
type Cell struct {
	Value, Roof string
	Bar         float64
}

// units are tried in this order: the first that an operation has is shown. Of times less is better.
var units = []string{"GFLOP/s", "GB/s", "sec/op"}

// families are the operations of a set, in order of name.
func families(set *compare.Set, prefix string, several bool) []Family {
	tables := map[string]compare.Table{}
	for _, unit := range append(slices.Clone(units), "%roof") {
		if t, err := set.Table(unit); err == nil {
			tables[unit] = t
		}
	}
	var names []string
	for _, r := range tables["sec/op"].Rows {
		if name, _ := family(r.Name); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	var out []Family
	for _, name := range names {
		for _, unit := range units {
			if f := newFamily(name, unit, tables[unit], tables["%roof"], several); len(f.Lines) > 0 {
				f.ID = prefix + name
				out = append(out, f)
				break
			}
		}
	}
	return out
}

// newFamily takes what concerns one operation out of the table of a unit.
func newFamily(name, unit string, t, roofs compare.Table, several bool) Family {
	f := Family{Name: name, Unit: unit}
	var rows []compare.Row
	used := make([]bool, len(t.Columns))
	for _, r := range t.Rows {
		if n, _ := family(r.Name); n != name {
			continue
		}
		rows = append(rows, r)
		for i, x := range r.Cells {
			used[i] = used[i] || x > 0
		}
	}
	for i, c := range t.Columns {
		if used[i] {
			f.Columns = append(f.Columns, title(c, several))
		}
	}
	longest := 0.0
	for _, r := range rows {
		for _, x := range r.Cells {
			if x > longest { // not NaN
				longest = x
			}
		}
	}
	for _, r := range rows {
		_, setting := family(r.Name)
		line := Line{Setting: setting}
		for i, x := range r.Cells {
			if used[i] {
				line.Cells = append(line.Cells, cell(x, unit, longest, fastest(r.Cells), roof(roofs, r.Name, t.Columns[i])))
			}
		}
		f.Lines = append(f.Lines, line)
	}
	return f
}

func title(c compare.Column, several bool) string {
	if several {
		return c.Machine + " " + c.Tier
	}
	return c.Tier
}

// cell has a bar relative to the largest rate of the operation or, of times, to the shortest of its line.
func cell(x float64, unit string, longest, shortest, roof float64) Cell {
	if !(x > 0) {
		return Cell{}
	}
	c := Cell{Value: fmt.Sprintf("%.3g", x), Bar: x / longest}
	if unit == "sec/op" {
		c.Value, c.Bar = human.Duration(x), shortest/x
	}
	if roof > 0 {
		c.Roof = fmt.Sprintf("%.0f %%", roof)
	}
	return c
}

func fastest(cells []float64) float64 {
	least := math.Inf(1)
	for _, x := range cells {
		if x > 0 {
			least = math.Min(least, x)
		}
	}
	return least
}

// roof is the share of the roof that a benchmark has in a column, in per cent; NaN if it is not known.
func roof(t compare.Table, row string, c compare.Column) float64 {
	at := slices.Index(t.Columns, c)
	i := slices.IndexFunc(t.Rows, func(r compare.Row) bool { return r.Name == row })
	if at < 0 || i < 0 {
		return math.NaN()
	}
	return t.Rows[i].Cells[at]
}

// Percent is the length of the bar.
func (c Cell) Percent() float64 { return 100 * c.Bar }
