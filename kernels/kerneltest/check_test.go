package kerneltest

import (
	"strings"
	"testing"
	"unsafe"

	"srhmbench/kernels"
)

// copying is a call that copies rows of 3, 2 elements apart, and then does something more.
func copying(more func(dst, src []float32, list []int32)) Call {
	s := NewSource(Ordinary, 1)
	dst, src := s.matrix("dst", 2, 3, 2).out(), s.matrix("src", 2, 3, 2)
	return Call{
		Floats: []Operand{dst, src},
		Ints:   [][]int32{{1, 2, 3}},
		Do: func(f [][]float32, n [][]int32) []float32 {
			for i := range f[0] {
				if dst.inside(i) {
					f[0][i] = f[1][i]
				}
			}
			more(f[0], f[1], n[0])
			return nil
		},
		Truth: func(f [][]float32) ([][]Truth, []Truth) {
			var out []Truth
			for i, x := range f[1] {
				if src.inside(i) {
					out = append(out, exactly(float64(x)))
				}
			}
			return [][]Truth{out, nil}, nil
		},
		Onto: [][2]int{{0, 1}},
	}
}

// beyond is the element i past the start of a slice, wherever that is.
func beyond[T any](s []T, i int) *T {
	return (*T)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(s)), 4*i))
}

// behindGuard says whether a slice starts where a page does.
func behindGuard(s []float32) bool {
	return uintptr(unsafe.Pointer(unsafe.SliceData(s)))%4096 == 0
}

var sink float32

func TestCheckNoticesWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		says string
		more func(dst, src []float32, list []int32)
	}{
		{"", func(dst, src []float32, list []int32) {}},
		{"next to src", func(dst, src []float32, list []int32) { sink = *beyond(src, len(src)) }},
		{"next to src", func(dst, src []float32, list []int32) {
			if behindGuard(src) {
				sink = *beyond(src, -1)
			}
		}},
		{"next to dst", func(dst, src []float32, list []int32) { *beyond(dst, len(dst)) = 1 }},
		{"next to list 0", func(dst, src []float32, list []int32) { *beyond(list, len(list))++ }},
		{"wrote beside dst", func(dst, src []float32, list []int32) {
			if behindGuard(dst) {
				*beyond(dst, len(dst)) = 1
			}
		}},
		{"wrote beside dst", func(dst, src []float32, list []int32) { *beyond(dst, -1) = 1 }},
		{"wrote to the gap of dst at 3", func(dst, src []float32, list []int32) { dst[3] = 0 }},
		{"wrote to the input src at 1", func(dst, src []float32, list []int32) { src[1]++ }},
		{"list 0", func(dst, src []float32, list []int32) { list[1]++ }},
		{"dst[5] is", func(dst, src []float32, list []int32) { dst[5] = -dst[5] }},
		{"dst[5] is NaN", func(dst, src []float32, list []int32) { dst[5] = src[3] }},
		{"result", func(dst, src []float32, list []int32) { panic("result") }},
		{"the generic tier has", func(dst, src []float32, list []int32) {
			if &dst[0] == &src[0] {
				dst[0]++
			}
		}},
	} {
		err := check(copying(c.more), []kernels.Tier{kernels.Generic})
		if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("got %v, want %q", err, c.says)
		}
	}
}

func TestCheckComparesTiers(t *testing.T) {
	tiers := kernels.Available()
	if len(tiers) == 1 {
		t.Skip("only the generic tier runs here")
	}
	c := copying(func(dst, _ []float32, _ []int32) {
		if kernels.Active() == kernels.Generic {
			dst[0]++
		}
	})
	err := check(c, tiers[1:])
	if err == nil || !strings.Contains(err.Error(), "the generic tier has") {
		t.Errorf("got %v", err)
	}
}

func TestTruth(t *testing.T) {
	var s sum
	s.add(3, 4)
	s.add(-2, 6)
	if x := s.truth(); x.Value != 0 || x.Bound < 2*unit*24 || x.Bound > 2.1*unit*24 {
		t.Errorf("12 - 12 is %v", x)
	}
	s.add(3e38, 2)
	if x := s.truth(); !x.holds(gap) {
		t.Errorf("an overflow is %v", x)
	}
	s.add(gap, 0)
	if x := s.truth(); x.holds(0) || !x.holds(gap) {
		t.Errorf("a NaN is %v", x)
	}
	if exactly(0).holds(negativeZero) || !exactly(0).holds(0) || exactly(1).holds(gap) {
		t.Error("an exact value is something else")
	}
}
