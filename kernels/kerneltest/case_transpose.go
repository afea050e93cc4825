package kerneltest

import (
	"fmt"

	"srhmbench/kernels"
)

// Transpose moves a matrix, its rows and the result's pad elements apart.
func Transpose(s *Source, rows, cols, pad int) Call {
	dst := s.matrix("dst", cols, rows, pad).out()
	src := s.matrix("src", rows, cols, pad)
	return Call{
		Shape:  fmt.Sprintf("rows=%d cols=%d pad=%d", rows, cols, pad),
		Floats: []Operand{dst, src},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.Transpose(f[0], dst.Stride, f[1], src.Stride, rows, cols)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			out := make([]Truth, 0, rows*cols)
			for c := range cols {
				for r := range rows {
					out = append(out, exactly(float64(f[1][r*src.Stride+c])))
				}
			}
			return [][]Truth{out, nil}, nil
		},
	}
}

func transposeCase(s *Source, each func(Call)) {
	for rows := range 19 {
		for cols := range 19 {
			each(Transpose(s, rows, cols, (rows+cols)%4))
		}
	}
	each(Transpose(s, 33, 65, 2))
}

var transposeOperations = []Operation{{
	Name: "Transpose", Use: Networks, Sizes: []Size{{"rows", 1}, {"cols", 1}},
	Job: func(s map[string]int) Job {
		rows, cols := s["rows"], s["cols"]
		return Job{
			Lengths: []int{rows * cols, rows * cols}, Bytes: 8 * float64(rows*cols),
			Run: func(f [][]float32) { kernels.Transpose(f[0], rows, f[1], cols, rows, cols) },
		}
	},
	Cases: transposeCase,
	Any:   func(s *Source, pick Picker) Call { return Transpose(s, pick(40), pick(80), pick(20)) },
}}
