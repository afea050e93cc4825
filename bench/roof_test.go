package bench

import (
	"fmt"
	"testing"
	"time"

	"srhmbench/kernels"
)

// BenchmarkPeakFMA is the compute roof of one core: independent multiply-adds in registers.
func BenchmarkPeakFMA(b *testing.B) {
	onTiers(b, "", func(b *testing.B) {
		flops := 0.0
		for b.Loop() {
			flops += kernels.PeakFMA(10000)
		}
		b.ReportMetric(flops/b.Elapsed().Seconds()/1e9, "GFLOP/s")
	})
}

// BenchmarkStreamRead is the bandwidth roof of one core by working set.
func BenchmarkStreamRead(b *testing.B) {
	for kib := 16; kib <= 256<<10; kib *= 4 {
		data := make([]float32, kib*256)
		for i := range data {
			data[i] = 1 // touched: a page never written may be shared by all
		}
		onTiers(b, fmt.Sprintf("kib=%d/", kib), func(b *testing.B) {
			for b.Loop() {
				kernels.StreamRead(data)
			}
			b.ReportMetric(float64(b.N)*float64(kib*1024)/b.Elapsed().Seconds()/1e9, "GB/s")
		})
	}
}

// roof returns the least time that work of so many operations and bytes can take on one core, whose
// working set has so many bytes, measured now and on the active tier.
func roof(flops, bytes float64, workingSet int) time.Duration {
	peak := rate(func() float64 { return kernels.PeakFMA(10000) })
	data := make([]float32, workingSet/4)
	for i := range data {
		data[i] = 1
	}
	bandwidth := rate(func() float64 { kernels.StreamRead(data); return float64(workingSet) })
	return time.Duration(1e9 * max(flops/peak, bytes/bandwidth))
}

// rate is the best of several timings of 20 ms, per second.
func rate(f func() float64) (best float64) {
	f()
	for range 5 {
		total, start := 0.0, time.Now()
		for time.Since(start) < 20*time.Millisecond {
			total += f()
		}
		best = max(best, total/time.Since(start).Seconds())
	}
	return best
}
