package patch

import (
	"math"
	"math/rand/v2"

	"srhmbench/kernels"
)

// distribution is what initial values are drawn from.
type distribution interface{ next() float32 }

// normals draws from N(0,1) by the polar method, with operations that give the same bits everywhere.
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
		f := math.Sqrt(-2 * kernels.Ln(s) / s)
		n.spare, n.has = y*f, true
		return float32(x * f)
	}
}

// uniforms draws from U(-1,1).
type uniforms struct{ r *rand.Rand }

func (u *uniforms) next() float32 { return float32(float64(2*u.r.Float64()) - 1) }
