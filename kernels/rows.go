package kernels

// GatherRows computes, for each i, dst[rows[i]] = base[baseIdx[i]] + scale·(Σ src[idx[e]], e from
// offsets[i] to offsets[i+1]), row-wise over width columns, the sum as one chain in the order of the
// list; a baseIdx of -1 starts from zero. Strides are in elements. A row may be its own base or source
// (dst = base or src): each column is read before it is written. Any other overlap is an error of the
// caller.
func GatherRows(dst []float32, ldd int, rows []int32, base []float32, ldb int, baseIdx []int32, src []float32, lds int, offsets, idx []int32, width int, scale float32) {
	const op = "GatherRows"
	if len(rows) == 0 || width == 0 {
		return
	}
	need(op, "dst", len(dst), 1, width, ldd)
	needLen(op, "baseIdx", len(baseIdx), len(rows))
	needLen(op, "offsets", len(offsets), len(rows)+1)
	needIndices(op, "rows", rows, 0, rowsIn(len(dst), width, ldd))
	needIndices(op, "baseIdx", baseIdx, -1, rowsIn(len(base), width, ldb))
	lo, hi := offsets[0], offsets[len(rows)]
	if lo < 0 || int(hi) > len(idx) || lo > hi {
		panic("kernels.GatherRows: offsets leave the list of indices")
	}
	for i := range rows {
		if offsets[i] > offsets[i+1] {
			panic("kernels.GatherRows: offsets must not decrease")
		}
	}
	needIndices(op, "idx", idx[lo:hi], 0, rowsIn(len(src), width, lds))
	active.Load().gatherRows(dst, ldd, rows, base, ldb, baseIdx, src, lds, offsets, idx, width, scale)
}

// ReLU writes max(0, src) to dst, which may be src. NaN stays NaN.
func ReLU(dst, src []float32) {
	needLen("ReLU", "dst", len(dst), len(src))
	active.Load().relu(dst, src)
}

// ReLUGrad writes dx to dz where z > 0, else 0. dz may be dx.
func ReLUGrad(dz, dx, z []float32) {
	needLen("ReLUGrad", "dz", len(dz), len(dx))
	needLen("ReLUGrad", "z", len(z), len(dx))
	active.Load().reluGrad(dz, dx, z)
}

// Momentum makes one step of SGD with momentum: m = mu·m + scale·grad, w = w - lr·m.
func Momentum(w, m, grad []float32, scale, mu, lr float32) {
	needLen("Momentum", "m", len(m), len(w))
	needLen("Momentum", "grad", len(grad), len(w))
	active.Load().momentum(w, m, grad, scale, mu, lr)
}

// CatchUp applies the momentum steps that a row without gradient missed: w = w - drift·m, then
// m = decay·m, where decay = mu^k and drift = lr·(mu + … + mu^k) for k missed steps.
func CatchUp(w, m []float32, decay, drift float32) {
	needLen("CatchUp", "m", len(m), len(w))
	active.Load().catchUp(w, m, decay, drift)
}

// Softmax writes exp(scale·src - peak)/sum to dst and returns peak, the largest scale·src, and sum, the sum
// of the exponentials. exp is within 2 ulp; differences below -87 count as -87. dst may be src.
func Softmax(dst, src []float32, scale float32) (peak, sum float32) {
	needLen("Softmax", "dst", len(dst), len(src))
	return active.Load().softmax(dst, src, scale)
}
