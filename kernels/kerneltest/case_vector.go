package kerneltest

import (
	"fmt"

	"srhmbench/kernels"
)

// GEMV is a product of a matrix, its rows pad elements apart, with a vector.
func GEMV(s *Source, m, n, pad int, accumulate bool) Call {
	y, a, x := s.vector("y", m).out(), s.matrix("a", m, n, pad), s.vector("x", n)
	return Call{
		Shape:  fmt.Sprintf("m=%d n=%d pad=%d accumulate=%t", m, n, pad, accumulate),
		Floats: []Operand{y, a, x},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.GEMV(f[0], f[1], a.Stride, f[2], m, n, accumulate)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			p := product{kernels.NN, m, 1, n, 0, accumulate}
			return [][]Truth{p.truth(f[0], 1, f[1], a.Stride, f[2], 1), nil, nil}, nil
		},
	}
}

// GEMVT is the product with the transpose.
func GEMVT(s *Source, m, n, pad int, accumulate bool) Call {
	y, a, x := s.vector("y", n).out(), s.matrix("a", m, n, pad), s.vector("x", m)
	return Call{
		Shape:  fmt.Sprintf("m=%d n=%d pad=%d accumulate=%t", m, n, pad, accumulate),
		Floats: []Operand{y, a, x},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.GEMVT(f[0], f[1], a.Stride, f[2], m, n, accumulate)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			p := product{kernels.TN, n, 1, m, 0, accumulate}
			return [][]Truth{p.truth(f[0], 1, f[1], a.Stride, f[2], 1), nil, nil}, nil
		},
	}
}

// RankK is an update of rank k.
func RankK(s *Source, m, n, k, pad int) Call {
	return matMul(s, product{kernels.NN, m, n, k, pad, true},
		func(_ kernels.Transposition, c []float32, ldc int, a []float32, lda int, b []float32, ldb int, m, n, k int, _ bool) {
			kernels.RankK(c, ldc, a, lda, b, ldb, m, n, k)
		})
}

// GER is the update by a product of two vectors.
func GER(s *Source, m, n, pad int) Call {
	a, x, y := s.matrix("a", m, n, pad).out(), s.vector("x", m), s.vector("y", n)
	return Call{
		Shape:  fmt.Sprintf("m=%d n=%d pad=%d", m, n, pad),
		Floats: []Operand{a, x, y},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.GER(f[0], a.Stride, f[1], f[2], m, n)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			p := product{kernels.NN, m, n, 1, 0, true}
			return [][]Truth{p.truth(f[0], a.Stride, f[1], 1, f[2], n), nil, nil}, nil
		},
	}
}

func gemvCase(s *Source, each func(Call)) {
	for m := range 10 {
		for n := range 50 {
			each(GEMV(s, m, n, (m+n)%4, (m+n)%3 == 0))
		}
	}
	each(GEMV(s, 3, 1000, 1, true))
}

func gemvtCase(s *Source, each func(Call)) {
	for m := range 20 {
		for _, n := range []int{0, 1, 7, 8, 15, 16, 17, 31, 32, 33, 50} {
			each(GEMVT(s, m, n, (m+n)%4, (m+n)%3 == 0))
		}
	}
}

func rankKCase(s *Source, each func(Call)) {
	for k := range 9 {
		for m := range 4 {
			for _, n := range []int{0, 1, 8, 15, 16, 17, 40} {
				each(RankK(s, m, n, k, (m+n+k)%4))
			}
		}
		each(RankK(s, 3, 530, k, 1))
	}
	each(RankK(s, 2, 4100, 1, 1))
	each(RankK(s, 9, 1020, 8, 4)) // rows of B that fall on the same sets of a cache
}

func gerCase(s *Source, each func(Call)) {
	for m := range 5 {
		for n := range 40 {
			each(GER(s, m, n, (m+n)%4))
		}
	}
}

var vectorOperations = []Operation{
	{
		Name: "GEMV", Use: Library, Sizes: []Size{{"m", 1}, {"n", 1}},
		Job: func(s map[string]int) Job {
			m, n := s["m"], s["n"]
			return productJob(m, m*n, n, m*n, func(f [][]float32) { kernels.GEMV(f[0], f[1], n, f[2], m, n, false) })
		},
		Cases: gemvCase,
		Any:   func(s *Source, pick Picker) Call { return GEMV(s, pick(20), pick(256), pick(20), pick.flag()) },
	},
	{
		Name: "GEMVT", Use: Library, Sizes: []Size{{"m", 1}, {"n", 1}},
		Job: func(s map[string]int) Job {
			m, n := s["m"], s["n"]
			return productJob(n, m*n, m, m*n, func(f [][]float32) { kernels.GEMVT(f[0], f[1], n, f[2], m, n, false) })
		},
		Cases: gemvtCase,
		Any:   func(s *Source, pick Picker) Call { return GEMVT(s, pick(20), pick(256), pick(20), pick.flag()) },
	},
	{
		Name: "RankK", Use: Library, Sizes: []Size{{"m", 1}, {"n", 1}, {"k", 1}},
		Job: func(s map[string]int) Job {
			m, n, k := s["m"], s["n"], s["k"]
			return updateJob(m, n, k, func(f [][]float32) { kernels.RankK(f[0], n, f[1], k, f[2], n, m, n, k) })
		},
		Cases: rankKCase,
		Any:   func(s *Source, pick Picker) Call { return RankK(s, pick(20), pick(256), pick(9), pick(20)) },
	},
	{
		Name: "GER", Use: Library, Sizes: []Size{{"m", 1}, {"n", 1}},
		Job: func(s map[string]int) Job {
			m, n := s["m"], s["n"]
			return updateJob(m, n, 1, func(f [][]float32) { kernels.GER(f[0], n, f[1], f[2], m, n) })
		},
		Cases: gerCase,
		Any:   func(s *Source, pick Picker) Call { return GER(s, pick(20), pick(256), pick(20)) },
	},
}

// updateJob reads what it writes. Its values grow by less than k a call, so they stay far from overflow.
func updateJob(m, n, k int, run func(f [][]float32)) Job {
	j := productJob(m*n, m*k, k*n, m*n*k, run)
	j.Bytes += 4 * float64(m*n)
	return j
}
