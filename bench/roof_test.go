package bench

import (
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/klauspost/cpuid/v2"

	"srhmbench/bench/roof"
	"srhmbench/kernels"
)

// BenchmarkPeakFMA is the compute roof of one core: independent multiply-adds in registers.
func BenchmarkPeakFMA(b *testing.B) {
	onTiers(b, "", true, func(b *testing.B) {
		flops := 0.0
		for b.Loop() {
			flops += kernels.PeakFMA(10000)
		}
		b.ReportMetric(flops/b.Elapsed().Seconds()/1e9, "GFLOP/s")
		define(b, unknown, unknown) // a wider tier makes more operations in an iteration
	})
}

// BenchmarkStreamRead is the bandwidth roof of one core by working set.
func BenchmarkStreamRead(b *testing.B) {
	for kib := roof.SmallestSet >> 10; kib <= roof.LargestSet>>10; kib *= 4 {
		var data []float32
		onTiers(b, fmt.Sprintf("kib=%d/", kib), true, func(b *testing.B) {
			if data == nil {
				data = roof.Touched(kib * 256)
			}
			for b.Loop() {
				kernels.StreamRead(data)
			}
			b.ReportMetric(float64(b.N)*float64(kib*1024)/b.Elapsed().Seconds()/1e9, "GB/s")
			define(b, unknown, float64(kib*1024))
		})
	}
}

// slab is memory of twice the last-level cache, within reason: what has been through all of it finds
// nothing of its beginning in a cache.
var slab = sync.OnceValue(func() []float32 {
	bytes := 2 * cpuid.CPU.Cache.L3
	return roof.Touched(min(max(bytes, 32<<20), 256<<20) / 4)
})

// report defines a benchmark and adds its rates and its share of the roof. An iteration makes flops operations on at least
// bytes bytes, which lie in a working set of set bytes; details go to define.
func report(b *testing.B, flops, bytes float64, set int, details ...any) {
	define(b, flops, bytes, details...)
	each := b.Elapsed().Seconds() / float64(b.N)
	if flops > 0 {
		b.ReportMetric(flops/each/1e9, "GFLOP/s")
	}
	b.ReportMetric(bytes/each/1e9, "GB/s")
	if os.Getenv("SRHM_BENCH_ROOFS") != "off" {
		least := roofs().Bound(flops, bytes, float64(set)).Least()
		b.ReportMetric(100*least/each, "%roof")
	}
}

// roofs are the machine's, so they are measured on its widest tier, whatever tier is timed.
var roofs = sync.OnceValue(func() *roof.Meter {
	available := kernels.Available()
	meter, err := roof.New(available[len(available)-1], roof.Best)
	if err != nil {
		panic(err) // it is available
	}
	return meter
})
