package store

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"srhmbench/srhm/spec"
)

// anyRecords draws records with text that is awkward in a table.
func anyRecords(t *rapid.T) []Record {
	var list []Record
	for p := range rapid.IntRange(0, 5).Draw(t, "n") {
		r := anyRecord(t, p+1)
		r.Provenance.Commit = rapid.SampledFrom([]string{"", "a,b", "\"", " x ", "\r\n", "ü", `\.`}).Draw(t, "commit")
		r.Provenance = r.Provenance.clean()
		if s := r.Result.Sensitivities; s != nil {
			r.Result.Trajectory = []spec.Moment{{Step: 3, Error: 0.5, Synonyms: s.Synonyms, Displacements: s.Displacements}}
		}
		list = append(list, r)
	}
	return list
}

// What is written reads back as the same values, in both formats.
func TestFlatRoundTrip(t *testing.T) {
	for _, name := range FlatTables() {
		for format, read := range map[string]func([]byte, Flat) ([][]any, error){"csv": readCSV, "parquet": readParquet} {
			t.Run(name+"-"+format, func(t *testing.T) {
				rapid.Check(t, func(t *rapid.T) {
					want, err := Flatten(name, anyRecords(t))
					if err != nil {
						t.Fatal(err)
					}
					var b bytes.Buffer
					if err := want.Write(&b, format); err != nil {
						t.Fatal(err)
					}
					got, err := read(b.Bytes(), want)
					if err != nil || !reflect.DeepEqual(got, want.Rows) && len(got)+len(want.Rows) > 0 {
						t.Fatalf("%v\ngot  %v\nwant %v", err, got, want.Rows)
					}
				})
			})
		}
	}
}

func readCSV(text []byte, f Flat) ([][]any, error) {
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	var rows [][]any
	for _, line := range lines[1:] {
		row := make([]any, len(line))
		for i, s := range line {
			if row[i], err = parse(s, f.Columns[i].typ.Kind()); err != nil {
				return nil, err
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func parse(s string, k reflect.Kind) (any, error) {
	switch k {
	case reflect.Bool:
		return strconv.ParseBool(s)
	case reflect.Int:
		return strconv.Atoi(s)
	case reflect.Uint64:
		return strconv.ParseUint(s, 10, 64)
	case reflect.Float64:
		return strconv.ParseFloat(s, 64)
	}
	return s, nil
}

// readParquet looks at the columns as any other program does: by name and physical type.
func readParquet(b []byte, f Flat) ([][]any, error) {
	file, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	var names []string
	for _, c := range file.Schema().Columns() {
		names = append(names, strings.Join(c, "."))
	}
	if len(names) != len(f.Columns) {
		return nil, fmt.Errorf("columns %v", names)
	}
	r := parquet.NewReader(file)
	defer r.Close()
	var rows [][]any
	buf := make([]parquet.Row, 1)
	for {
		n, err := r.ReadRows(buf)
		if n == 1 {
			row := make([]any, len(names))
			for i, v := range buf[0] {
				if names[i] != f.Columns[i].Name {
					return nil, fmt.Errorf("column %d is %q, want %q", i, names[i], f.Columns[i].Name)
				}
				row[i] = native(v, f.Columns[i].typ.Kind())
			}
			rows = append(rows, row)
		}
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

func native(v parquet.Value, k reflect.Kind) any {
	switch k {
	case reflect.Bool:
		return v.Boolean()
	case reflect.Int:
		return int(v.Int64())
	case reflect.Uint64:
		return v.Uint64()
	case reflect.Float64:
		return v.Double()
	}
	return string(v.ByteArray())
}

// Columns have the words of the house, each once, with an explanation.
func TestColumns(t *testing.T) {
	for _, name := range FlatTables() {
		f, err := Flatten(name, []Record{sample(1)})
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, c := range f.Columns {
			if seen[c.Name] {
				t.Errorf("%s: two columns %q", name, c.Name)
			}
			seen[c.Name] = true
			if strings.HasSuffix(c.Doc, " of a record") && !strings.HasPrefix(c.Doc, "run.network.") {
				t.Errorf("%s: column %q is not explained", name, c.Name)
			}
		}
	}
	var names []string
	for _, c := range RunColumns() {
		names = append(names, c.Name)
	}
	for _, want := range []string{"v", "nc", "m", "s", "s0", "L", "sparsity", "grammar", "net", "width", "bias", "lr", "stop_loss", "P", "seed", "probe"} {
		if !slices.Contains(names, want) {
			t.Errorf("no column %q among %v", want, names)
		}
	}
	if _, err := Flatten("figures", nil); err == nil || !strings.Contains(err.Error(), "want one of runs, checks, sensitivities, trajectories") {
		t.Errorf("error %v", err)
	}
}

// A field of a description that is no number or text is still told apart.
func TestPlainOfAnything(t *testing.T) {
	type odd struct {
		List *[]int `json:"list"`
	}
	c := columnsOf(reflect.TypeFor[odd]())
	if len(c) != 1 || c[0].Value(odd{}) != "null" || c[0].Value(odd{&[]int{1, 2}}) != "[1,2]" {
		t.Errorf("columns %+v", c)
	}
}

func TestMerge(t *testing.T) {
	a, b, dir := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "both")
	fill := func(dir string, sizes ...int) {
		s := mustOpen(dir)
		defer s.Close()
		for _, p := range sizes {
			if err := s.Append(sample(p)); err != nil {
				t.Fatal(err)
			}
		}
	}
	fill(a, 1, 2, 3)
	fill(b, 3, 4)
	for _, want := range []int{4, 0} { // the second time nothing is new
		if added, err := merge(dir, a, b); err != nil || added != want {
			t.Fatalf("%d added, %v, want %d", added, err, want)
		}
	}
	got, err := OpenReadOnly(dir)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range got.Records() {
		if !reflect.DeepEqual(r, sample(i+1)) {
			t.Errorf("record %d is %+v", i, r)
		}
	}

	// Two results for one run are found out before anything is written.
	other := sample(2)
	other.Result.Error = 0.7
	c := t.TempDir()
	s := mustOpen(c)
	if err := s.Append(other); err != nil {
		t.Fatal(err)
	}
	s.Close()
	before, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := merge(dir, b, c); err == nil || !strings.Contains(err.Error(), "different result") {
		t.Errorf("error %v", err)
	}
	if after, _ := os.ReadFile(filepath.Join(dir, FileName)); !bytes.Equal(before, after) {
		t.Error("the store was changed")
	}
	if _, err := merge(filepath.Join(dir, "new"), filepath.Join(dir, "nowhere")); err == nil {
		t.Error("no error for a file that is not there")
	}
	if _, err := os.Stat(filepath.Join(dir, "new")); err == nil {
		t.Error("a store was made for nothing")
	}
}
