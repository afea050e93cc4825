// Package amd64 writes the kernels of the tiers AVX2 and AVX-512.
package amd64

import (
	"fmt"
	"go/format"
	"slices"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/pass"
	"github.com/mmcloughlin/avo/printer"
	"github.com/mmcloughlin/avo/reg"

	"srhmbench/kernels/_asm/ops"
)

// Write makes the assembly of a tier.
func Write(t ops.Tier) (ops.Assembly, error) {
	g := &gen{Context: build.NewContext(), tier: t, suffix: t.Name, lanes: t.Lanes}
	g.ConstraintExpr("amd64,!purego")
	g.kernels()
	file, err := g.Result()
	if err != nil {
		return ops.Assembly{}, err
	}
	if err := pass.Compile.Execute(file); err != nil {
		return ops.Assembly{}, err
	}
	a := ops.Assembly{Requires: map[string][]string{}}
	for _, fn := range file.Functions() {
		if err := g.checkRegisters(fn); err != nil {
			return ops.Assembly{}, err
		}
		// Prefetches are listed as MMX+, which is part of SSE and so of every x86-64.
		a.Requires[fn.Name] = slices.DeleteFunc(slices.Clone(fn.ISA), func(isa string) bool { return isa == "MMX+" })
	}
	cfg := printer.Config{Name: ops.Generator, Pkg: "kernels"}
	if a.Text, err = printer.NewGoAsm(cfg).Print(file); err != nil {
		return ops.Assembly{}, err
	}
	stubs, err := printer.NewStubs(cfg).Print(file)
	if err != nil {
		return ops.Assembly{}, err
	}
	a.Stubs, err = format.Source(stubs)
	return a, err
}

func (g *gen) kernels() {
	g.masks()
	g.gemmT()
	g.gemmNT()
	g.gemm()
	g.pack()
	g.rankK()
	g.gemv()
	g.momentumGEMM()
	g.gather()
	g.elementwise()
	g.layExpConsts()
	g.softmax()
	g.activations()
	g.conv()
	g.windows()
	g.norm()
	g.pools()
	g.roofs()
	if g.lanes == 8 {
		g.transpose8()
	}
}

// checkRegisters refuses vector registers that exist only with AVX-512: the allocator hands them out when
// a function runs short, and the list of extensions does not show it.
func (g *gen) checkRegisters(fn *ir.Function) error {
	if g.lanes == 16 {
		return nil
	}
	for _, i := range fn.Instructions() {
		for _, op := range i.Operands {
			if r, ok := op.(reg.Physical); ok && r.Kind() == reg.KindVector && r.PhysicalIndex() >= 16 {
				return fmt.Errorf("%s: needs register %s, AVX2 has 16", fn.Name, r.Asm())
			}
		}
	}
	return nil
}
