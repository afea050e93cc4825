package main

import (
	"fmt"
	"io"
	"math"
	"syscall"
	"testing"
	"time"
)

// cpuTime is what this process has used of a CPU so far. One thread that is alone on a CPU uses all of the time that
// passes; with others beside it, this is what it would have taken alone, but for caches.
func cpuTime() time.Duration {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// slice is how long something is done before the time is read. Short ones fall between what else disturbs the machine,
// and the same ones for products and roofs make them comparable.
const slice = 2 * time.Millisecond

// timing is how often something was done, in what time, that of the CPU in it, and in how many seconds of a CPU each
// time in the best slice.
type timing struct {
	n         int
	wall, cpu time.Duration
	best      float64
}

// timeSlices does something n times, slice after slice, two at least, until it has used so much of a CPU.
func timeSlices(each time.Duration, do func(n int)) timing {
	t := timing{best: math.Inf(1)}
	for n, steady := 1, false; t.cpu < each || t.n < 2*n; {
		began, before := time.Now(), cpuTime()
		do(n)
		used, took := cpuTime()-before, time.Since(began)
		if !steady && used < slice/2 { // what comes first may be slow
			n = min(100*n, max(2*n, int(float64(n)*slice.Seconds()/max(used.Seconds(), 1e-6))))
			continue
		}
		steady = true
		t.n, t.wall, t.cpu, t.best = t.n+n, t.wall+took, t.cpu+used, min(t.best, used.Seconds()/float64(n))
	}
	return t
}

// timer writes the times of benchmarks of a library.
type timer struct {
	w    io.Writer
	each time.Duration // of a benchmark
	lib  string
	core *roofs // if those are wanted too
}

// workload is what a benchmark does: operations, the bytes that it must read, which what it writes goes beside, those that
// it reads or writes, and bytes of memory that these are in.
type workload struct {
	flops, read, moved, set float64
	unit                    string // of the rate to tell, GFLOP/s or GB/s; none if libraries do not do the same
	of                      int    // how many of them are done at a time, because they differ; 0 is 1
}

// rate is in the unit, for so many seconds.
func (w workload) rate(seconds float64) float64 {
	if w.unit == "GB/s" {
		return w.moved / seconds / 1e9
	}
	return w.flops / seconds / 1e9
}

// clock times what do does n times and prints it as a line of Go's benchmark format: the time that passed, that of the
// CPU in the best slice, the rate in that and, if roofs are wanted, the least time and of which rates it is.
func (t *timer) clock(name string, w workload, do func(n int)) {
	var limit bound
	if t.core != nil {
		limit = t.core.bound(w)
	}
	s := timeSlices(t.each, do)
	of := max(w.of, 1)
	s.n, s.best = of*s.n, s.best/float64(of)
	r := testing.BenchmarkResult{N: s.n, T: s.wall, Extra: map[string]float64{"cpu-ns/op": 1e9 * s.best}}
	if w.unit != "" {
		r.Extra[w.unit] = w.rate(s.best)
	}
	if t.core != nil {
		r.Extra["least-ns/op"], r.Extra["ops-ns/op"] = 1e9*limit.least(), 1e9*limit.ops
		r.Extra["roof-GFLOP/s"], r.Extra["roof-GB/s"] = limit.peak/1e9, limit.read/1e9
	}
	fmt.Fprintf(t.w, "Benchmark%s/lib=%s\t%s\n", name, t.lib, r)
}
