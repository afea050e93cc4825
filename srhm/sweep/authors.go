package sweep

import (
	"math"
	"slices"

	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// AuthorsGrid returns the training-set sizes of the authors' runs for a task and a
// kind of network, increasing: total sizes, n_c times their program's, unless noted
// (SPEC section 2.3). It returns nil where those are not known: other than
// n_c = v, m = v^(s-1), L = 2 or 3, sparsity A, and some cells named below.
func AuthorsGrid(t srhm.Task, net spec.Network) []int {
	t = t.WithDefaults()
	usual := srhm.Task{V: t.V, S: t.S, S0: t.S0, L: t.L, Grammar: t.Grammar}.WithDefaults()
	if t != usual || t.L != 2 && t.L != 3 {
		return nil
	}
	var perClass []float64
	switch {
	case net.Kind == spec.CNN && t.S == 2 && t.L == 2 && t.S0 > 0:
		return whole(1, totalCNN(t)) // the older pipeline counts all classes together
	case net.Kind == spec.CNN:
		perClass = perClassCNN(t)
	case net.Kind == spec.LCN || net.Kind == spec.FCN && t.S == 2:
		perClass = perClassLCN(t, net.Kind)
	}
	return whole(t.NC, perClass)
}

// whole cuts sizes per class to integers, as the authors do, and makes them total.
func whole(classes int, perClass []float64) []int {
	var sizes []int
	for _, x := range perClass {
		sizes = append(sizes, classes*int(x))
	}
	slices.Sort(sizes)
	return slices.Compact(sizes)
}

// power returns base^l for small whole numbers, exactly.
func power(base, l int) float64 {
	p := 1.0
	for range l {
		p *= float64(base)
	}
	return p
}

// fourteen is logspace(lo, hi, 15) without its last number.
func fourteen(lo, hi float64) []float64 { return logspace(lo, hi, 15)[:14] }

// decades is the grid from a tenth of p to a hundred times p, coarse, then fine. It starts at a
// whole number: that is what gives the published 6120 = 4*1530 for p = 256.
func decades(p float64) []float64 {
	return slices.Concat(logspace(math.Floor(0.1*p), 10*p, 10), logspace(10*p, 100*p, 10))
}

// perClassLCN is the grid of the locally and of the fully connected networks. For
// s0 = 4 and v = 6 the published points (28500 in Figure 4B, the curve of Figure 7)
// lie on 36*500^(k/14) and not on the grid of the other v. The last point is dropped for
// the locally connected networks only: a published 819192 is 8*102399, the last one.
func perClassLCN(t srhm.Task, kind string) []float64 {
	n := power(t.V, t.L)
	switch {
	case t.S == 3 && (t.V == 4 || t.V == 6) || t.S == 2 && t.S0 == 4 && t.V != 6:
		return decades(power((t.S0+1)*t.M, t.L))
	case t.S != 2 || t.S0 > 4:
		return nil
	case t.S0 == 4:
		return fourteen(n, 500*n)
	}
	grid := logspace(n, 200*n, 15)
	if kind == spec.LCN {
		grid = grid[:14]
	}
	if t.L == 3 {
		for _, x := range logspace(200, 600, 6) {
			grid = append(grid, x*n)
		}
	}
	return grid
}

// perClassCNN is the grid of the convolutional networks but for s = 2, L = 2, s0 > 0.
// For s = 3 only that of v = 4 is known. Four lower points at v = 8 and 10,
// s0 = 1, L = 3 are left out: their values are not known.
func perClassCNN(t srhm.Task) []float64 {
	n := power(t.V, t.L)
	switch {
	case t.S == 3 && t.V == 4:
		return decades(float64(t.S0+1) * power(t.M, t.L))
	case t.S != 2:
		return nil
	case t.S0 == 0:
		// From a whole number, which gives the published 112 = 4*28 for v = 4.
		return fourteen(math.Floor(0.2*n), 100*n)
	case t.S0 >= 4:
		return fourteen(power(t.V, 4), 300*power(t.V, 4))
	}
	return fourteen(power(t.V, 4), 100*power(t.V, 4))
}

// totalCNN is the grid of the convolutional networks at s = 2, L = 2, s0 > 0.
func totalCNN(t srhm.Task) []float64 {
	largest := power(2*t.S0+2, 3) * power(t.V, 4)
	if t.S0 >= 4 {
		largest = min(largest, 110000)
	}
	return fourteen(power(t.V, 3), largest)
}
