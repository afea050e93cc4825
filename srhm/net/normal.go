package net

import (
	"math"
	"math/rand/v2"
)

// normals draws N(0,1) by the polar method: only operations that are the same bits everywhere.
type normals struct {
	r     *rand.Rand
	spare float64
	has   bool
}

func (n *normals) next() float32 {
	if n.has {
		n.has = false
		return float32(n.spare)
	}
	for {
		x, y := float64(2*n.r.Float64())-1, float64(2*n.r.Float64())-1
		s := float64(x*x) + float64(y*y)
		if s >= 1 || s == 0 {
			continue
		}
		f := math.Sqrt(-2 * ln(s) / s)
		n.spare, n.has = y*f, true
		return float32(x * f)
	}
}

// fill writes rows of units values into a row-major matrix of so many columns.
func (n *normals) fill(dst []float32, rows, units, cols int) {
	for r := 0; r < rows; r++ {
		for c := 0; c < units; c++ {
			dst[r*cols+c] = n.next()
		}
	}
}
