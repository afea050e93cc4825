// Package bench holds the benchmarks: every kernel of the registry at the shapes of shapes/*.txt, the measured
// roofs of this machine, training steps as a share of them, what they cost with more blanks and on more cores, and
// whole trainings. Run them with "make bench"; committed
// runs stand in results/bench.
//
// # Names
//
// A name is the operation and then key=value parts in a fixed order, the tier last:
//
//	BenchmarkGEMM/shapes=srhm/cache=warm/m=40/n=128/k=128/tier=avx2
//
// shapes is the file the sizes come from. A warm kernel works on the same operands again and again, a cold
// one on the next of many copies, which together are twice the last-level cache. The lines before the first benchmark say which machine
// and which program it was and do not change during a run. What does change stands in comments, so that benchstat keeps a
// run in one table; so do definitions, which decide whether times of two runs can be compared:
//
//	# defined GEMM/shapes=srhm/cache=warm/m=40/n=128/k=128 5c0f6e11 operations=1310720 bytes=106496
//
// The hash covers the name, the operations and whatever else a benchmark says of itself (define), but not its source.
//
// # Share of the roof
//
// %roof is the least time that this core could take, as a share of the time it took: its multiply-adds at the
// rate of PeakFMA or its bytes at the rate of StreamRead in the same working set, whichever takes longer, both on
// the widest tier and measured in the same process. Bytes are the least traffic, every input read once and every
// result written once. Where most of them are written a share can be above 100 %, for writes go beside reads.
//
// # Environment
//
// SRHM_BENCH_TIERS=avx2,avx512 runs these tiers only, and at every size; a tier that cannot run is an error.
// Without it every tier that the machine has runs, the generic one at small sizes only.
//
// SRHM_BENCH_ROOFS=off leaves out %roof, whose roofs take a tenth of a second each to measure.
//
// SRHM_EMULATOR=bochs says that the machine is emulated, and by what: its times are never compared with
// those of real ones.
package bench
