// Package bench holds the benchmarks that are about more than one package: the measured roofs of this
// machine, and whole training steps as a share of them. Run them with "make bench"; committed runs stand
// in results/bench.
//
// Names are key=value, the tier last; the lines before the first benchmark say which machine and which
// program it was, in the form that benchstat reads.
package bench
