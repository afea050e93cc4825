package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"srhmbench/bench/roof"
	"srhmbench/kernels"
)

// work runs part of one library's benchmarks.
func work(w io.Writer, word, name string, each time.Duration) error {
	lib, err := open(word)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "# library %s: %s\n", lib.name(), lib.describe())
	p, err := partOf(name, word)
	if err != nil {
		return err
	}
	t := &timer{w: w, each: each, lib: lib.name()}
	if word == "srhmbench" {
		if t.core, err = roof.New(kernels.Active(), measuredRate); err != nil {
			return err
		}
	}
	lacks := map[string]int{}
	for _, l := range p.layers {
		if err := t.products(p, lib, l, lacks); err != nil {
			return err
		}
	}
	for _, product := range slices.Sorted(maps.Keys(lacks)) {
		fmt.Fprintf(w, "# skipped %s/shapes=%s of %s, %d sizes: it has no such product\n", product, p.name, t.lib, lacks[product])
	}
	for _, s := range p.convolutions {
		if err := t.convolutions(p, lib, s); err != nil {
			return err
		}
	}
	for _, n := range p.vectors {
		if err := t.momentum(p, lib, n); err != nil {
			return err
		}
	}
	return t.steps(p)
}

// products times the products of a layer, on copies of its weights in turn, and counts those the library lacks. It
// checks the first and the last copy.
func (t *timer) products(p part, lib library, l layer, lacks map[string]int) error {
	first := newOperands(l)
	all, sets := []*operands{first}, []products{lib.products(l, first)}
	for range p.copies(l) - 1 {
		o := &operands{first.a, first.da, first.y, first.dy, slices.Clone(first.w), slices.Clone(first.mom)}
		all, sets = append(all, o), append(sets, lib.products(l, o))
	}
	last := len(all) - 1
	for _, product := range p.products {
		if sets[0].do[product] == nil {
			lacks[product]++
			continue
		}
		for i := 0; i <= last; i += max(last, 1) {
			if err := sets[i].check(product, l, all[i]); err != nil {
				return err
			}
		}
		at := 0
		t.clock(p.productName(product, l), l.work(product, len(all)), func(n int) {
			for range n {
				sets[at].do[product]()
				at = (at + 1) % len(sets)
			}
		})
	}
	return nil
}

func (t *timer) convolutions(p part, lib library, s kernels.ConvShape) error {
	c, ok := lib.(convolver)
	if !ok {
		return fmt.Errorf("%s has no convolutions", t.lib)
	}
	o := newImages(s)
	all, err := c.convolutions(s, o)
	if err != nil {
		fmt.Fprintf(t.w, "# skipped convolutions of %s: %v\n", t.lib, err)
		return nil
	}
	if all.about != "" {
		fmt.Fprintf(t.w, "# convolutions of %s, %s: %s\n", t.lib, convolutionName(s), all.about)
	}
	for _, name := range convolutionNames {
		if err := all.check(name, s, o); err != nil {
			return err
		}
		t.clock(p.convolutionName(name, s), convolutionWork(name, s), repeat(all.do[name]))
	}
	return nil
}

func (t *timer) momentum(p part, lib library, n int) error {
	v := newVectors(n)
	var step func()
	if s, ok := lib.(stepper); ok {
		step = s.momentum(v)
	}
	if step == nil {
		return fmt.Errorf("%s has no steps of vectors", t.lib)
	}
	if err := v.check(step); err != nil {
		return err
	}
	t.clock(p.momentumName(n), stepWork(n), repeat(step))
	return nil
}

func repeat(do func()) func(n int) {
	return func(n int) {
		for range n {
			do()
		}
	}
}
