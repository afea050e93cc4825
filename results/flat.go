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

// sensitivity is a row of the table of sensitivities.
type sensitivity struct {
	ID     string `json:"id"`
	Epoch  int    `json:"epoch"`
	Inputs int    `json:"inputs"`
	response
}

// look is a row of the table of trajectories.
type look struct {
	ID    string  `json:"id"`
	Step  int     `json:"step"`
	Error float64 `json:"error"`
	response
}

// response is one of a layer to a transformation at a level.
type response struct {
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
	{"sensitivities", reflect.TypeFor[sensitivity](), sensitivitiesOf},
	{"trajectories", reflect.TypeFor[look](), trajectoryOf},
}

// FlatTables lists what Flatten can make: of a record the runs have one row, the checks one for each look at the
// network, the sensitivities one for each layer, transformation and level that is defined, and the trajectories as many for
// each look at the training under way.
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
	s := r.Result.Sensitivities
	if s == nil {
		return nil
	}
	for _, one := range responses(s.Synonyms, s.Displacements) {
		rows = append(rows, sensitivity{r.ID, s.Epoch, s.Inputs, one})
	}
	return rows
}

func trajectoryOf(r Record) (rows []any) {
	for _, m := range r.Result.Trajectory {
		for _, one := range responses(m.Synonyms, m.Displacements) {
			rows = append(rows, look{r.ID, m.Step, m.Error, one})
		}
	}
	return rows
}

func responses(synonyms, displacements *spec.Responses) (list []response) {
	for _, t := range []struct {
		name string
		of   *spec.Responses
	}{{"S", synonyms}, {"D", displacements}} {
		if t.of == nil {
			continue
		}
		list = append(list, response{Transformation: t.name, Levels: "up_to"}.each(t.of.UpTo)...)
		list = append(list, response{Transformation: t.name, Levels: "only"}.each(t.of.Only)...)
	}
	return list
}

// each is one for every layer and level.
func (r response) each(table [][]*spec.Estimate) (list []response) {
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
