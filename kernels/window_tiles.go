//go:build (amd64 || arm64) && !purego

package kernels

import "sync"

// tilePositions is how many positions the assembly computes at once. Where fewer are left, the last one fills the rest
// and is computed repeatedly, with the same result.
const tilePositions = 6

// span is positions along an axis that read through the same taps, in step with what they read.
type span struct {
	at, step, n            int // the positions at, at+step, …
	tap, tapStep, taps     int
	src, srcStep, srcToTap int // what position at reads through the first tap; steps from position to position and from tap to tap
}

// scratch is the memory of a call, kept so that no call allocates.
type scratch struct {
	at         [2 * tilePositions]uintptr
	rows, cols []span
	tiles      []rowTile
	spans      []gradSpan
	meetings   []meeting
	ends       []int
	packed     []float32
	x          []float32
	numbers    []float32
	totals     []float64
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// forwardSpans cuts the outputs along an axis.
func (a axis) forwardSpans(list []span) []span {
	list = list[:0]
	for o := range a.out {
		low, high := max(0, a.pad-o*a.stride), min(a.kernel, a.in+a.pad-o*a.stride)
		s := span{at: o, step: 1, n: 1, tap: low, tapStep: 1, taps: max(0, high-low), src: o*a.stride - a.pad + low, srcStep: a.stride, srcToTap: 1}
		list = join(list, s)
	}
	return list
}

// backwardSpans cuts the inputs along an axis.
func (a axis) backwardSpans(list []span) []span {
	list = list[:0]
	for first := range min(a.stride, a.in) {
		for i := first; i < a.in; i += a.stride {
			tap := (i + a.pad) % a.stride
			if low := i + a.pad - a.stride*(a.out-1); tap < low {
				tap = low // as far from i + pad in strides, hence also congruent
			}
			last := min(a.kernel-1, i+a.pad)
			s := span{at: i, step: a.stride, n: 1, tap: tap, tapStep: a.stride, src: (i + a.pad - tap) / a.stride, srcStep: 1, srcToTap: -1}
			if last >= tap {
				s.taps = (last-tap)/a.stride + 1
			}
			list = join(list, s)
		}
	}
	return list
}

// join adds a position to the last span if that continues with the same taps, and else as a span of its own.
func join(list []span, s span) []span {
	if n := len(list); n > 0 {
		last := &list[n-1]
		if last.at+last.n*last.step == s.at && last.tap == s.tap && last.taps == s.taps {
			last.n++
			return list
		}
	}
	return append(list, s)
}

// windowWalk describes writing images while reading others.
type windowWalk struct {
	batch, height, width int // of the images written
	inHeight, inWidth    int // of those read
	ld, ldin             int
	kernelWidth          int
	rows, cols           []span
}

func (s *scratch) walk(v Window, back bool, ld, ldin int) windowWalk {
	rows, cols := v.axis(0), v.axis(1)
	if back {
		s.rows, s.cols = rows.backwardSpans(s.rows), cols.backwardSpans(s.cols)
		return windowWalk{v.Batch, rows.in, cols.in, rows.out, cols.out, ld, ldin, cols.kernel, s.rows, s.cols}
	}
	s.rows, s.cols = rows.forwardSpans(s.rows), cols.forwardSpans(s.cols)
	return windowWalk{v.Batch, rows.out, cols.out, rows.in, cols.in, ld, ldin, cols.kernel, s.rows, s.cols}
}

// tiles calls f with the byte offsets of six positions at a time that have their taps in common: at[0:6] is what they
// read through the first tap, at[6:12] where they are written.
func (k windowWalk) tiles(at *[2 * tilePositions]uintptr, f func(r, c span)) {
	for _, r := range k.rows {
		for _, c := range k.cols {
			n := 0
			for b := range k.batch {
				for i := range r.n {
					in := 4 * k.ldin * ((b*k.inHeight+r.src+i*r.srcStep)*k.inWidth + c.src)
					out := 4 * k.ld * ((b*k.height+r.at+i*r.step)*k.width + c.at)
					for range c.n {
						at[n], at[tilePositions+n] = uintptr(in), uintptr(out)
						in += 4 * k.ldin * c.srcStep
						out += 4 * k.ld * c.step
						if n++; n == tilePositions {
							f(r, c)
							n = 0
						}
					}
				}
			}
			if n > 0 {
				for i := n; i < tilePositions; i++ {
					at[i], at[tilePositions+i] = at[n-1], at[tilePositions+n-1]
				}
				f(r, c)
			}
		}
	}
}

// steps is how many bytes a walk over taps advances: after each tap, and after each row of them.
type steps struct{ col, row uintptr }

// inSteps returns the steps of the images read.
func (k windowWalk) inSteps(r, c span) steps {
	return steps{uintptr(4 * k.ldin * c.srcToTap), uintptr(4 * k.ldin * (r.srcToTap*k.inWidth - c.taps*c.srcToTap))}
}

// tapSteps returns the steps of weights that take the given number of bytes per tap.
func (k windowWalk) tapSteps(r, c span, tap int) steps {
	return steps{uintptr(tap * c.tapStep), uintptr(tap * (r.tapStep*k.kernelWidth - c.taps*c.tapStep))}
}

// meeting is where a tap first meets the input, the output position that reads it there, both in bytes, and how many
// outputs of the row follow on.
type meeting struct{ x, dy, n uintptr }

// meet lists, tap by tap, the meetings of the output positions from low to high in ascending order; the bytes of dy
// count from position low. The meetings of a tap end at ends[tap].
func (s *scratch) meet(v Window, low, high, ldx, lddy int) {
	s.meetings, s.ends = s.meetings[:0], s.ends[:0]
	rows, cols := v.axis(0), v.axis(1)
	for i := range rows.kernel {
		for j := range cols.kernel {
			first, count := cols.meets(j)
			for line := low / cols.out; line*cols.out < high; line++ {
				y := line%rows.out*rows.stride - rows.pad + i
				from, to := max(low, line*cols.out+first), min(high, line*cols.out+first+count)
				if uint(y) >= uint(rows.in) || from >= to {
					continue
				}
				col := from - line*cols.out
				x := 4 * ldx * ((line/rows.out*rows.in+y)*cols.in + col*cols.stride - cols.pad + j)
				s.meetings = append(s.meetings, meeting{uintptr(x), uintptr(4 * lddy * (from - low)), uintptr(to - from)})
			}
			s.ends = append(s.ends, len(s.meetings))
		}
	}
}

// meets returns the range of outputs along an axis at which a tap meets the image.
func (a axis) meets(tap int) (low, n int) {
	if d := a.pad - tap; d > 0 {
		low = (d + a.stride - 1) / a.stride
	}
	last := a.in - 1 + a.pad - tap
	if last < 0 {
		return 0, 0
	}
	return low, max(0, min(a.out-1, last/a.stride)-low+1)
}
