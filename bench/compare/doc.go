// Package compare puts benchmarks of several machines, or of several kernel tiers of one, side by side.
//
// Files are in Go's benchmark format, as "make bench" writes them. A table has a row for each benchmark and a column for
// each machine and tier, or library of bench/peers; a dash stands for what was not measured.
//
// # What is compared
//
// Of several runs of a machine the newest that has a benchmark counts, or the newest at a commit that is asked for; runs are
// never pooled. A benchmark is compared as long as its own definition stays the same: the operation, its sizes, the state of
// the caches, and what is counted. "make bench" writes a version of each definition into the file. Older files have none (a
// hash over all of the benchmarks' sources instead, which is not looked at): their benchmarks are taken by name, provided
// that their rates give the same operations and bytes as the newest run.
//
// Nothing that cannot be compared stops the rest. It is left out and listed in Notes: benchmarks that were defined
// otherwise, emulated machines beside real ones, lines that are no results.
package compare
