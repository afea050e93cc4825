package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"testing"
	"time"
)

// parts are what a library is asked for at a time: the products of a file of sizes, or the steps of a network at
// a width. Libraries take turns at each, so that what disturbs the machine for long disturbs all of them.
func parts() (products, steps []string, err error) {
	sets, err := layers()
	for _, width := range widthsTimed {
		for _, kind := range kinds {
			steps = append(steps, fmt.Sprintf("%s%d", kind, width))
		}
	}
	return slices.Sorted(maps.Keys(sets)), steps, err
}

// work runs a part of the benchmarks of one library.
func work(w io.Writer, word, part string) error {
	lib, err := open(word)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "# library %s: %s\n", lib.name(), lib.describe())
	products, steps, err := parts()
	switch {
	case err != nil:
		return err
	case slices.Contains(products, part):
		return timeProducts(w, lib, part)
	case slices.Contains(steps, part) && word == "srhmbench":
		return timeSteps(w, lib.name(), part)
	}
	return fmt.Errorf("part %q: want one of %v, or with srhmbench of %v", part, products, steps)
}

func timeProducts(w io.Writer, lib library, set string) error {
	sets, err := layers()
	if err != nil {
		return err
	}
	lacks := map[string]int{}
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
			if c.do == nil {
				lacks[c.name]++
				continue
			}
			clock(w, fmt.Sprintf("%s/shapes=%s/%s/lib=%s", c.name, set, l.name(), lib.name()), c.flops, 0, func(n int) {
				for range n {
					c.do()
				}
			})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(lacks)) {
		fmt.Fprintf(w, "# skipped %s/shapes=%s of %s, %d sizes: it has no such product\n", name, set, lib.name(), lacks[name])
	}
	return nil
}

// clock times what do does n times and prints it as a line of Go's benchmark format, with the CPU's time beside
// that of the wall, and the least time, in seconds, if it is known.
func clock(w io.Writer, name string, flops, least float64, do func(n int)) {
	var used time.Duration // in the last and longest run, which is the one that counts
	r := testing.Benchmark(func(b *testing.B) {
		before := cpuTime()
		do(b.N)
		used = cpuTime() - before
	})
	r.Extra = map[string]float64{}
	if used > 0 {
		r.Extra["cpu-ns/op"] = float64(used) / float64(r.N)
	}
	if flops > 0 {
		r.Extra["GFLOP/s"] = flops * float64(r.N) / r.T.Seconds() / 1e9
	}
	if least > 0 {
		r.Extra["least-ns/op"] = 1e9 * least
	}
	fmt.Fprintf(w, "Benchmark%s\t%s\n", name, r)
}
