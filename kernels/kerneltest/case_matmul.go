package kerneltest

import (
	"fmt"

	"srhmbench/kernels"
)

// Transpositions are all of them.
var Transpositions = []kernels.Transposition{kernels.NN, kernels.NT, kernels.TN, kernels.TT}

// product is the shape of a general product; pad is how far apart the rows of its operands are.
type product struct {
	t            kernels.Transposition
	m, n, k, pad int
	accumulate   bool
}

func (p product) String() string {
	return fmt.Sprintf("op=%v m=%d n=%d k=%d pad=%d accumulate=%t", p.t, p.m, p.n, p.k, p.pad, p.accumulate)
}

func (p product) left() (rows, cols int) {
	if p.t == kernels.TN || p.t == kernels.TT {
		return p.k, p.m
	}
	return p.m, p.k
}

func (p product) right() (rows, cols int) {
	if p.t == kernels.NT || p.t == kernels.TT {
		return p.n, p.k
	}
	return p.k, p.n
}

// truth of C from its contents before and the two factors, with strides.
func (p product) truth(c []float32, ldc int, a []float32, lda int, b []float32, ldb int) []Truth {
	rowA, stepA, stepB, colB := lda, 1, ldb, 1
	if p.t == kernels.TN || p.t == kernels.TT {
		rowA, stepA = 1, lda
	}
	if p.t == kernels.NT || p.t == kernels.TT {
		stepB, colB = 1, ldb
	}
	out := make([]Truth, 0, p.m*p.n)
	for i := range p.m {
		for j := range p.n {
			var dot sum
			if p.accumulate {
				dot = from(c[i*ldc+j])
			}
			for q := range p.k {
				dot.add(a[i*rowA+q*stepA], b[q*stepB+j*colB])
			}
			out = append(out, dot.truth())
		}
	}
	return out
}

// MatMul is a general product with its rows pad elements apart.
func MatMul(s *Source, t kernels.Transposition, m, n, k, pad int, accumulate bool) Call {
	return matMul(s, product{t, m, n, k, pad, accumulate}, kernels.MatMul)
}

func matMul(s *Source, p product, do func(t kernels.Transposition, c []float32, ldc int, a []float32, lda int, b []float32, ldb int, m, n, k int, accumulate bool)) Call {
	rowsA, colsA := p.left()
	rowsB, colsB := p.right()
	c, a, b := s.matrix("c", p.m, p.n, p.pad).out(), s.matrix("a", rowsA, colsA, p.pad), s.matrix("b", rowsB, colsB, p.pad)
	return Call{
		Shape:  p.String(),
		Floats: []Operand{c, a, b},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			do(p.t, f[0], c.Stride, f[1], a.Stride, f[2], b.Stride, p.m, p.n, p.k, p.accumulate)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			return [][]Truth{p.truth(f[0], c.Stride, f[1], a.Stride, f[2], b.Stride), nil, nil}, nil
		},
	}
}

// RelaxedMatMul is a product outside the contract: each step rounds twice.
func RelaxedMatMul(s *Source, t kernels.Transposition, m, n, k, pad int, accumulate bool) Call {
	c := matMul(s, product{t, m, n, k, pad, accumulate}, kernels.RelaxedMatMul)
	c.Loose = true
	once := c.Truth
	c.Truth = func(f [][]float32) ([][]Truth, []Truth) {
		outs, scalars := once(f)
		for i := range outs[0] {
			outs[0][i].Bound *= 2
		}
		return outs, scalars
	}
	return c
}

// BatchMatMul is several products, whose C are pad elements apart; all have one B when shared is set.
func BatchMatMul(s *Source, t kernels.Transposition, count, m, n, k, pad int, shared, accumulate bool) Call {
	p := product{t, m, n, k, 0, accumulate}
	many := func(name string, rows, cols, count int) Operand { return s.matrix(name, count, rows*cols, pad) }
	rowsA, colsA := p.left()
	rowsB, colsB := p.right()
	c, a, b := many("c", m, n, count).out(), many("a", rowsA, colsA, count), many("b", rowsB, colsB, count)
	stepB := b.Stride
	if shared {
		b, stepB = many("b", rowsB, colsB, min(count, 1)), 0
	}
	return Call{
		Shape:  fmt.Sprintf("%v count=%d apart=%d shared=%t", p, count, pad, shared),
		Floats: []Operand{c, a, b},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.BatchMatMul(t, count, f[0], n, c.Stride, f[1], colsA, a.Stride, f[2], colsB, stepB, m, n, k, accumulate)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			var out []Truth
			for i := range count {
				if m*n > 0 && k > 0 {
					out = append(out, p.truth(f[0][i*c.Stride:], n, f[1][i*a.Stride:], colsA, f[2][i*stepB:], colsB)...)
				} else if m*n > 0 {
					out = append(out, p.truth(f[0][i*c.Stride:], n, nil, colsA, nil, colsB)...)
				}
			}
			return [][]Truth{out, nil, nil}, nil
		},
	}
}

