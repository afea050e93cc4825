package kernels

import "fmt"

// ReLU writes max(0, src) to dst, which may be src. NaN stays NaN and -0 stays -0.
func ReLU(dst, src []float32) {
	needLen("ReLU", "dst", len(dst), len(src))
	needSameOrApart("ReLU", vector("dst", dst), vector("src", src))
	active.Load().ReLU(dst, src)
}

// ReLUGrad writes dx to dz where z > 0, and 0 elsewhere. dz may be dx or z.
func ReLUGrad(dz, dx, z []float32) {
	needLen("ReLUGrad", "dz", len(dz), len(dx))
	needLen("ReLUGrad", "z", len(z), len(dx))
	needSameOrApart("ReLUGrad", vector("dz", dz), vector("dx", dx))
	needSameOrApart("ReLUGrad", vector("dz", dz), vector("z", z))
	active.Load().ReLUGrad(dz, dx, z)
}

// Momentum takes one step of SGD with momentum: m = mu·m + scale·grad, w = w - lr·m. w and m must not overlap
// anything.
func Momentum(w, m, grad []float32, scale, mu, lr float32) {
	needLen("Momentum", "m", len(m), len(w))
	needLen("Momentum", "grad", len(grad), len(w))
	if mayShare(w, m) || mayShare(w, grad) || mayShare(m, grad) {
		needApart("Momentum", vector("w", w), vector("m", m), vector("grad", grad))
		needApart("Momentum", vector("m", m), vector("grad", grad))
	}
	active.Load().Momentum(w, m, grad, scale, mu, lr)
}

// CatchUp applies the momentum steps that a row missed while it had no gradient: w = w - drift·m, then m = decay·m,
// where decay = mu^k and drift = lr·(mu + … + mu^k) for k missed steps. w and m must not overlap.
func CatchUp(w, m []float32, decay, drift float32) {
	needLen("CatchUp", "m", len(m), len(w))
	if mayShare(w, m) {
		needApart("CatchUp", vector("w", w), vector("m", m))
	}
	active.Load().CatchUp(w, m, decay, drift)
}

// MomentumSteps takes steps of SGD with momentum without a gradient, one after the other: m = mu·m + 0, w = w - lr·m.
// Its bits are those of as many calls of MomentumGEMM without samples. w and m must not overlap, and their length is a
// multiple of 16.
func MomentumSteps(w, m []float32, steps int, mu, lr float32) {
	const op = "MomentumSteps"
	needMultiple(op, "the length of w", len(w), 16)
	needLen(op, "m", len(m), len(w))
	if steps < 0 {
		panic(fmt.Sprintf("kernels.%s: %d steps, want 0 or more", op, steps))
	}
	needApart(op, vector("w", w), vector("m", m))
	if steps > 0 {
		active.Load().MomentumSteps(w, m, steps, mu, lr)
	}
}
