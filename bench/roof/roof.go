// Package roof measures the best that one core can do: multiply-adds in registers, and reads from working sets of every
// size. What a kernel takes is judged against these, as a share of the roof.
package roof

import (
	"fmt"
	"runtime"
	"slices"
	"time"

	"srhmbench/kernels"
)

// The working sets that reads are measured from, in bytes: powers of two, from one that fits any first-level cache to one
// that fits none.
const (
	SmallestSet = 16 << 10
	LargestSet  = 256 << 20
)

// Stopwatch does work again and again and returns how much of it is done in a second, where each call of work returns how
// much it did. The first call warms the caches and does not count.
type Stopwatch func(work func() float64) (perSecond float64)

// Meter measures the roofs of one kernel tier, each when it is first asked for. It is not for several goroutines.
type Meter struct {
	tier  kernels.Tier
	watch Stopwatch
	peak  float64
	reads map[int]float64 // by size of the working set
	data  []float32
}

// New returns a meter of a tier; an error says that this machine does not run it. What is timed in another way than
// by Best needs roofs that are timed so too, or shares compare two clocks.
func New(tier kernels.Tier, watch Stopwatch) (*Meter, error) {
	if !slices.Contains(kernels.Available(), tier) {
		return nil, fmt.Errorf("kernel tier %v: want one of %v, which this machine and build run", tier, kernels.Available())
	}
	return &Meter{tier: tier, watch: watch, reads: map[int]float64{}}, nil
}

// Peak is in floating-point operations per second; a fused multiply-add is two.
func (m *Meter) Peak() float64 {
	if m.peak == 0 {
		m.peak = m.measure(func() float64 { return kernels.PeakFMA(10000) })
	}
	return m.peak
}

// Read is in bytes per second from a working set of so many bytes, rounded up to the next that is measured.
func (m *Meter) Read(bytes float64) float64 {
	size := SmallestSet
	for float64(size) < bytes && size < LargestSet {
		size *= 2
	}
	if m.reads[size] == 0 {
		if len(m.data) < size/4 {
			m.data = Touched(size / 4)
		}
		m.reads[size] = m.measure(func() float64 {
			kernels.StreamRead(m.data[:size/4])
			return float64(size)
		})
	}
	return m.reads[size]
}

func (m *Meter) measure(work func() float64) float64 {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	undo, err := kernels.Force(m.tier)
	if err != nil {
		panic(err) // New has looked
	}
	defer undo()
	return m.watch(work)
}

// Bound is the least time that something can take, and the roofs that this follows from.
type Bound struct {
	Operations, Traffic float64 // seconds
	Peak, Read          float64 // per second
}

// Least is the time of what takes longer.
func (b Bound) Least() float64 { return max(b.Operations, b.Traffic) }

// Bound returns that of so many operations on so many bytes, which are read from a working set of set bytes.
func (m *Meter) Bound(operations, bytes, set float64) Bound {
	peak, read := m.Peak(), m.Read(set)
	return Bound{operations / peak, bytes / read, peak, read}
}

// Touched returns n numbers in memory that is really there: pages that were never written may all be one page of zeros,
// which stays in the cache.
func Touched(n int) []float32 {
	data := make([]float32, n)
	for i := range data {
		data[i] = 1
	}
	return data
}

// Best is the stopwatch for what is timed by the clock on the wall: the best of slices of 2 ms, over 100 ms. Slices so short
// fall between what else runs.
func Best(work func() float64) (perSecond float64) {
	work()
	for began := time.Now(); time.Since(began) < 100*time.Millisecond; {
		total, start := 0.0, time.Now()
		for time.Since(start) < 2*time.Millisecond {
			total += work()
		}
		perSecond = max(perSecond, total/time.Since(start).Seconds())
	}
	return perSecond
}
