// Package gate decides whether a change made the benchmarks slower, in a way that a noisy neighbour cannot
// bring about.
//
// # How it measures
//
// First the assembly is generated again: if it is not what is committed, that is a regression.
//
// Run builds the benchmarks of two commits with one toolchain, as base and head; the benchmarks themselves
// are head's in both. Equal programs cannot differ in speed, so they pass at once. Otherwise rounds follow,
// in each of which base, head and base again (the A/A arm) run in random order, pinned to one CPU. Each is a
// fresh copy of its program, so that the luck of its pages in the caches is drawn anew, and runs every benchmark four
// times for a few milliseconds, of which the fastest counts. A round in which the hypervisor took time away is dropped.
//
// # How it judges
//
// Judge is arithmetic on samples and nothing else. For each benchmark it compares base with head:
//
//   - allocations exactly: head's fewest above base's most is a regression;
//   - times by the Mann-Whitney test on all rounds and Fisher's exact test on the fastest third, whichever is surer,
//     corrected for the two and over all benchmarks by Holm's method, and by the ratio of lower quartiles. On a shared
//     machine most benchmarks have a fast and a slow state, and only the fast one tells programs apart. The noise
//     floor is the larger of 2 % and the 95th percentile of |aa/base - 1| over all benchmarks of the same run. Slower
//     is what has p below 0.01 and is slower by more than 5 % and twice the floor.
//
// What is slower by that measure is measured again, alone, and is a regression only if it is slower again.
//
// # Without measuring base
//
// With a baseline, the arms base and aa are those that an earlier gate on this machine kept, and head alone is
// measured, in both looks. The noise between then and now is in no A/A arm, so the floor is at least 5 %.
//
// # When it does not judge
//
// The run is void, which is neither pass nor regression, when too few rounds are left, when a benchmark is missing, when
// the arms are of different machines or toolchains, when the floor is so high that a slowdown of a fifth would not show, or
// when the canary sang: PeakFMA works in registers only, so it shows a CPU that ran faster for one arm than for another.
// Benchmarks that the arms define otherwise, as a baseline of older benchmarks can, are named and left out.
package gate
