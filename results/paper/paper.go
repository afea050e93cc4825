// Package paper holds the published numbers: the points of the paper's figures, read off the pictures.
// README.md says how, and how well.
package paper

import (
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"
	"strconv"
	"sync"
)

//go:embed *.csv
var files embed.FS

// Point is one point of a published figure. What a figure does not state, or what does not apply, is
// empty or 0.
type Point struct {
	Figure, Panel string
	Network       string
	Sparsity      string
	S, S0, L      int
	V, NC, M      int
	Depth         string // of the layer
	Level         string // of the transformation
	Quantity      string // test error, S or D
	XName         string
	X             float64
	YName         string
	Y             float64
	Note          string
}

// Points returns the points of a panel, such as ("4", "B"), in the order of the file; of all panels of
// the figure if panel is empty.
func Points(figure, panel string) []Point {
	all, err := load()
	if err != nil {
		panic(err) // the files are part of the program, and a test reads them all
	}
	var out []Point
	for _, p := range all {
		if p.Figure == figure && (panel == "" || p.Panel == panel) {
			out = append(out, p)
		}
	}
	return out
}

var load = sync.OnceValues(func() ([]Point, error) {
	names, err := fs.Glob(files, "*.csv")
	if err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	var all []Point
	for _, name := range names {
		points, err := read(name)
		if err != nil {
			return nil, fmt.Errorf("paper: %s: %w", name, err)
		}
		all = append(all, points...)
	}
	return all, nil
})

func read(name string) ([]Point, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("no header")
	}
	points := make([]Point, len(rows)-1)
	for i, row := range rows[1:] {
		if err := points[i].fill(rows[0], row); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+2, err)
		}
	}
	return points, nil
}

// fill sets the fields that a row's columns name. Every file has x and y; the curves also say which
// layer, level and quantity they show.
func (p *Point) fill(header, row []string) error {
	fields := map[string]any{
		"figure": &p.Figure, "panel": &p.Panel, "network": &p.Network, "sparsity": &p.Sparsity,
		"s": &p.S, "s0": &p.S0, "L": &p.L, "v": &p.V, "n_c": &p.NC, "m": &p.M,
		"depth": &p.Depth, "level": &p.Level, "quantity": &p.Quantity,
		"x_name": &p.XName, "x": &p.X, "y_name": &p.YName, "y": &p.Y, "note": &p.Note,
	}
	for i, column := range header {
		if err := set(fields[column], row[i]); err != nil {
			return fmt.Errorf("column %q: %w", column, err)
		}
	}
	return nil
}

// set reads a value that may be empty.
func set(to any, value string) (err error) {
	if value == "" {
		return nil
	}
	switch to := to.(type) {
	case *string:
		*to = value
	case *int:
		*to, err = strconv.Atoi(value)
	case *float64:
		*to, err = strconv.ParseFloat(value, 64)
	default:
		err = fmt.Errorf("unknown")
	}
	return err
}
