// Package kerneltest is the conformance suite of package kernels. Unit tests, fuzzing and the legs that run
// on emulated processors all run it.
//
// Operations describes each operation of the registry once, for the benchmarks and the documentation too. Run loops over
// them. The cases of each make calls: operands and what must come out of them. Check runs one call on every tier and looks at everything the contract promises:
//
//   - the result has the bits of the generic tier's;
//   - it is as near to a float64 computation as one rounding a step allows;
//   - nothing outside the operands is read (they end or start at a page that cannot be accessed) or
//     written (borders and the gaps between rows keep their contents), and inputs stay as they are;
//   - where an operand may be another one, it gives the same bits there.
//
// # Environment
//
// SRHM_WANT_TIERS names the tiers that must run, as in generic,avx2: one that cannot is an error. Without
// it, every tier this machine has runs and the others are visible skips.
//
// SRHM_THIN=n makes Run take about one call of n, for processors that are emulated and slow.
//
// The build tag noguard leaves the pages out that cannot be accessed, for emulators whose masked loads read all lanes.
package kerneltest
