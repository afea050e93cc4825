package page

import (
	"cmp"
	"slices"
	"strings"

	"srhmbench/bench/compare"
	"srhmbench/internal/human"
)

// Beside is our kernels and steps beside the other libraries on one machine.
type Beside struct {
	Machine   string
	Libraries []string
	Rows      []Ratios
}

// Ratios are the times of the libraries over ours, in geometric mean over the benchmarks of a kind that both have.
type Ratios struct {
	Kind  string
	Times []string
}

// besides are the machines on which others were measured with us.
func besides(set *compare.Set) []Beside {
	seconds, err := set.Table("cpu-sec/op")
	if err != nil {
		if seconds, err = set.Table("sec/op"); err != nil {
			return nil
		}
	}
	var list []Beside
	for i, ours := range seconds.Columns {
		if !strings.HasPrefix(ours.Tier, "srhmbench.") {
			continue
		}
		b := Beside{Machine: ours.Machine}
		var others []int
		for k, c := range seconds.Columns {
			if c.Machine == ours.Machine && k != i {
				b.Libraries, others = append(b.Libraries, c.Tier), append(others, k)
			}
		}
		for _, kind := range kindsOf(seconds.Rows) {
			r := Ratios{Kind: kind}
			any := false
			for _, k := range others {
				text := ratio(seconds.Rows, kind, k, i)
				r.Times, any = append(r.Times, text), any || text != ""
			}
			if any {
				b.Rows = append(b.Rows, r)
			}
		}
		if len(b.Rows) > 0 {
			list = append(list, b)
		}
	}
	return list
}

// kindOfRow is an operation with its set of sizes.
func kindOfRow(row string) string {
	operation, rest, _ := strings.Cut(row, "/")
	first, _, _ := strings.Cut(rest, "/")
	return strings.TrimSpace(operation + " " + strings.TrimPrefix(strings.TrimPrefix(first, "shapes="), "net="))
}

func kindsOf(rows []compare.Row) []string {
	var kinds []string
	for _, r := range rows {
		if k := kindOfRow(r.Name); !slices.Contains(kinds, k) {
			kinds = append(kinds, k)
		}
	}
	slices.SortFunc(kinds, func(a, b string) int {
		place := func(kind string) int {
			operation, _, _ := strings.Cut(kind, " ")
			return slices.Index(compare.Families, compare.FamilyOf(operation))
		}
		return cmp.Or(place(a)-place(b), strings.Compare(a, b))
	})
	return kinds
}

func ratio(rows []compare.Row, kind string, other, ours int) string {
	var ratios []float64
	for _, r := range rows {
		if kindOfRow(r.Name) == kind && r.Cells[other] > 0 && r.Cells[ours] > 0 {
			ratios = append(ratios, r.Cells[other]/r.Cells[ours])
		}
	}
	if len(ratios) == 0 {
		return ""
	}
	return "×" + human.Number(geometric(ratios), 3)
}
