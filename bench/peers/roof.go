package main

import "time"

// measuredRate is the stopwatch for the roofs, the same as for the benchmarks: the lower quartile of slices, per CPU
// second, over 100 ms.
func measuredRate(f func() float64) float64 {
	amount := f()
	return amount / timeSlices(100*time.Millisecond, func(n int) {
		for range n {
			f()
		}
	}).each
}
