package results

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"srhmbench/srhm/spec"
)

// Flat is a table for other programs: every row has a value of the same type in a column.
type Flat struct {
	Columns []Column
	Rows    [][]any
}

// check is a row of the table of checks.
type check struct {
	ID string `json:"id"`
	spec.Check
}

// Sensitivity is one of those of a record.
type Sensitivity struct {
	ID             string  `json:"id"`
	Epoch          int     `json:"epoch"`
	Inputs         int     `json:"inputs"`
	Transformation string  `json:"transformation"`
	Levels         string  `json:"levels"`
	Layer          int     `json:"layer"`
	Level          int     `json:"level"`
	Value          float64 `json:"value"`
	StandardError  float64 `json:"standard_error"`
}

// flatTables says how records become rows.
var flatTables = []struct {
	name string
	row  reflect.Type
	rows func(Record) []any
}{
	{"runs", reflect.TypeFor[Record](), func(r Record) []any { return []any{r} }},
	{"checks", reflect.TypeFor[check](), checksOf},
	{"sensitivities", reflect.TypeFor[Sensitivity](), sensitivityRows},
}

// FlatTables lists what Flatten can make: of a record the runs have one row, the checks one for each look at the
// network, the sensitivities one for each layer, transformation and level that is defined.
func FlatTables() []string {
	var names []string
	for _, t := range flatTables {
		names = append(names, t.name)
	}
	return names
}

// Flatten makes a flat table of records. The error says that there is no such table.
func Flatten(table string, records []Record) (Flat, error) {
	i := slices.Index(FlatTables(), table)
	if i < 0 {
		return Flat{}, fmt.Errorf("table %q: want one of %s", table, strings.Join(FlatTables(), ", "))
	}
	out := Flat{Columns: columnsOf(flatTables[i].row)}
	for _, r := range records {
		for _, row := range flatTables[i].rows(r) {
			values := make([]any, len(out.Columns))
			for k, c := range out.Columns {
				values[k] = c.Value(row)
			}
			out.Rows = append(out.Rows, values)
		}
	}
	return out, nil
}

func checksOf(r Record) (rows []any) {
	for _, c := range r.Result.Checks {
		rows = append(rows, check{r.ID, c})
	}
	return rows
}

func sensitivityRows(r Record) (rows []any) {
	for _, s := range SensitivitiesOf(r) {
		rows = append(rows, s)
	}
	return rows
}

// SensitivitiesOf lists those of a record that are defined.
func SensitivitiesOf(r Record) (list []Sensitivity) {
	s := r.Result.Sensitivities
	if s == nil {
		return nil
	}
	for _, t := range []struct {
		name string
		of   *spec.Responses
	}{{"S", s.Synonyms}, {"D", s.Displacements}} {
		if t.of == nil {
			continue
		}
		row := Sensitivity{ID: r.ID, Epoch: s.Epoch, Inputs: s.Inputs, Transformation: t.name}
		row.Levels = "up_to"
		list = append(list, row.each(t.of.UpTo)...)
		row.Levels = "only"
		list = append(list, row.each(t.of.Only)...)
	}
	return list
}

// each is one for every layer and level of a table.
func (s Sensitivity) each(table [][]*spec.Estimate) (list []Sensitivity) {
	for k, layer := range table {
		for l, e := range layer {
			if e == nil {
				continue
			}
			s.Layer, s.Level, s.Value, s.StandardError = k+1, l+1, e.Value, e.Error
			list = append(list, s)
		}
	}
	return list
}
