package command

import (
	"context"
	"runtime"
	"time"

	"srhmbench/kernels"
)

// roofs are the best that one core can do, measured.
type roofs struct {
	FMA  []fmaRoof  `json:"fma"`
	Read []readRoof `json:"read"` // by the chosen tier
}

type fmaRoof struct {
	Tier   string  `json:"tier"`
	GFLOPs float64 `json:"gflop_per_s"`
}

type readRoof struct {
	Bytes int     `json:"bytes"`
	GBs   float64 `json:"gb_per_s"` // 10^9 bytes
}

const (
	smallestSet = 16 << 10 // bytes: fits any first-level cache
	largestSet  = 256 << 20
	slice       = 20 * time.Millisecond // of one timing: long against the clock, short against other processes
	timings     = 5                     // of which the best counts, for others only slow it down
)

func measureRoofs(ctx context.Context) (roofs, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var r roofs
	for _, t := range kernels.Available() {
		if err := ctx.Err(); err != nil {
			return r, err
		}
		peak, err := peakFMA(t)
		if err != nil {
			return r, err
		}
		r.FMA = append(r.FMA, fmaRoof{t.String(), peak / 1e9})
	}
	data := touched(largestSet / 4)
	for size := smallestSet; size <= largestSet; size *= 4 {
		if err := ctx.Err(); err != nil {
			return r, err
		}
		part := data[:size/4]
		rate := best(func(times int) float64 {
			for range times {
				kernels.StreamRead(part)
			}
			return float64(times) * float64(size)
		})
		r.Read = append(r.Read, readRoof{size, rate / 1e9})
	}
	return r, nil
}

// peakFMA is in operations a second; a fused multiply-add is two.
func peakFMA(t kernels.Tier) (float64, error) {
	undo, err := kernels.Force(t)
	if err != nil {
		return 0, err
	}
	defer undo()
	return best(func(times int) float64 { return kernels.PeakFMA(times * 100) }), nil
}

// touched returns memory that is really there: pages that were never written are all the same page
// of zeros, which stays in the cache.
func touched(n int) []float32 {
	data := make([]float32, n)
	for i := range data {
		data[i] = 1
	}
	return data
}

// best returns the highest rate of several timings. work does a thing so many times and returns how
// much that was.
func best(work func(times int) float64) float64 {
	times := 1
	for { // find how often fills a slice; this also warms the caches
		started := time.Now()
		work(times)
		if time.Since(started) >= slice {
			break
		}
		times *= 2
	}
	rate := 0.0
	for range timings {
		started := time.Now()
		amount := work(times)
		rate = max(rate, amount/time.Since(started).Seconds())
	}
	return rate
}
