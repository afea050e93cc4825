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

// cpuTime returns how much CPU time this process has used. A thread alone on a CPU uses all of the time that passes;
// beside others, this is what it would have taken alone, but for the caches.
func cpuTime() time.Duration {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// slice is how long something runs before the clock is read. Short slices fall between disturbances of the machine,
// and equal ones make products and roofs comparable.
const slice = 2 * time.Millisecond

// timing is how often something was done, the time and the CPU time that took, and the CPU seconds of each repetition:
// the lower quartile of the slices. The clock of a virtual machine's CPU sometimes skips part of a slice, and the
// fastest slice would be such a one.
type timing struct {
	n         int
	wall, cpu time.Duration
	each      float64
}

// timeSlices does something n times, slice after slice and at least two, until it has used the given CPU time.
func timeSlices(each time.Duration, do func(n int)) timing {
	var t timing
	var all []float64
	for n, steady := 1, false; t.cpu < each || t.n < 2*n; {
		began, before := time.Now(), cpuTime()
		do(n)
		used, took := cpuTime()-before, time.Since(began)
		if !steady && used < slice/2 { // the first runs may be slow
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

// timer prints the times of a library's benchmarks.
type timer struct {
	w    io.Writer
	each time.Duration // CPU time per benchmark
	lib  string
	core *roof.Meter // nil if roofs are not wanted
}

// workload is what a benchmark does: its operations; the bytes it must read, beside which its writes go; the bytes it
// reads or writes; and the bytes of memory these are in.
type workload struct {
	flops, read, moved, set float64
	unit                    string // of the rate to print, GFLOP/s or GB/s; empty if libraries do different work
	of                      int    // how many are done at a time, because they differ; 0 means 1
}

// definition returns what a benchmark of this name measures, for comparisons with other runs.
func (w workload) definition(name string) benchfile.Definition {
	return benchfile.Definition{Version: machine.Hash(fmt.Sprintf("%s\noperations %.6g\n", name, w.flops)), Operations: w.flops, Bytes: max(w.moved, w.read)}
}

// rate returns the rate in the workload's unit, given its seconds.
func (w workload) rate(seconds float64) float64 {
	if w.unit == "GB/s" {
		return w.moved / seconds / 1e9
	}
	return w.flops / seconds / 1e9
}

// clock times n repetitions of do and prints a line in Go's benchmark format: the time that passed, the CPU time in
// the lower quartile of the slices, the rate at that time and, if roofs are wanted, the least time and the rates it
// follows from.
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
