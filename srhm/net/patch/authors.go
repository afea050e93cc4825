package patch

import (
	"math"
	"slices"

	"srhmbench/srhm"
	"srhmbench/srhm/numpy"
)

// whole cuts sizes per class to integers, as the authors do, and makes them total.
func whole(classes int, perClass []float64) []int {
	var sizes []int
	for _, x := range perClass {
		sizes = append(sizes, classes*int(x))
	}
	slices.Sort(sizes)
	return slices.Compact(sizes)
}

// pow returns base^l for small whole numbers, exactly.
func pow(base, l int) float64 {
	p := 1.0
	for range l {
		p *= float64(base)
	}
	return p
}

// fourteen is logspace(lo, hi, 15) without its last number.
func fourteen(lo, hi float64) []float64 { return numpy.Logspace(lo, hi, 15)[:14] }

// decades is the grid from a tenth of p to a hundred times p, coarse, then fine. It starts at a whole number: that
// gives the published 6120 = 4*1530 for p = 256.
func decades(p float64) []float64 {
	return slices.Concat(numpy.Logspace(math.Floor(0.1*p), 10*p, 10), numpy.Logspace(10*p, 100*p, 10))
}

// positionSizes is the grid, per class, of networks without shared filters, the first so many points of its first part.
// For s0 = 4 and v = 6 the published points (28500 in Figure 4B, the curve of Figure 7) lie on 36*500^(k/14) and not
// on the grid of the other v.
func positionSizes(t srhm.Task, points int) []float64 {
	n := pow(t.V, t.L)
	switch {
	case t.S == 3 && (t.V == 4 || t.V == 6) || t.S == 2 && t.S0 == 4 && t.V != 6:
		return decades(pow((t.S0+1)*t.M, t.L))
	case t.S != 2 || t.S0 > 4:
		return nil
	case t.S0 == 4:
		return fourteen(n, 500*n)
	}
	grid := numpy.Logspace(n, 200*n, 15)[:points]
	if t.L == 3 {
		for _, x := range numpy.Logspace(200, 600, 6) {
			grid = append(grid, x*n)
		}
	}
	return grid
}
