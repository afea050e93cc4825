package net

import (
	"io"

	"srhmbench/srhm/numpy"
)

// WriteNPZ writes the tensors of a network, and texts beside them, for numpy.load. Call Sync before.
func WriteNPZ(w io.Writer, n Stored, texts ...numpy.Text) error {
	var arrays []numpy.Array
	for _, t := range n.Tensors() {
		var row []float32
		arrays = append(arrays, numpy.Array{Name: t.Name, Type: numpy.Float32, Shape: t.Shape, Row: func(b []byte, i int) []byte {
			row = t.Row(row[:0], i)
			return numpy.AppendFloat32s(b, row...)
		}})
	}
	return numpy.WriteNPZ(w, arrays, texts...)
}
