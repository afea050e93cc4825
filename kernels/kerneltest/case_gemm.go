package kerneltest

import (
	"fmt"

	"srhmbench/kernels"
)

// GEMM is a product with panelled B, its rows pad elements apart.
func GEMM(s *Source, m, n, k, pad int, accumulate bool) Call {
	c := s.matrix("c", m, n, pad).out()
	a := s.matrix("a", m, k, pad)
	b := s.vector("b", kernels.Panelled(k, n))
	return Call{
		Shape:  fmt.Sprintf("m=%d n=%d k=%d pad=%d accumulate=%t", m, n, k, pad, accumulate),
		Floats: []Operand{c, a, b},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.GEMM(f[0], c.Stride, f[1], a.Stride, f[2], m, n, k, accumulate)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			out := make([]Truth, 0, m*n)
			for i := range m {
				for j := range n {
					var dot sum
					if accumulate {
						dot = from(f[0][i*c.Stride+j])
					}
					for kk := range k {
						dot.add(f[1][i*a.Stride+kk], f[2][kernels.PanelIndex(k, kk, j)])
					}
					out = append(out, dot.truth())
				}
			}
			return [][]Truth{out, nil, nil}, nil
		},
	}
}

// GEMMT is the product with the transpose, of some rows of a panelled matrix that has more.
func GEMMT(s *Source, rows, n, width, pad int) Call {
	ct := s.matrix("ct", rows, width, pad).out()
	w := s.matrix("w", n/16, 16*rows, 16*pad)
	zt := s.matrix("zt", n, width, pad)
	return Call{
		Shape:  fmt.Sprintf("rows=%d n=%d width=%d pad=%d", rows, n, width, pad),
		Floats: []Operand{ct, w, zt},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.GEMMT(f[0], ct.Stride, f[1], w.Stride, f[2], zt.Stride, rows, n, width)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			out := make([]Truth, 0, rows*width)
			for i := range rows {
				for j := range width {
					var dot sum
					for col := range n {
						dot.add(f[1][col/16*w.Stride+16*i+col%16], f[2][col*zt.Stride+j])
					}
					out = append(out, dot.truth())
				}
			}
			return [][]Truth{out, nil, nil}, nil
		},
	}
}

// GEMMNT is the product of a few rows with the transpose of some rows of a panelled matrix that has more.
func GEMMNT(s *Source, m, rows, n, pad int) Call {
	c := s.matrix("c", m, rows, pad).out()
	z := s.matrix("z", m, n, pad)
	w := s.matrix("w", n/16, 16*rows, 16*pad)
	return Call{
		Shape:  fmt.Sprintf("m=%d rows=%d n=%d pad=%d", m, rows, n, pad),
		Floats: []Operand{c, z, w},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.GEMMNT(f[0], c.Stride, f[1], z.Stride, f[2], w.Stride, m, rows, n)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			out := make([]Truth, 0, m*rows)
			for i := range m {
				for j := range rows {
					var dot sum
					for col := range n {
						dot.add(f[1][i*z.Stride+col], f[2][col/16*w.Stride+16*j+col%16])
					}
					out = append(out, dot.truth())
				}
			}
			return [][]Truth{out, nil, nil}, nil
		},
	}
}

// MomentumGEMM is a gradient and momentum step on panelled weights.
func MomentumGEMM(s *Source, k, n, samples, pad int) Call {
	w := s.vector("w", kernels.Panelled(k, n)).out()
	m := s.vector("m", kernels.Panelled(k, n)).out()
	a := s.matrix("a", samples, k, pad)
	z := s.matrix("z", samples, n, pad)
	mu, lr := s.Float(), s.Float()
	return Call{
		Shape:  fmt.Sprintf("k=%d n=%d samples=%d pad=%d mu=%v lr=%v", k, n, samples, pad, mu, lr),
		Floats: []Operand{w, m, a, z},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.MomentumGEMM(f[0], f[1], f[2], a.Stride, f[3], z.Stride, k, n, samples, mu, lr)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			wt, mt := make([]Truth, k*n), make([]Truth, k*n)
			for row := range k {
				for col := range n {
					var g sum
					for b := range samples {
						g.add(f[2][b*a.Stride+row], f[3][b*z.Stride+col])
					}
					at := kernels.PanelIndex(k, row, col)
					g.add(mu, f[1][at])
					next := from(f[0][at])
					next.addScaled(-lr, g)
					mt[at], wt[at] = g.truth(), next.truth()
				}
			}
			return [][]Truth{wt, mt, nil, nil}, nil
		},
	}
}

