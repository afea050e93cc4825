// Package page is the comparison of benchmarks as one self-contained HTML page: machines, kernel tiers and other
// libraries side by side, each value beside a bar, and where every kernel stands under the measured roofs.
//
// Times of emulated machines say nothing, so that of those only what was checked is listed.
package page
