package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"srhmbench/bench"
)

// layer is the size of a layer's products: m examples, n outputs, k inputs.
type layer struct{ m, n, k int }

func (l layer) name() string { return fmt.Sprintf("m=%d/n=%d/k=%d", l.m, l.n, l.k) }

// layers lists the layers whose forward products the kernel benchmarks time, by the name of their file.
func layers() (map[string][]layer, error) {
	shapes, err := bench.Shapes()
	if err != nil {
		return nil, err
	}
	out := map[string][]layer{}
	for _, s := range shapes {
		if s.Op == "GEMM" {
			out[s.Set] = append(out[s.Set], layer{s.Sizes["m"], s.Sizes["n"], s.Sizes["k"]})
		}
	}
	return out, nil
}

// The rate is so small that weights keep their size, however often they are updated.
const (
	momentum = 0.9
	rate     = 1e-9
)

// operands are row-major matrices: a and da m×k, y and dy m×n, w and mom k×n.
type operands struct{ a, da, y, dy, w, mom []float32 }

func newOperands(l layer) *operands {
	r := rand.New(rand.NewPCG(1, 2))
	values := func(n int) []float32 { return randomValues(r, n) }
	return &operands{
		a: values(l.m * l.k), dy: values(l.m * l.n), w: values(l.k * l.n), mom: values(l.k * l.n),
		y: values(l.m * l.n), da: values(l.m * l.k),
	}
}

func randomValues(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = 2*r.Float32() - 1
	}
	return x
}

// The products that are timed: the three of a layer, Forward with row-major operands, and y += a·W of small k.
const (
	forward  = "Forward"
	backward = "Backward"
	update   = "Update"
	matMul   = "MatMul"
	rankK    = "RankK"

	genericMatMul = "GenericMatMul" // ours in plain Go, exact
	relaxedMatMul = "RelaxedMatMul" // and rounded as Go does
)

// products holds a library's products by name, on operands given beforehand. results brings the operands up to date
// where a library keeps them in a layout of its own; it may be nil.
type products struct {
	do      map[string]func()
	results func()
}

// work returns the workload of a product that uses copies of the weights in turn.
func (l layer) work(product string, copies int) workload {
	m, n, k := float64(l.m), float64(l.n), float64(l.k)
	images, weights, c, flops := 4*(m*n+m*k), 4*k*n, float64(copies), l.flops(product)
	switch product {
	case update: // weights and momentum
		return workload{flops: flops, read: images + 2*weights, set: images + 2*c*weights, unit: "GFLOP/s"}
	case rankK:
		return workload{flops: flops, read: images + weights, set: images + c*weights, unit: "GFLOP/s"}
	}
	result := 4 * m * n
	if product == backward {
		result = 4 * m * k
	}
	return workload{flops: flops, read: images + weights - result, set: images + c*weights, unit: "GFLOP/s"}
}

// check runs a product once and compares it with sums in float64. The error names the first element that is further
// off than float32 explains.
func (p products) check(product string, l layer, o *operands) error {
	a, w, dy := matrix{o.a, l.k, 1}, matrix{slices.Clone(o.w), l.n, 1}, matrix{o.dy, l.n, 1}
	y, mom := slices.Clone(o.y), slices.Clone(o.mom)
	p.do[product]()
	if p.results != nil {
		p.results()
	}
	var off string
	switch product {
	case backward:
		off = compare(o.da, l.m, l.k, l.n, dy, w.transposed(), nil, 0)
	case update:
		off = compare(o.mom, l.k, l.n, l.m, a.transposed(), dy, mom, momentum)
	case rankK:
		off = compare(o.y, l.m, l.n, l.k, a, w, y, 1)
	default:
		off = compare(o.y, l.m, l.n, l.k, a, w, nil, 0)
	}
	if off != "" {
		return fmt.Errorf("%s %s: %s", product, l.name(), off)
	}
	return nil
}

// matrix has element i,j at i·row + j·col.
type matrix struct {
	x        []float32
	row, col int
}

func (a matrix) transposed() matrix { return matrix{a.x, a.col, a.row} }

// compare names an element of got that differs from beta·start + left·right; it returns "" if there is none.
func compare(got []float32, rows, cols, deep int, left, right matrix, start []float32, beta float64) string {
	for at := 0; at < rows*cols; at += checkStep(rows * cols * deep) {
		i, j := at/cols, at%cols
		want, size := 0.0, 0.0
		if start != nil {
			want = beta * float64(start[at])
			size = math.Abs(want)
		}
		for d := range deep {
			x := float64(left.x[i*left.row+d*left.col]) * float64(right.x[d*right.row+j*right.col])
			want, size = want+x, size+math.Abs(x)
		}
		if x := float64(got[at]); !near(x, want, size) {
			return fmt.Sprintf("element %d,%d is %v, want %v", i, j, x, want)
		}
	}
	return ""
}

// checkStep returns 1 or, for very many products, a prime, so that checking some elements still reaches all rows and
// columns of tiles.
func checkStep(products int) int {
	switch {
	case products >= 1<<30:
		return 1021
	case products > 1<<25:
		return 61
	}
	return 1
}

// near allows a fraction of the sum of absolute values, which covers chains of thousands of rounded operations.
func near(got, want, size float64) bool { return math.Abs(got-want) <= 1e-5*size }
