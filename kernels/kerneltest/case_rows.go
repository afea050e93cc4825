package kerneltest

import (
	"fmt"

	"srhmbench/kernels"
)

// GatherRows writes some of the height rows of dst; base and src have as many. The rows it writes read only
// themselves and rows that are not written before them, so that dst may be base or src.
func GatherRows(s *Source, height, width, pad int) Call {
	dst := s.matrix("dst", height, width, pad).out()
	base := s.matrix("base", height, width, pad)
	src := s.matrix("src", height, width, pad)
	scale := s.Float()
	order := s.permutation(height)
	rows := order[:s.Int(height+1)]
	var baseIdx, idx []int32
	idx = append(idx, -7, 1<<30) // ahead of the first offset, hence never read
	offsets := []int32{2}
	for i := range rows {
		fresh := order[i:]
		baseIdx = append(baseIdx, -1)
		if s.Int(3) > 0 {
			baseIdx[i] = fresh[s.Int(len(fresh))]
		}
		for range s.Int(4) {
			idx = append(idx, fresh[s.Int(len(fresh))])
		}
		offsets = append(offsets, int32(len(idx)))
	}
	return Call{
		Shape:  fmt.Sprintf("width=%d pad=%d rows=%v base=%v offsets=%v idx=%v scale=%v", width, pad, rows, baseIdx, offsets, idx, scale),
		Floats: []Operand{dst, base, src},
		Ints:   [][]int32{rows, baseIdx, offsets, idx},
		Do: func(f [][]float32, n [][]int32) []float32 {
			kernels.GatherRows(kernels.Gather{
				Dst:   kernels.Rows{Data: f[0], Stride: dst.Stride, Index: n[0]},
				Base:  kernels.Rows{Data: f[1], Stride: base.Stride, Index: n[1]},
				Src:   kernels.Rows{Data: f[2], Stride: src.Stride, Index: n[3]},
				Start: n[2], Width: width, Scale: scale,
			})
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			out := make([]Truth, height*width)
			for i := range out {
				out[i] = exactly(float64(f[0][i/width*dst.Stride+i%width]))
			}
			for i, r := range rows {
				for j := range width {
					var x sum
					if b := int(baseIdx[i]); b >= 0 {
						x = from(f[1][b*base.Stride+j])
					}
					for _, e := range idx[offsets[i]:offsets[i+1]] {
						x.add(f[2][int(e)*src.Stride+j], scale)
					}
					out[int(r)*width+j] = x.truth()
				}
			}
			return [][]Truth{out, nil, nil}, nil
		},
		Onto: [][2]int{{0, 1}, {0, 2}},
	}
}

func (s *Source) permutation(n int) []int32 {
	p := make([]int32, n)
	for i, j := range s.rand.Perm(n) {
		p[i] = int32(j)
	}
	return p
}

func gatherRowsCase(s *Source, each func(Call)) {
	for width := range 150 {
		each(GatherRows(s, 1+width%7, width, width%4))
		each(GatherRows(s, 9, width, 0))
	}
}

var rowsOperations = []Operation{{
	Name: "GatherRows", Use: Networks, Sizes: []Size{{"rows", 1}, {"fan", 1}, {"width", 1}},
	Job:   gatherRowsJob,
	Cases: gatherRowsCase,
	Any:   func(s *Source, pick Picker) Call { return GatherRows(s, 1+pick(20), pick(256), pick(20)) },
}}

// gatherRowsJob sums fan rows, here and there in as many as there are results, onto one base.
func gatherRowsJob(s map[string]int) Job {
	rows, fan, width := s["rows"], s["fan"], s["width"]
	list, base, offsets, idx := make([]int32, rows), make([]int32, rows), []int32{0}, []int32(nil)
	for i := range list {
		list[i] = int32(i)
		for e := range fan {
			idx = append(idx, int32((i*7+e*3)%rows))
		}
		offsets = append(offsets, int32(len(idx)))
	}
	n := rows * width
	return Job{
		Lengths: []int{n, width, n},
		Run: func(f [][]float32) {
			kernels.GatherRows(kernels.Gather{
				Dst:   kernels.Rows{Data: f[0], Stride: width, Index: list},
				Base:  kernels.Rows{Data: f[1], Stride: width, Index: base},
				Src:   kernels.Rows{Data: f[2], Stride: width, Index: idx},
				Start: offsets, Width: width, Scale: 0.5,
			})
		},
		Flops: float64(fan+1) * float64(n), Bytes: 4 * float64(n+width+n),
	}
}
