package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"testing"

	"srhmbench/kernels"
)

// work runs all benchmarks of one library.
func work(w io.Writer, word string) error {
	lib, err := open(word)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "# library %s: %s\n", lib.name(), lib.describe())
	if err := timeProducts(w, lib); err != nil {
		return err
	}
	if word != "srhmbench" {
		return nil
	}
	clock(w, "PeakFMA/lib="+lib.name(), 0, func(n int) {
		for range n {
			kernels.PeakFMA(10000)
		}
	})
	return timeSteps(w, lib.name())
}

func timeProducts(w io.Writer, lib library) error {
	sets, err := layers()
	if err != nil {
		return err
	}
	lacks := map[string]int{}
	for _, set := range slices.Sorted(maps.Keys(sets)) {
		for _, l := range sets[set] {
			o := newOperands(l)
			p := lib.products(l, o)
			if err := p.check(l, o); err != nil {
				return err
			}
			size := float64(l.m) * float64(l.n) * float64(l.k)
			for _, c := range []struct {
				name  string
				do    func()
				flops float64
			}{
				{"Forward", p.forward, 2 * size}, {"Backward", p.backward, 2 * size},
				{"Update", p.update, 2*size + 4*float64(l.n)*float64(l.k)},
			} {
				name := fmt.Sprintf("%s/shapes=%s/%s/lib=%s", c.name, set, l.name(), lib.name())
				if c.do == nil {
					lacks[c.name]++
					continue
				}
				clock(w, name, c.flops, func(n int) {
					for range n {
						c.do()
					}
				})
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(lacks)) {
		fmt.Fprintf(w, "# skipped %s of %s, %d sizes: it has no such product\n", name, lib.name(), lacks[name])
	}
	return nil
}

// clock times what do does n times and prints it as a line of Go's benchmark format.
func clock(w io.Writer, name string, flops float64, do func(n int)) {
	r := testing.Benchmark(func(b *testing.B) { do(b.N) })
	if flops > 0 {
		r.Extra = map[string]float64{"GFLOP/s": flops * float64(r.N) / r.T.Seconds() / 1e9}
	}
	fmt.Fprintf(w, "Benchmark%s\t%s\n", name, r)
}
