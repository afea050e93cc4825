package bench

import (
	"fmt"
	"runtime"
	"slices"
	"testing"

	"srhmbench/kernels"
)

// BenchmarkShareOfPeak times the general product and the roof of the same tier in turn, a fraction of a millisecond
// each, by the time that the thread had, and reports the median share. On a machine that is busy with other things the
// ninth decile comes nearer to what an idle one would say.
func BenchmarkShareOfPeak(b *testing.B) {
	shapes, err := Shapes()
	if err != nil {
		b.Fatal(err)
	}
	for _, s := range shapes {
		if s.Op != "MatMul" {
			continue
		}
		j := s.job()
		onTiers(b, fmt.Sprintf("op=%s/%s/", s.Op, s.Name()), j.small(), func(b *testing.B) {
			shares := sharesOfPeak(b, j)
			b.ReportMetric(100*shares[len(shares)/2], "%peak")
			b.ReportMetric(100*shares[len(shares)*9/10], "p90-%peak")
			define(b, j.Flops, unknown)
		})
	}
}

// sharesOfPeak are sorted.
func sharesOfPeak(b *testing.B, j job) []float64 {
	memory, f := make([]float32, j.total()), make([][]float32, len(j.Lengths))
	j.values(memory)
	j.operands(f, memory)
	times, loops := min(int(1e7/j.Flops)+1, 1000), 20000
	if kernels.Active() == kernels.Generic {
		times, loops = 1, 1000
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var shares []float64
	for b.Loop() {
		start := threadTime()
		flops := kernels.PeakFMA(loops)
		peak := flops / (threadTime() - start).Seconds()
		start = threadTime()
		for range times {
			j.Run(f)
		}
		shares = append(shares, float64(times)*j.Flops/(threadTime()-start).Seconds()/peak)
	}
	slices.Sort(shares)
	return shares
}
