package main

import (
	"time"

	"srhmbench/kernels"
)

// roofs are those of this core: operations a second, and bytes a second read from a working set.
type roofs struct {
	peak float64
	read map[int]float64 // by size, measured when asked for
	data []float32
}

func newRoofs() *roofs {
	return &roofs{peak: measuredRate(func() float64 { return kernels.PeakFMA(10000) }), read: map[int]float64{}}
}

// bound is how fast something could be: seconds for its operations and for its traffic, and the rates these are at.
type bound struct{ ops, traffic, peak, read float64 }

func (b bound) least() float64 { return max(b.ops, b.traffic) }

func (r *roofs) bound(w workload) bound {
	size := 16 << 10
	for float64(size) < w.set && size < largestSet {
		size *= 2
	}
	if r.read[size] == 0 {
		for len(r.data) < size/4 {
			r.data = append(r.data, 1) // a page that was never written may be shared by all
		}
		r.read[size] = measuredRate(func() float64 {
			kernels.StreamRead(r.data[:size/4])
			return float64(size)
		})
	}
	return bound{w.flops / r.peak, w.read / r.read[size], r.peak, r.read[size]}
}

const largestSet = 256 << 20

// measuredRate is the lower quartile of slices, per second of the CPU, over 100 ms.
func measuredRate(f func() float64) float64 {
	amount := f()
	return amount / timeSlices(100*time.Millisecond, func(n int) {
		for range n {
			f()
		}
	}).each
}
