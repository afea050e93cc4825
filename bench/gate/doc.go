// Package gate decides whether a change made the benchmarks slower, in a way that a noisy neighbour cannot
// bring about.
//
// # How it measures
//
// First it generates the assembly again: if the result is not what is committed, that is a regression.
//
// Run builds the benchmarks of two commits, base and head, with one toolchain; both get head's benchmark code. Identical
// programs cannot differ in speed, so they pass at once. Otherwise rounds follow, each of which runs base, head and base
// again (the A/A arm) in random order, pinned to one CPU. Each run uses a fresh copy of its program, which draws the luck
// of its pages in the caches anew, and measures every benchmark four times for a few milliseconds; the fastest counts.
// Rounds in which the hypervisor took time away are dropped.
//
// # How it judges
//
// Judge does arithmetic on samples and nothing else. For each benchmark it compares base with head:
//
//   - allocations exactly: head's fewest above base's most is a regression;
//   - times by the Mann-Whitney test on all rounds and Fisher's exact test on the fastest third, whichever is surer,
//     corrected for the two and over all benchmarks by Holm's method, and by the ratio of lower quartiles. On a shared
//     machine most benchmarks have a fast and a slow state, and only the fast one tells programs apart. The noise
//     floor is the larger of 2 % and the 95th percentile of |aa/base - 1| over all benchmarks of the same run. A
//     benchmark is slower if p is below 0.01 and the slowdown exceeds both 5 % and twice the floor.
//
// Benchmarks found slower are measured again, alone, and are a regression only if they are slower again.
//
// # Without measuring base
//
// With a baseline, the arms base and aa are the ones an earlier gate on this machine kept, and both looks measure head
// alone. No A/A arm contains the noise between then and now, so the floor is at least 5 %.
//
// # When it does not judge
//
// A run is void, neither pass nor regression, when too few rounds are left, when a benchmark is missing, when the arms
// come from different machines or toolchains, when the floor is so high that a slowdown of a fifth would not show, or when
// the canary sang: PeakFMA works in registers only, so a difference there means that the CPU ran faster for one arm than
// for another. Benchmarks that the arms define differently, as with a baseline of older benchmarks, are named and left out.
package gate
