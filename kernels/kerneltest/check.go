package kerneltest

import (
	"fmt"
	"math"
	"runtime/debug"
	"slices"
	"testing"

	"srhmbench/kernels"
)

// result is what a call left behind.
type result struct {
	floats  [][]float32
	scalars []float32
}

// Check runs the call on each of the tiers and reports every promise of the contract that it breaks.
func Check(t testing.TB, op string, c Call, tiers ...kernels.Tier) {
	t.Helper()
	if err := check(c, tiers); err != nil {
		t.Errorf("%s %s: %v", op, c.Shape, err)
	}
}

func check(c Call, tiers []kernels.Tier) error {
	want, err := c.run(kernels.Generic, AtEnd, nil)
	if err != nil {
		return err
	}
	for _, tier := range tiers {
		for _, e := range []Edge{AtEnd, AtStart} {
			got, err := c.run(tier, e, nil)
			if err == nil {
				err = c.judge(got, want)
			}
			if err != nil {
				return fmt.Errorf("%v, operands %v: %w", tier, e, err)
			}
		}
		for _, pair := range c.Onto {
			if err := c.checkOnto(tier, pair); err != nil {
				return fmt.Errorf("%v, %s on top of %s: %w", tier, c.Floats[pair[0]].Name, c.Floats[pair[1]].Name, err)
			}
		}
	}
	return nil
}

// judge holds a result to the generic tier's bits and to the truth.
func (c Call) judge(got, want result) error {
	if !c.Loose {
		if err := c.same(got, want); err != nil {
			return err
		}
	}
	return c.near(got)
}

// checkOnto runs the call with one operand in the memory of another and compares with the generic tier's
// result for two operands of the same contents.
func (c Call) checkOnto(tier kernels.Tier, pair [2]int) error {
	out, in := pair[0], pair[1]
	c.Floats = slices.Clone(c.Floats)
	c.Floats[out].Data = c.Floats[in].Data
	want, err := c.run(kernels.Generic, AtEnd, nil)
	if err != nil {
		return err
	}
	got, err := c.run(tier, AtEnd, &pair)
	if err != nil {
		return err
	}
	want.floats[in] = want.floats[out]
	return c.same(got, want)
}

// run makes the call under a tier with its operands at an edge of their rooms.
func (c Call) run(tier kernels.Tier, e Edge, onto *[2]int) (res result, err error) {
	undo, err := kernels.Force(tier)
	if err != nil {
		return res, err
	}
	defer undo()
	floats := make([][]float32, len(c.Floats))
	for i, o := range c.Floats {
		floats[i] = roomNumber(i).place(o.Data, e)
	}
	if onto != nil {
		floats[onto[0]] = floats[onto[1]]
	}
	ints := make([][]int32, len(c.Ints))
	for i, list := range c.Ints {
		ints[i] = asInts(roomNumber(len(floats)+i).place(asFloats(list), e))
	}
	if res.scalars, err = c.do(floats, ints); err != nil {
		return res, err
	}
	for i, o := range c.Floats {
		if !roomNumber(i).intact(len(o.Data), e) {
			return res, fmt.Errorf("wrote beside %s", o.Name)
		}
		res.floats = append(res.floats, slices.Clone(floats[i]))
	}
	for i, list := range c.Ints {
		if !slices.Equal(list, ints[i]) || !roomNumber(len(floats)+i).intact(len(list), e) {
			return res, fmt.Errorf("wrote to or beside list %d of indices", i)
		}
	}
	return res, c.frame(res, onto)
}

// do turns an access to a guard page into an error.
func (c Call) do(f [][]float32, n [][]int32) (scalars []float32, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
			if a, ok := p.(interface{ Addr() uintptr }); ok {
				err = fmt.Errorf("touched memory outside its operands: %s", c.locate(f, n, a.Addr()))
			}
		}
	}()
	return c.Do(f, n), nil
}

// frame looks for changes where the call must leave everything as it was.
func (c Call) frame(res result, onto *[2]int) error {
	for i, o := range c.Floats {
		if onto != nil && i == onto[1] {
			continue
		}
		for j, x := range res.floats[i] {
			if o.Out && o.inside(j) || math.Float32bits(x) == math.Float32bits(o.Data[j]) {
				continue
			}
			if o.Out {
				return fmt.Errorf("wrote to the gap of %s at %d", o.Name, j)
			}
			return fmt.Errorf("wrote to the input %s at %d", o.Name, j)
		}
	}
	return nil
}

// Same says whether two results are equal in the sense of the contract: bit for bit, any NaN for any NaN.
func Same(x, y float32) bool {
	return math.Float32bits(x) == math.Float32bits(y) || x != x && y != y
}

func (c Call) same(got, want result) error {
	for i, o := range c.Floats {
		for j, x := range got.floats[i] {
			if y := want.floats[i][j]; !Same(x, y) {
				return fmt.Errorf("%s[%d] is %v (%#x), the generic tier has %v (%#x)", o.Name, j, x, math.Float32bits(x), y, math.Float32bits(y))
			}
		}
	}
	for i, x := range got.scalars {
		if y := want.scalars[i]; !Same(x, y) {
			return fmt.Errorf("result %d is %v (%#x), the generic tier has %v (%#x)", i, x, math.Float32bits(x), y, math.Float32bits(y))
		}
	}
	return nil
}

// near holds a result to the truth.
func (c Call) near(got result) error {
	in := make([][]float32, len(c.Floats))
	for i, o := range c.Floats {
		in[i] = o.Data
	}
	outs, scalars := c.Truth(in)
	for i, o := range c.Floats {
		for j, truth := range outs[i] {
			at := j/o.Cols*o.Stride + j%o.Cols
			if x := got.floats[i][at]; !truth.holds(x) {
				return fmt.Errorf("%s[%d] is %v, want %v ± %v", o.Name, at, x, truth.Value, truth.Bound)
			}
		}
	}
	for i, truth := range scalars {
		if x := got.scalars[i]; !truth.holds(x) {
			return fmt.Errorf("result %d is %v, want %v ± %v", i, x, truth.Value, truth.Bound)
		}
	}
	return nil
}

// locate says next to which operand an address lies.
func (c Call) locate(f [][]float32, n [][]int32, addr uintptr) string {
	for i := range len(f) + len(n) {
		if r := roomNumber(i); r.near(addr) {
			if i < len(f) {
				return "next to " + c.Floats[i].Name
			}
			return fmt.Sprintf("next to list %d of indices", i-len(f))
		}
	}
	return fmt.Sprintf("at %#x", addr)
}
