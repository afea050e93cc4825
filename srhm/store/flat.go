package store

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

// Response is one number of a table of responses.
type Response struct {
	Transformation string  `json:"transformation"`
	Levels         string  `json:"levels"`
	Layer          int     `json:"layer"`
	Level          int     `json:"level"`
	Value          float64 `json:"value"`
	StandardError  float64 `json:"standard_error"`
}

// sensitivity is a row of the table of sensitivities.
type sensitivity struct {
	ID     string `json:"id"`
	Epoch  int    `json:"epoch"`
	Inputs int    `json:"inputs"`
	Mode   string `json:"mode"`
	Response
}

// moment is a row of the table of trajectories.
type moment struct {
	ID    string  `json:"id"`
	Step  int     `json:"step"`
	Error float64 `json:"error"`
	Response
}

// flatTables says how records become rows.
var flatTables = []struct {
	name string
	row  reflect.Type
	rows func(Record) []any
}{
	{"runs", reflect.TypeFor[Record](), func(r Record) []any { return []any{r} }},
	{"checks", reflect.TypeFor[check](), checksOf},
	{"sensitivities", reflect.TypeFor[sensitivity](), sensitivitiesOf},
	{"trajectories", reflect.TypeFor[moment](), momentsOf},
}

// FlatTables lists what Flatten can make: of a record the runs have one row, the checks one for each look at the
// network, the sensitivities one for each layer, transformation and level that is defined, the trajectories these for
// each look during training.
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

func sensitivitiesOf(r Record) (rows []any) {
	s, mode := r.Result.Sensitivities, "evaluation"
	for s != nil {
		for _, x := range Responses(s.Synonyms, s.Displacements) {
			rows = append(rows, sensitivity{r.ID, s.Epoch, s.Inputs, mode, x})
		}
		s, mode = s.Training, "training"
	}
	return rows
}

func momentsOf(r Record) (rows []any) {
	for _, m := range r.Result.Trajectory {
		for _, x := range Responses(m.Synonyms, m.Displacements) {
			rows = append(rows, moment{r.ID, m.Step, m.Error, x})
		}
	}
	return rows
}

// Responses lists the numbers that are defined of S, synonyms, and D, displacements, which may be nil.
func Responses(synonyms, displacements *spec.Responses) (list []Response) {
	for _, t := range []struct {
		name string
		of   *spec.Responses
	}{{"S", synonyms}, {"D", displacements}} {
		if t.of == nil {
			continue
		}
		list = append(list, Response{Transformation: t.name, Levels: "up_to"}.each(t.of.UpTo)...)
		list = append(list, Response{Transformation: t.name, Levels: "only"}.each(t.of.Only)...)
	}
	return list
}

// each is one for every layer and level of a table.
func (r Response) each(table [][]*spec.Estimate) (list []Response) {
	for k, layer := range table {
		for l, e := range layer {
			if e == nil {
				continue
			}
			r.Layer, r.Level, r.Value, r.StandardError = k+1, l+1, e.Value, e.Error
			list = append(list, r)
		}
	}
	return list
}