func gemmCase(s *Source, each func(Call)) {
	for m := range 27 {
		for _, n := range []int{16, 32, 48, 64, 80, 112} {
			for _, k := range []int{0, 1, 4, 7} {
				each(GEMM(s, m, n, k, (m+k)%4, (m+n/16+k)%2 == 0))
			}
		}
	}
	for _, m := range []int{1, 5, 13} {
		for _, accumulate := range []bool{false, true} {
			each(GEMM(s, m, 0, 3, 1, accumulate))
			each(GEMM(s, m, 48, 100, 0, accumulate))
		}
	}
}

func gemmTCase(s *Source, each func(Call)) {
	for rows := range 27 {
		for _, n := range []int{0, 16, 48} {
			for _, width := range []int{0, 8, 16, 24, 32, 40, 56, 72} {
				each(GEMMT(s, rows, n, width, (rows+width/8)%4))
			}
		}
	}
	each(GEMMT(s, 50, 128, 72, 1)) // ZT is copied
	each(GEMMT(s, 200, 272, 136, 2))
}

func gemmNTCase(s *Source, each func(Call)) {
	for m := range 11 {
		for _, n := range []int{0, 16, 48, 144} {
			for _, rows := range []int{0, 16, 32, 48, 64, 112} {
				each(GEMMNT(s, m, rows, n, (m+rows/16)%4))
			}
		}
	}
}

func momentumGEMMCase(s *Source, each func(Call)) {
	for k := range 27 {
		for _, n := range []int{0, 16, 48} {
			for _, samples := range []int{0, 1, 2, 3, 4, 5, 7} {
				each(MomentumGEMM(s, k, n, samples, (k+samples)%4))
			}
		}
	}
	each(MomentumGEMM(s, 37, 32, 100, 1))
}

var gemmOperations = []Operation{
	{
		Name: "GEMM", Use: Networks, Sizes: []Size{{"m", 1}, {"n", 16}, {"k", 1}},
		Job: func(s map[string]int) Job {
			m, n, k := s["m"], s["n"], s["k"]
			return productJob(m*n, m*k, k*n, m*n*k, func(f [][]float32) { kernels.GEMM(f[0], n, f[1], k, f[2], m, n, k, false) })
		},
		Cases: gemmCase,
		Any: func(s *Source, pick Picker) Call {
			return GEMM(s, pick(40), 16*pick(8), pick(40), pick(20), pick.flag())
		},
	},
	{
		Name: "GEMMT", Use: Networks, Sizes: []Size{{"rows", 1}, {"n", 16}, {"width", 8}},
		Job: func(s map[string]int) Job {
			rows, n, width := s["rows"], s["n"], s["width"]
			return productJob(rows*width, rows*n, n*width, rows*n*width, func(f [][]float32) {
				kernels.GEMMT(f[0], width, f[1], 16*rows, f[2], width, rows, n, width)
			})
		},
		Cases: gemmTCase,
		Any:   func(s *Source, pick Picker) Call { return GEMMT(s, pick(40), 16*pick(5), 8*pick(10), pick(20)) },
	},
	{
		Name: "GEMMNT", Use: Networks, Sizes: []Size{{"m", 1}, {"rows", 16}, {"n", 16}},
		Job: func(s map[string]int) Job {
			m, rows, n := s["m"], s["rows"], s["n"]
			return productJob(m*rows, m*n, rows*n, m*rows*n, func(f [][]float32) {
				kernels.GEMMNT(f[0], rows, f[1], n, f[2], 16*rows, m, rows, n)
			})
		},
		Cases: gemmNTCase,
		Any:   func(s *Source, pick Picker) Call { return GEMMNT(s, pick(12), 16*pick(7), 16*pick(5), pick(20)) },
	},
	{
		Name: "MomentumGEMM", Use: Networks, Sizes: []Size{{"samples", 1}, {"n", 16}, {"k", 1}},
		Job: func(s map[string]int) Job {
			samples, n, k := s["samples"], s["n"], s["k"]
			w, a, z := k*n, samples*k, samples*n
			return Job{
				Lengths: []int{w, w, a, z},
				Run: func(f [][]float32) {
					kernels.MomentumGEMM(f[0], f[1], f[2], k, f[3], n, k, n, samples, 0.9, 1e-9)
				},
				Flops: float64(2*samples+4) * float64(w), Bytes: 4 * float64(4*w+a+z),
			}
		},
		Cases: momentumGEMMCase,
		Any:   func(s *Source, pick Picker) Call { return MomentumGEMM(s, pick(40), 16*pick(5), pick(40), pick(20)) },
	},
}
