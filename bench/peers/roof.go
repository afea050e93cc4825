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
	return &roofs{peak: fastestRate(func() float64 { return kernels.PeakFMA(10000) }), read: map[int]float64{}}
}

// least is the shortest time, in seconds, for so many operations and bytes of a working set.
func (r *roofs) least(flops, bytes, set float64) float64 {
	size := 16 << 10
	for float64(size) < set && size < largestSet {
		size *= 2
	}
	if r.read[size] == 0 {
		for len(r.data) < size/4 {
			r.data = append(r.data, 1) // a page that was never written may be shared by all
		}
		r.read[size] = fastestRate(func() float64 {
			kernels.StreamRead(r.data[:size/4])
			return float64(size)
		})
	}
	return max(flops/r.peak, bytes/r.read[size])
}

const largestSet = 256 << 20

// fastestRate is the best of timings of 2 ms, per second, over 100 ms.
func fastestRate(f func() float64) (best float64) {
	f()
	for began := time.Now(); time.Since(began) < 100*time.Millisecond; {
		total, start := 0.0, time.Now()
		for time.Since(start) < 2*time.Millisecond {
			total += f()
		}
		best = max(best, total/time.Since(start).Seconds())
	}
	return best
}
