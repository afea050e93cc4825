package page

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"srhmbench/bench/compare"
	"srhmbench/internal/human"
	"srhmbench/internal/portable"
)

// Summary is every family on every machine and tier: geometric means over the benchmarks that all of them have.
type Summary struct {
	Columns  []string
	Families []Mean
	columns  []tierColumn
}

// Mean is a row of the summary.
type Mean struct {
	Family     string // or an operation of it
	Benchmarks int
	Cells      []MeanCell
}

// ID is where on the page the family is.
func (m Mean) ID() string { return "family-" + strings.ReplaceAll(m.Family, " ", "-") }

// MeanCell is a family in a column. What was not measured is 0.
type MeanCell struct {
	Rate  float64 // GFLOP/s
	Share float64 // of the roof, in per cent
	Times float64 // times as fast as the slowest column, over the benchmarks of both
	Bar   float64 // 0 to 1, of the fastest column
	Few   int     // benchmarks, if they are fewer than those of the row
}

// Text is the cell in words.
func (c MeanCell) Text() string {
	if c.Rate == 0 {
		return ""
	}
	text := human.Number(c.Rate, 3) + " GFLOP/s"
	if c.Share > 0 {
		text += fmt.Sprintf(", %.0f %%", c.Share)
	}
	return text
}

// Faster is how many times as fast as the slowest column it is, in words.
func (c MeanCell) Faster() string {
	if c.Times == 0 {
		return ""
	}
	return "×" + human.Number(c.Times, 2)
}

// Percent is the length of the bar.
func (c MeanCell) Percent() float64 { return 100 * c.Bar }

