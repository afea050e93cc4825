package bench

import (
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/klauspost/cpuid/v2"

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
	})
}

// BenchmarkStreamRead is the bandwidth roof of one core by working set.
func BenchmarkStreamRead(b *testing.B) {
	for kib := 16; kib <= 256<<10; kib *= 4 {
		var data []float32
		onTiers(b, fmt.Sprintf("kib=%d/", kib), true, func(b *testing.B) {
			if data == nil {
				data = touched(kib * 256)
			}
			for b.Loop() {
				kernels.StreamRead(data)
			}
			b.ReportMetric(float64(b.N)*float64(kib*1024)/b.Elapsed().Seconds()/1e9, "GB/s")
		})
	}
}

// touched returns memory that is really there: a page never written may be shared by all.
func touched(n int) []float32 {
	data := make([]float32, n)
	for i := range data {
		data[i] = 1
	}
	return data
}

// slab is memory of twice the last-level cache, within reason: what has been through all of it finds
// nothing of its beginning in a cache.
var slab = sync.OnceValue(func() []float32 {
	bytes := 2 * cpuid.CPU.Cache.L3
	return touched(min(max(bytes, 32<<20), 256<<20) / 4)
})

// report adds the rates and the share of the roof to a benchmark, of which one iteration has so many
// operations and bytes and finds its data in a working set of so many bytes.
func report(b *testing.B, flops, bytes float64, set int) {
	each := b.Elapsed().Seconds() / float64(b.N)
	if flops > 0 {
		b.ReportMetric(flops/each/1e9, "GFLOP/s")
	}
	b.ReportMetric(bytes/each/1e9, "GB/s")
	if os.Getenv("SRHM_BENCH_ROOFS") != "off" {
		least := max(flops/peak(b), bytes/bandwidth(b, set))
		b.ReportMetric(100*least/each, "%roof")
	}
}

// roofs are those measured so far in this process, per second, on one core: of reads by working set, of
// operations at 0. They are the machine's, so they are measured on its widest tier, whatever tier is timed.
var roofs = map[int]float64{}

// peak is the roof of operations.
func peak(b *testing.B) float64 {
	return roof(b, 0, func() float64 { return kernels.PeakFMA(10000) })
}

// bandwidth is the roof of reads from a working set of so many bytes, to the next power of two.
func bandwidth(b *testing.B, set int) float64 {
	size := 16 << 10
	for size < set && size < 4*len(slab()) {
		size *= 2
	}
	size = min(size, 4*len(slab()))
	var data []float32
	return roof(b, size, func() float64 {
		if data == nil {
			data = touched(size / 4)
		}
		kernels.StreamRead(data)
		return float64(size)
	})
}

func roof(b *testing.B, set int, work func() float64) float64 {
	if roofs[set] == 0 {
		available := kernels.Available()
		undo, err := kernels.Force(available[len(available)-1])
		if err != nil {
			b.Fatal(err)
		}
		defer undo()
		roofs[set] = rate(work)
	}
	return roofs[set]
}

// rate is the best of timings of 2 ms, per second, over 100 ms: short ones fall between what else runs.
func rate(f func() float64) (best float64) {
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
