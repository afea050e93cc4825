package store

import (
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"srhmbench/srhm/spec"
)

// Column is a column of a flat table: a field of the rows' type, however deep inside.
type Column struct {
	Name string // the flag's, with underscores, where there is one
	Doc  string
	path []int
	typ  reflect.Type // of its values
}

// RunColumns are those of the description of a run.
func RunColumns() []Column { return slices.Clone(runColumns()) }

var runColumns = sync.OnceValue(func() []Column { return columnsOf(reflect.TypeFor[spec.Run]()) })

// Value returns what a row has in the column: a string, bool, int, uint64 or float64.
func (c Column) Value(row any) any {
	return plain(reflect.ValueOf(row).FieldByIndex(c.path))
}

// Varying returns the columns in which runs differ.
func Varying(runs []spec.Run) []Column {
	return slices.DeleteFunc(RunColumns(), func(c Column) bool {
		return !slices.ContainsFunc(runs, func(r spec.Run) bool { return c.Value(r) != c.Value(runs[0]) })
	})
}

// CompareRuns orders runs by their columns, the first in which they differ.
func CompareRuns(a, b spec.Run) int {
	for _, c := range runColumns() {
		if d := CompareValues(c.Value(a), c.Value(b)); d != 0 {
			return d
		}
	}
	return 0
}

// CompareValues orders two values of a column.
func CompareValues(a, b any) int {
	switch a := a.(type) {
	case string:
		return cmp.Compare(a, b.(string))
	case int:
		return cmp.Compare(a, b.(int))
	case uint64:
		return cmp.Compare(a, b.(uint64))
	case float64:
		return cmp.Compare(a, b.(float64))
	case bool:
		return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b))
	}
	panic(fmt.Sprintf("results: a value of type %T in a column", a))
}

// Set puts a value as Value returns it into the column's field of a row that is given by its address. A whole
// number does for a float64. The error says what is wanted.
func (c Column) Set(row, value any) error {
	if n, ok := value.(int); ok && c.typ.Kind() == reflect.Float64 {
		value = float64(n)
	}
	if n, ok := value.(int); ok && c.typ.Kind() == reflect.Uint64 && n >= 0 {
		value = uint64(n)
	}
	to := reflect.ValueOf(row).Elem().FieldByIndex(c.path)
	if reflect.TypeOf(value) != c.typ || to.Kind() != c.typ.Kind() {
		return fmt.Errorf("want %s", wanted[c.typ.Kind()])
	}
	to.Set(reflect.ValueOf(value).Convert(to.Type()))
	return nil
}

// wanted is what a column of a kind takes.
var wanted = map[reflect.Kind]string{
	reflect.String: "a text in quotes", reflect.Bool: "true or false", reflect.Int: "a whole number",
	reflect.Uint64: "a whole number, 0 or more", reflect.Float64: "a number",
}

