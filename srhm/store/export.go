package store

import (
	"encoding/csv"
	"fmt"
	"io"
	"reflect"
	"strconv"

	"github.com/parquet-go/parquet-go"
)

// Formats lists what [Flat.Write] can write.
var Formats = []string{"csv", "parquet"}

// Write writes the table in a format.
func (f Flat) Write(w io.Writer, format string) error {
	switch format {
	case "csv":
		return f.writeCSV(w)
	case "parquet":
		return f.writeParquet(w)
	}
	return fmt.Errorf("format %q: want one of %v", format, Formats)
}

// writeCSV writes a header and the rows, floats with as many digits as it takes to read them back.
func (f Flat) writeCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	line := make([]string, len(f.Columns))
	for i, c := range f.Columns {
		line[i] = c.Name
	}
	out.Write(line) // the first error of all is that of Error
	for _, row := range f.Rows {
		for i, v := range row {
			if x, ok := v.(float64); ok {
				line[i] = strconv.FormatFloat(x, 'g', -1, 64)
			} else {
				line[i] = fmt.Sprint(v)
			}
		}
		out.Write(line)
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("results: %w", err)
	}
	return nil
}

// writeParquet writes one row group, every column required, compressed.
func (f Flat) writeParquet(w io.Writer) error {
	row := reflect.New(f.rowType())
	out := parquet.NewWriter(w, parquet.SchemaOf(row.Interface()), parquet.Compression(&parquet.Snappy))
	for _, values := range f.Rows {
		for i, v := range values {
			row.Elem().Field(i).Set(reflect.ValueOf(v))
		}
		if err := out.Write(row.Interface()); err != nil {
			return fmt.Errorf("results: %w", err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("results: %w", err)
	}
	return nil
}

// rowType is a struct with a field for each column: what the library makes a schema of, in this order.
func (f Flat) rowType() reflect.Type {
	fields := make([]reflect.StructField, len(f.Columns))
	for i, c := range f.Columns {
		fields[i] = reflect.StructField{
			Name: fmt.Sprintf("C%d", i), Type: c.typ,
			Tag: reflect.StructTag(fmt.Sprintf(`parquet:"%s"`, c.Name)),
		}
	}
	return reflect.StructOf(fields)
}
