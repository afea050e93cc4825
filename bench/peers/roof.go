package main

import "time"

// measuredRate is the stopwatch of the roofs here, and is to that of the benchmarks: the lower quartile of slices, per
// second of the CPU, over 100 ms.
func measuredRate(f func() float64) float64 {
	amount := f()
	return amount / timeSlices(100*time.Millisecond, func(n int) {
		for range n {
			f()
		}
	}).each
}
