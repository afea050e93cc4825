package main

import (
	"fmt"
	"math"
	"math/rand/v2"

	"srhmbench/bench"
)

// layer is the size of the products of a layer: m data, n outputs, k inputs.
type layer struct{ m, n, k int }

func (l layer) name() string { return fmt.Sprintf("m=%d/n=%d/k=%d", l.m, l.n, l.k) }

// layers are those whose forward products the benchmarks of the kernels know, by the name of their file.
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

// The rate is so small that weights stay what they are, however often they are updated.
const (
	momentum = 0.9
	rate     = 1e-9
)

// operands are row-major matrices: a and da m×k, y and dy m×n, w and mom k×n.
type operands struct{ a, da, y, dy, w, mom []float32 }

func newOperands(l layer) *operands {
	r := rand.New(rand.NewPCG(1, 2))
	values := func(n int) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = 2*r.Float32() - 1
		}
		return x
	}
	return &operands{
		a: values(l.m * l.k), dy: values(l.m * l.n), w: values(l.k * l.n), mom: values(l.k * l.n),
		y: make([]float32, l.m*l.n), da: make([]float32, l.m*l.k),
	}
}

// products are the three of a layer, on operands that were given before; nil is one that a library lacks.
// results brings the operands up to date where a library keeps them in a layout of its own.
type products struct {
	forward, backward, update func()
	results                   func()
}

// check does each product once and compares it with sums in float64. The error names the first element that
// is further off than float32 explains.
func (p products) check(l layer, o *operands) error {
	before := *newOperands(l)
	if p.forward != nil {
		p.forward()
	}
	if p.backward != nil {
		p.backward()
	}
	if p.update != nil {
		p.update()
	}
	if p.results != nil {
		p.results()
	}
	for _, c := range []struct {
		name             string
		done             bool
		got              []float32
		rows, cols, deep int
		left, right      func(i, j, d int) float32
		start            []float32
	}{
		{"forward", p.forward != nil, o.y, l.m, l.n, l.k,
			func(i, j, d int) float32 { return before.a[i*l.k+d] }, func(i, j, d int) float32 { return before.w[d*l.n+j] }, nil},
		{"backward", p.backward != nil, o.da, l.m, l.k, l.n,
			func(i, j, d int) float32 { return before.dy[i*l.n+d] }, func(i, j, d int) float32 { return before.w[j*l.n+d] }, nil},
		{"update", p.update != nil, o.mom, l.k, l.n, l.m,
			func(i, j, d int) float32 { return before.a[d*l.k+i] }, func(i, j, d int) float32 { return before.dy[d*l.n+j] }, before.mom},
	} {
		if !c.done {
			continue
		}
		for i := range c.rows {
			for j := range c.cols {
				at := i*c.cols + j
				want, size := 0.0, 0.0
				if c.start != nil {
					want = momentum * float64(c.start[at])
					size = math.Abs(want)
				}
				for d := range c.deep {
					x := float64(c.left(i, j, d)) * float64(c.right(i, j, d))
					want, size = want+x, size+math.Abs(x)
				}
				if got := float64(c.got[at]); !(math.Abs(got-want) <= tolerance*size) {
					return fmt.Errorf("%s %s: element %d,%d is %v, want %v", c.name, l.name(), i, j, got, want)
				}
			}
		}
	}
	return nil
}

// tolerance is of the sum of absolute values, for chains of up to 512 rounded operations.
const tolerance = 1e-5
