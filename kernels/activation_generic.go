package kernels

import "math"

// The constants of tanh and log, the same as in kernels/_asm/contract/constants.go. The polynomials interpolate
// (tanh(√z)/√z - 1)/z on [0, 5/8²] and (log(1+f) - f + f²/2)/f³ on [√½-1, √2-1] at Chebyshev points.
const (
	tanhSmall = float32(0.625)
	logRoot   = 0x3f3504f3 // bits of √½
	logTiny   = float32(0x1p-126)
	logLn2Hi  = float32(0.693359375)
	logLn2Lo  = float32(-2.12194440e-4)
	siluBound = float32(88)
)

var (
	tanhCoeffs = [...]float32{0.002292744816178142, -0.008343945515839153, 0.02176891865102821, -0.053959259577204544, 0.1333330355691574, -0.3333333317214036}
	logCoeffs  = [...]float32{0.06971611471451172, -0.11479733846637633, 0.1168541992348674, -0.12425687331451106, 0.1424905764569748, -0.16667802319501254, 0.200007157488921, -0.24999996957950882, 0.33333331180030046}
)

func polynomial(coeffs []float32, x float32) float32 {
	p := coeffs[0]
	for _, c := range coeffs[1:] {
		p = fma32(p, x, c)
	}
	return p
}

func sigmoid32(x float32) float32 {
	a := float32(-math.Abs(float64(x)))
	e := exp32(a)
	if a < expFloor {
		e = 0
	}
	above := float32(1)
	if x < 0 {
		above = e
	}
	return above / (1 + e)
}

func silu32(x float32) float32 {
	s := sigmoid32(x)
	if -siluBound > x {
		x = -siluBound
	}
	return float32(x * s)
}

func siluGrad32(x float32) float32 {
	s := sigmoid32(x)
	if -siluBound > x {
		x = -siluBound
	}
	if siluBound < x {
		x = siluBound
	}
	return fma32(x, fma32(-s, s, s), s)
}

func tanh32(x float32) float32 {
	a := float32(math.Abs(float64(x)))
	if a < tanhSmall {
		z := float32(x * x)
		return fma32(float32(polynomial(tanhCoeffs[:], z)*z), x, x)
	}
	e := exp32(-(a + a))
	return float32(math.Copysign(float64((1-e)/(1+e)), float64(x)))
}

func log32(x float32) float32 {
	switch {
	case !(x >= 0):
		return float32(math.NaN())
	case x == 0:
		return float32(math.Inf(-1))
	case x > math.MaxFloat32:
		return x
	}
	m, k := x, float32(0)
	if x < logTiny {
		m, k = float32(x*(1<<24)), -24
	}
	i := math.Float32bits(m) - logRoot
	k += float32(int32(i) >> 23)
	f := math.Float32frombits(i&0x7fffff+logRoot) - 1
	q := float32(float32(f*f)*f) * polynomial(logCoeffs[:], f)
	r := fma32(float32(-0.5*f), f, float32(q))
	r = fma32(k, logLn2Lo, r)
	return fma32(k, logLn2Hi, f+r)
}

func rsqrt32(x float32) float32 { return 1 / float32(math.Sqrt(float64(x))) }

func mapGeneric(f func(x float32) float32) func(dst, src []float32) {
	return func(dst, src []float32) {
		for i, x := range src {
			dst[i] = f(x)
		}
	}
}

func sigmoidGradGeneric(dx, dy, y []float32) {
	for i, d := range dy {
		dx[i] = float32(d * fma32(-y[i], y[i], y[i]))
	}
}

func siluGradGeneric(dx, dy, x []float32) {
	for i, d := range dy {
		dx[i] = float32(d * siluGrad32(x[i]))
	}
}

func tanhGradGeneric(dx, dy, y []float32) {
	for i, d := range dy {
		dx[i] = float32(d * fma32(-y[i], y[i], 1))
	}
}

func addGeneric(dst, x, y []float32) {
	for i, a := range x {
		dst[i] = a + y[i]
	}
}

func multiplyGeneric(dst, x, y []float32) {
	for i, a := range x {
		dst[i] = float32(a * y[i])
	}
}

func decayMomentumGeneric(w, m, grad []float32, scale, decay, mu, lr float32) {
	for i, g := range grad {
		m[i] = fma32(m[i], mu, fma32(w[i], decay, float32(g*scale)))
		w[i] = fma32(m[i], -lr, w[i])
	}
}