// Pack lays a matrix out in panels.
func Pack(s *Source, k, n, pad int) Call {
	dst := s.vector("dst", kernels.Panelled(k, n)).out()
	src := s.matrix("src", k, n, pad)
	return Call{
		Shape:  fmt.Sprintf("k=%d n=%d pad=%d", k, n, pad),
		Floats: []Operand{dst, src},
		Do: func(f [][]float32, _ [][]int32) []float32 {
			kernels.Pack(f[0], f[1], src.Stride, k, n)
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			out := make([]Truth, kernels.Panelled(k, n))
			for row := range k {
				for col := range n {
					out[kernels.PanelIndex(k, row, col)] = exactly(float64(f[1][row*src.Stride+col]))
				}
			}
			return [][]Truth{out, nil}, nil
		},
	}
}

// matMulCase has every tile with every kind of edge, and products that are cut into blocks along each of the
// three sizes; TestMatMulInAnyBlocks has those that are cut along several.
func matMulCase(s *Source, each func(Call)) {
	for m := range 30 {
		for _, n := range []int{0, 1, 7, 8, 9, 16, 33, 64} {
			t := Transpositions[(m+n)%4]
			k := []int{2, 1, 3, 4, 9, 5}[(m+n)%6]
			each(MatMul(s, t, m, n, k, (m+k)%4, (m+n+k)%2 == 0))
		}
	}
	for i, t := range Transpositions {
		each(MatMul(s, t, 5+i, 9*i, 0, i, i%2 == 0))
		each(MatMul(s, t, 13, 21, 17, 2, i%2 == 0))
		each(MatMul(s, t, 3, 20, 430, 1, i%2 == 1))
		each(MatMul(s, t, 15, 16, 64, 64, i%2 == 0))
		each(MatMul(s, t, 150, 20, 3, 1, i%2 == 1))
		each(MatMul(s, t, 3, 1040, 2, 0, i%2 == 0))
	}
	each(MatMul(s, kernels.NN, 3, 33, 9, 1, true))
	each(MatMul(s, kernels.TN, 130, 70, 127, 1, true))
}

func batchMatMulCase(s *Source, each func(Call)) {
	for count := range 4 {
		for i, t := range Transpositions {
			for _, k := range []int{0, 1, 6} {
				each(BatchMatMul(s, t, count, 5+i, 9*i, k, (i+k)%3, k == 1, i%2 == 0))
				each(BatchMatMul(s, t, count, 1+i, 17, k, 0, k == 6, i%2 == 1))
			}
		}
	}
}

func packCase(s *Source, each func(Call)) {
	for k := range 9 {
		for n := range 40 {
			each(Pack(s, k, n, (k+n)%4))
		}
		each(Pack(s, k, 64, k%4))
		each(Pack(s, k, 147, k%3))
	}
	each(Pack(s, 70, 100, 3))
}

var matMulOperations = []Operation{
	{
		Name: "MatMul", Use: Library, Sizes: []Size{{"ta", 0}, {"tb", 0}, {"m", 1}, {"n", 1}, {"k", 1}},
		Job: func(s map[string]int) Job {
			m, n, k, t := s["m"], s["n"], s["k"], kernels.Transposition(2*s["ta"]+s["tb"])
			lda, ldb := k, n
			if s["ta"] == 1 {
				lda = m
			}
			if s["tb"] == 1 {
				ldb = k
			}
			return productJob(m*n, m*k, k*n, m*n*k, func(f [][]float32) { kernels.MatMul(t, f[0], n, f[1], lda, f[2], ldb, m, n, k, false) })
		},
		Cases: matMulCase,
		Any: func(s *Source, pick Picker) Call {
			return MatMul(s, Transpositions[pick(4)], pick(40), pick(80), pick(40), pick(20), pick.flag())
		},
	},
	{
		Name: "BatchMatMul", Use: Library, Sizes: []Size{{"count", 1}, {"m", 1}, {"n", 1}, {"k", 1}},
		Job: func(s map[string]int) Job {
			count, m, n, k := s["count"], s["m"], s["n"], s["k"]
			return productJob(count*m*n, count*m*k, count*k*n, count*m*n*k, func(f [][]float32) {
				kernels.BatchMatMul(kernels.NN, count, f[0], n, m*n, f[1], k, m*k, f[2], n, k*n, m, n, k, false)
			})
		},
		Cases: batchMatMulCase,
		Any: func(s *Source, pick Picker) Call {
			return BatchMatMul(s, Transpositions[pick(4)], pick(5), pick(20), pick(40), pick(20), pick(20), pick.flag(), pick.flag())
		},
	},
	{
		Name: "Pack", Use: Library, Sizes: []Size{{"n", 1}, {"k", 1}},
		Job: func(s map[string]int) Job {
			n, k := s["n"], s["k"]
			return Job{
				Lengths: []int{kernels.Panelled(k, n), k * n}, Bytes: 4 * float64(kernels.Panelled(k, n)+k*n),
				Run: func(f [][]float32) { kernels.Pack(f[0], f[1], n, k, n) },
			}
		},
		Cases: packCase,
		Any:   func(s *Source, pick Picker) Call { return Pack(s, pick(40), pick(200), pick(20)) },
	},
}
