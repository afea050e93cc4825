// Package compare puts benchmarks of several machines, or of several kernel tiers of one, side by side.
//
// Files are in Go's benchmark format, as "make bench" writes them. A table has a row for each benchmark and a
// column for each machine and tier, or library of bench/peers; what was not measured is a dash. Nothing is pooled
// that does not belong together: emulated machines with real ones, different versions of the benchmarks, or one
// machine at different commits.
package compare