// operations are the means of those of a family.
func (s Summary) operations(family string) []Mean {
	var names []string
	for _, c := range s.columns {
		for row := range c.rows {
			if name := compare.Operation(row); compare.Family(row) == family && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	var list []Mean
	for _, name := range names {
		if m, ok := newMean(name, s.columns, func(row string) bool { return compare.Family(row) == family && compare.Operation(row) == name }); ok {
			list = append(list, m)
		}
	}
	return list
}

// measured are the values of a benchmark in a column.
type measured struct{ rate, share, seconds float64 }

// tierColumn is a column of the summary.
type tierColumn struct {
	compare.Column
	rows map[string]measured
}

// newSummary sums up kernels by tier, and our own rows beside other libraries, which have layers on 4 samples.
func newSummary(set *compare.Set) Summary {
	columns := tierColumns(set)
	s := Summary{columns: columns}
	for _, c := range columns {
		s.Columns = append(s.Columns, c.Machine+" "+c.Tier)
	}
	for _, family := range compare.Families {
		m, ok := newMean(family, columns, func(row string) bool { return compare.Family(row) == family })
		if !ok {
			continue
		}
		s.Families = append(s.Families, m)
	}
	return s
}

// tierColumns gathers what was measured, by machine and tier. Only benchmarks with a rate in GFLOP/s count.
func tierColumns(set *compare.Set) []tierColumn {
	rates, err := set.Table("GFLOP/s")
	if err != nil {
		return nil
	}
	var columns []tierColumn
	find := func(c compare.Column) int {
		return slices.IndexFunc(columns, func(t tierColumn) bool { return t.Column == c })
	}
	for _, c := range rates.Columns {
		if _, known := inks[c.Tier]; known {
			columns = append(columns, tierColumn{c, map[string]measured{}})
		}
	}
	for i, c := range rates.Columns {
		c.Tier = strings.TrimPrefix(c.Tier, "srhmbench.")
		at := find(c)
		if at < 0 {
			continue
		}
		for _, r := range rates.Rows {
			if rate := r.Cells[i]; rate > 0 {
				name, column := r.Name, rates.Columns[i]
				columns[at].rows[name] = measured{rate, shareOf(set, name, column), set.Median(name, column, "sec/op")}
			}
		}
	}
	return columns
}

// shareOf is the share of the roof: measured, or of the least time that bench/peers states.
func shareOf(set *compare.Set, row string, c compare.Column) float64 {
	if share := set.Median(row, c, "%roof"); share > 0 {
		return share
	}
	return 100 * set.Median(row, c, "least-sec/op") / set.Median(row, c, "cpu-sec/op")
}

// newMean takes the benchmarks of a family that all columns have, but for the generic ones, which are only measured at small
// sizes, and for columns without any.
func newMean(family string, columns []tierColumn, of func(row string) bool) (Mean, bool) {
	m := Mean{Family: family}
	all := common(of, columns, func(c tierColumn) bool { return c.Tier != "generic" })
	if len(all) == 0 {
		all = common(of, columns, func(tierColumn) bool { return true })
	}
	m.Benchmarks = len(all)
	slowest, fastest := -1, 0.0
	for _, c := range columns {
		cell := c.mean(all)
		if cell.Rate > 0 && (slowest < 0 || cell.Rate < m.Cells[slowest].Rate) {
			slowest = len(m.Cells)
		}
		fastest = max(fastest, cell.Rate)
		m.Cells = append(m.Cells, cell)
	}
	if slowest < 0 {
		return m, false
	}
	for i := range m.Cells {
		if c := &m.Cells[i]; c.Rate > 0 {
			c.Bar, c.Times = c.Rate/fastest, columns[i].faster(columns[slowest], all)
		}
	}
	return m, true
}

// common lists the benchmarks of a kind that all of some columns have.
func common(of func(row string) bool, columns []tierColumn, some func(tierColumn) bool) []string {
	count, most := map[string]int{}, 0
	for _, c := range columns {
		has := false
		for name := range c.rows {
			if some(c) && of(name) {
				count[name]++
				has = true
			}
		}
		if has {
			most++
		}
	}
	var all []string
	for name, n := range count {
		if n == most {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

func (c tierColumn) mean(all []string) MeanCell {
	var rates, shares []float64
	for _, name := range all {
		if x, ok := c.rows[name]; ok {
			rates = append(rates, x.rate)
			if x.share > 0 {
				shares = append(shares, x.share)
			}
		}
	}
	cell := MeanCell{Rate: geometric(rates), Share: geometric(shares)}
	if len(rates) < len(all) {
		cell.Few = len(rates)
	}
	return cell
}

// faster is how many times as fast as another column this one is.
func (c tierColumn) faster(other tierColumn, all []string) float64 {
	var times []float64
	for _, name := range all {
		if x, y := c.rows[name].seconds, other.rows[name].seconds; x > 0 && y > 0 {
			times = append(times, y/x)
		}
	}
	return geometric(times)
}

// geometric is the geometric mean, 0 of nothing.
func geometric(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sum := 0.0
	for _, x := range values {
		sum += portable.Log(x)
	}
	return portable.Exp(sum / float64(len(values)))
}

// hues are the colours of columns in the picture, which have enough contrast on light and dark paper.
var hues = []string{"#7a7f87", "#3b82c4", "#d0562f", "#2e9a6b", "#9a63c4", "#b58a1c", "#c23b78", "#5c6bc0"}

// Picture draws the summary: bars of every family, as long as the rate beside that of the fastest column.
func (s Summary) Picture() template.HTML {
	const width, bar, head, gap, label = 360, 11, 16, 7, 62
	var b strings.Builder
	y := 4
	for _, m := range s.Families {
		fmt.Fprintf(&b, `<text x="0" y="%d" font-weight="600">%s</text>`, y+11, template.HTMLEscapeString(m.Family))
		y += head
		for i, c := range m.Cells {
			if c.Rate == 0 {
				continue
			}
			length := c.Bar * (width - label)
			fmt.Fprintf(&b, `<rect x="0" y="%d" width="%.1f" height="%d" fill="%s"><title>%s: %s</title></rect><text x="%.1f" y="%d">%s %s</text>`,
				y, max(length, 1), bar-2, hues[i%len(hues)], template.HTMLEscapeString(s.Columns[i]), c.Text(), max(length, 1)+3, y+bar-3, human.Number(c.Rate, 3), c.Faster())
			y += bar
		}
		y += gap
	}
	for i, name := range s.Columns {
		fmt.Fprintf(&b, `<rect x="0" y="%d" width="9" height="9" fill="%s"/><text x="14" y="%d">%s</text>`, y, hues[i%len(hues)], y+8, template.HTMLEscapeString(name))
		y += 13
	}
	return template.HTML(fmt.Sprintf(`<svg class="summary" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="geometric means of each family" font-size="9" font-family="system-ui, sans-serif" fill="currentColor">%s</svg>`,
		width, y+2, width, y+2, b.String()))
}
