package patch

import (
	"math"

	"srhmbench/srhm"
	"srhmbench/srhm/net"
	"srhmbench/srhm/spec"
)

// CNN is the convolutional network with filter = stride: all patches of a layer share their filters.
var CNN net.Kind = kind{name: spec.CNN, title: "CNN", filters: shared, law: net.SharedLaw, authors: authorsCNN}

func authorsCNN(t srhm.Task) net.Authors {
	a := net.Authors{Width: 512, LR: 0.01, StopLoss: 1e-3, Sizes: whole(t.NC, sizesCNN(t))}
	if t.S == 2 && t.L == 2 && t.S0 > 0 {
		a.Sizes = whole(1, olderSizesCNN(t))
	}
	switch {
	case t.S0 >= 6 && t.S == 3:
		a.LR = 0.0003
	case t.S0 >= 6:
		a.LR = 0.001
	case t.S0 >= 4, t.S == 3 && t.V == 4:
		a.LR = 0.003
	}
	return a
}

// sizesCNN is the grid per class but for s = 2, L = 2, s0 > 0. For s = 3 only that of v = 4 is known. Four lower points
// at v = 8 and 10, s0 = 1, L = 3 are left out: their values are not known.
func sizesCNN(t srhm.Task) []float64 {
	n := pow(t.V, t.L)
	switch {
	case t.S == 3 && t.V == 4:
		return decades(float64(t.S0+1) * pow(t.M, t.L))
	case t.S != 2:
		return nil
	case t.S0 == 0:
		// From a whole number, which gives the published 112 = 4*28 for v = 4.
		return fourteen(math.Floor(0.2*n), 100*n)
	case t.S0 >= 4:
		return fourteen(pow(t.V, 4), 300*pow(t.V, 4))
	}
	return fourteen(pow(t.V, 4), 100*pow(t.V, 4))
}

// olderSizesCNN is the grid at s = 2, L = 2, s0 > 0, of the authors' older program, which counts all classes together.
func olderSizesCNN(t srhm.Task) []float64 {
	largest := pow(2*t.S0+2, 3) * pow(t.V, 4)
	if t.S0 >= 4 {
		largest = min(largest, 110000)
	}
	return fourteen(pow(t.V, 3), largest)
}