// Part names the part of a run that the column belongs to: "task", "network", "protocol" or "".
func (c Column) Part() string {
	if len(c.path) == 1 {
		return ""
	}
	f := reflect.TypeFor[spec.Run]().Field(c.path[0])
	if f.Type == reflect.TypeFor[spec.Probe]() {
		return "" // one number
	}
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// renamed holds the columns that are not called as in the JSON of a record.
var renamed = map[string]string{"kind": "net", "l": "L", "p": "P", "run.probe.inputs": "probe", "run.probe.times": "probe_times", "run.probe.training": "probe_training"}

// docs says what columns mean. One without is explained by its place in a record.
var docs = map[string]string{
	"schema": "meaning of the record's fields", "id": "hash of the description of the run",
	"v": "vocabulary size", "nc": "classes n_c", "m": "synonyms per symbol", "s": "children per rule", "s0": "blanks per child", "L": "levels",
	"sparsity": "A or B", "grammar": "where the rules come from",
	"net": "kind of network", "width": "channels per layer", "bias": "has biases",
	"init": "how weights start; empty: as the authors'", "readout": "factor of the output; empty: 1/width", "layers": "hidden layers; 0: L",
	"tied":     "hidden layers that share weights in sub-patches",
	"encoding": "what blanks look like: whitened or zero", "batching": "fixed or shuffled", "batch": "data per class in a fixed batch, or in a shuffled one",
	"lr": "learning rate before multiplication by the width", "momentum": "of the gradient descent",
	"stop_loss": "cross-entropy (nats) at which training stops", "stop_error": "test error at which it stops; 0: never", "max_epochs": "epochs at which it stops",
	"check_every": "epochs between checks", "checkpoint": "rule for the check that counts", "test_size": "test data drawn",
	"P": "training-set size asked for, all classes together", "seed": "of data, initialisation and order", "probe": "inputs that sensitivities are averaged over; 0: not measured",
	"probe_times": "looks a decade of steps during training; 0: none", "probe_training": "sensitivities are measured in training mode, too",
	"outcome": "how the training ended: fitted, decided, max-epochs, collapsed or diverged", "training_size": "training data used",
	"epochs": "epochs trained", "steps": "steps of gradient descent", "loss": "last finite mean cross-entropy of an epoch, nats",
	"error": "test error on unseen data at the check that counts", "fresh_error": "the same on fresh draws, which may hit training data",
	"last_error": "test error on unseen data at the last check", "seen_fraction": "share of fresh draws that are training data", "weights_hash": "of all parameters at the end",
	"commit": "of the program's source", "dirty": "the source had uncommitted changes", "go": "version of the Go toolchain", "goamd64": "v1 to v4",
	"tier": "instruction-set level of the kernels", "threads": "of this training", "machine": "CPU brand, family-model-stepping, logical cores",
	"started": "UTC, RFC 3339", "seconds": "wall-clock time of the training",
	"epoch": "of the check, or of the network measured", "step": "steps until the check", "validation": "error on the validation set; 0 without one",
	"inputs": "data averaged over", "mode": "of batch norm and dropout: evaluation or training", "transformation": "S, synonyms exchanged, or D, symbols displaced", "levels": "up_to: levels 1 to level redrawn; only: that level",
	"layer": "1 to L+1, which is the output", "level": "1 to L", "value": "the sensitivity", "standard_error": "of it, over the inputs",
}

// nested are the fields of a record that do not fit in its row; they have tables of their own.
var nested = map[string]bool{"checks": true, "sensitivities": true, "trajectory": true}

// columnsOf lists the fields of a struct as JSON names them, those of inner structs in their place.
func columnsOf(t reflect.Type) []Column {
	return appendColumns(nil, t, nil, topName(t))
}

// topName makes the places of a run's fields the same inside a record and without one.
func topName(t reflect.Type) string {
	if t == reflect.TypeFor[spec.Run]() {
		return "run."
	}
	return ""
}

func appendColumns(list []Column, t reflect.Type, path []int, above string) []Column {
	for i := range t.NumField() {
		f := t.Field(i)
		here := append(path[:len(path):len(path)], i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch k := f.Type.Kind(); {
		case f.Anonymous:
			list = appendColumns(list, f.Type, here, above)
		case k == reflect.Struct && f.Type != reflect.TypeFor[time.Time]():
			list = appendColumns(list, f.Type, here, above+name+".")
		case !nested[name]:
			list = append(list, newColumn(name, above, here, f.Type))
		}
	}
	return list
}

func newColumn(name, above string, path []int, t reflect.Type) Column {
	c := Column{Name: name, path: path, typ: reflect.TypeOf(plain(reflect.Zero(t)))}
	for _, key := range []string{name, above + name} {
		if other, ok := renamed[key]; ok {
			c.Name = other
		}
	}
	if c.Doc = docs[c.Name]; c.Doc == "" {
		c.Doc = above + name + " of a record"
	}
	return c
}

// plain makes a value one of the few types of tables.
func plain(v reflect.Value) any {
	if t, ok := v.Interface().(time.Time); ok {
		return t.UTC().Format(time.RFC3339Nano)
	}
	switch {
	case v.Kind() == reflect.String:
		return v.String()
	case v.Kind() == reflect.Bool:
		return v.Bool()
	case v.CanInt():
		return int(v.Int())
	case v.CanUint():
		return v.Uint()
	case v.CanFloat():
		return v.Float()
	}
	text, err := json.Marshal(v.Interface())
	if err != nil {
		panic(fmt.Sprintf("results: a field of type %v in a table: %v", v.Type(), err))
	}
	return string(text)
}
