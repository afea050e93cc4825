package main

import (
	"fmt"
	"io"
	"slices"
	"syscall"
	"testing"
	"time"

	"srhmbench/bench/benchfile"
	"srhmbench/bench/machine"
	"srhmbench/bench/roof"
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
// time: the lower quartile of the slices. The clock of a virtual machine's CPU sometimes leaves a part of a slice out, and
// the best one would be such a slice.
type timing struct {
	n         int
	wall, cpu time.Duration
	each      float64
}

// timeSlices does something n times, slice after slice, two at least, until it has used so much of a CPU.
func timeSlices(each time.Duration, do func(n int)) timing {
	var t timing
	var all []float64
	for n, steady := 1, false; t.cpu < each || t.n < 2*n; {
		began, before := time.Now(), cpuTime()
		do(n)
		used, took := cpuTime()-before, time.Since(began)
		if !steady && used < slice/2 { // what comes first may be slow
			n = min(100*n, max(2*n, int(float64(n)*slice.Seconds()/max(used.Seconds(), 1e-6))))
			continue
		}
		steady = true
		t.n, t.wall, t.cpu, all = t.n+n, t.wall+took, t.cpu+used, append(all, used.Seconds()/float64(n))
	}
	slices.Sort(all)
	t.each = all[(len(all)-1)/4]
	return t
}

// timer writes the times of benchmarks of a library.
type timer struct {
	w    io.Writer
	each time.Duration // of a benchmark
	lib  string
	core *roof.Meter // if roofs are wanted too
}

// workload is what a benchmark does: operations, the bytes that it must read, which what it writes goes beside, those that
// it reads or writes, and bytes of memory that these are in.
type workload struct {
	flops, read, moved, set float64
	unit                    string // of the rate to tell, GFLOP/s or GB/s; none if libraries do not do the same
	of                      int    // how many of them are done at a time, because they differ; 0 is 1
}

// definition is what a benchmark of this name measures, for comparisons with other runs.
func (w workload) definition(name string) benchfile.Definition {
	return benchfile.Definition{Version: machine.Hash(fmt.Sprintf("%s\noperations %.6g\n", name, w.flops)), Operations: w.flops, Bytes: max(w.moved, w.read)}
}

// rate is in the unit, for so many seconds.
func (w workload) rate(seconds float64) float64 {
	if w.unit == "GB/s" {
		return w.moved / seconds / 1e9
	}
	return w.flops / seconds / 1e9
}

// clock times what do does n times and prints it as a line of Go's benchmark format: the time that passed, that of the
// CPU in the lower quartile of the slices, the rate in that and, if roofs are wanted, the least time and of which rates it is.
func (t *timer) clock(name string, w workload, do func(n int)) {
	var limit roof.Bound
	if t.core != nil {
		fmt.Fprintln(t.w, w.definition(name).Comment(name))
		limit = t.core.Bound(w.flops, w.read, w.set)
	}
	s := timeSlices(t.each, do)
	of := max(w.of, 1)
	s.n, s.each = of*s.n, s.each/float64(of)
	r := testing.BenchmarkResult{N: s.n, T: s.wall, Extra: map[string]float64{"cpu-ns/op": 1e9 * s.each}}
	if w.unit != "" {
		r.Extra[w.unit] = w.rate(s.each)
	}
	if t.core != nil {
		r.Extra["least-ns/op"], r.Extra["ops-ns/op"] = 1e9*limit.Least(), 1e9*limit.Operations
		r.Extra["roof-GFLOP/s"], r.Extra["roof-GB/s"] = limit.Peak/1e9, limit.Read/1e9
	}
	fmt.Fprintf(t.w, "Benchmark%s/lib=%s\t%s\n", name, t.lib, r)
}
