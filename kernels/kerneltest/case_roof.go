package kerneltest

import (
	"fmt"

	"srhmbench/kernels"
)

// StreamRead sums n elements in an order that is the tier's own.
func StreamRead(s *Source, n int) Call {
	return Call{
		Shape:  fmt.Sprintf("n=%d", n),
		Floats: []Operand{s.vector("src", n)},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			return []float32{kernels.StreamRead(f[0])}
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			var total sum
			for _, x := range f[0][:n/128*128] {
				total.add(x, 1)
			}
			return [][]Truth{nil}, []Truth{total.truth()}
		},
		Loose: true,
	}
}

// PeakFMA has no operands; the number of operations it reports is a tier's own multiple of the loops.
func PeakFMA(loops int) Call {
	return Call{
		Shape: fmt.Sprintf("loops=%d", loops),
		Do: func([][]float32, [][]int32) []float32 {
			per := kernels.PeakFMA(1)
			return []float32{float32(kernels.PeakFMA(loops) - float64(loops)*per), min(1, float32(per))}
		},
		Truth: func([][]float32) ([][]Truth, []Truth) {
			return nil, []Truth{exactly(0), exactly(1)}
		},
		Loose: true,
	}
}

func streamReadCase(s *Source, each func(Call)) {
	for _, n := range []int{0, 1, 127, 128, 129, 255, 256, 384, 1000} {
		each(StreamRead(s, n))
	}
}

func peakFMACase(_ *Source, each func(Call)) {
	for loops := range 4 {
		each(PeakFMA(loops))
	}
}

var roofOperations = []Operation{
	{
		Name: "PeakFMA", Use: Roofs,
		Cases: peakFMACase,
		Any:   func(_ *Source, pick Picker) Call { return PeakFMA(pick(10)) },
	},
	{
		Name: "StreamRead", Use: Roofs,
		Cases: streamReadCase,
		Any:   func(s *Source, pick Picker) Call { return StreamRead(s, pick(2000)) },
	},
}
