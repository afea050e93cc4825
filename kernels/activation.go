package kernels

// Sigmoid writes 1/(1+exp(-src)) to dst, which may be src: within 2.5 ulp, and 0 where src is below -87.
func Sigmoid(dst, src []float32) {
	needMap("Sigmoid", dst, src)
	active.Load().Sigmoid(dst, src)
}

// SigmoidGrad writes dy·y·(1-y) to dx, where y is what Sigmoid wrote. dx may be dy or y.
func SigmoidGrad(dx, dy, y []float32) {
	needMap2("SigmoidGrad", "dx", "dy", "y", dx, dy, y)
	active.Load().SigmoidGrad(dx, dy, y)
}

// SiLU writes src·sigmoid(src) to dst, which may be src: within 3.3 ulp, and -0 where src is below -87.
func SiLU(dst, src []float32) {
	needMap("SiLU", dst, src)
	active.Load().SiLU(dst, src)
}

// SiLUGrad writes dy·(s + x·s·(1-s)) to dx, where s is the sigmoid of x. dx may be dy or x.
func SiLUGrad(dx, dy, x []float32) {
	needMap2("SiLUGrad", "dx", "dy", "x", dx, dy, x)
	active.Load().SiLUGrad(dx, dy, x)
}

// Tanh writes tanh(src) to dst, which may be src: within 1.6 ulp.
func Tanh(dst, src []float32) {
	needMap("Tanh", dst, src)
	active.Load().Tanh(dst, src)
}

// TanhGrad writes dy·(1-y²) to dx, where y is what Tanh wrote. dx may be dy or y.
func TanhGrad(dx, dy, y []float32) {
	needMap2("TanhGrad", "dx", "dy", "y", dx, dy, y)
	active.Load().TanhGrad(dx, dy, y)
}

// Log writes the natural logarithm of src to dst, which may be src: within 1 ulp, -Inf for 0 and NaN below 0.
func Log(dst, src []float32) {
	needMap("Log", dst, src)
	active.Load().Log(dst, src)
}

// Rsqrt writes 1/√src to dst, which may be src. The root and the quotient are each rounded, which keeps the result
// within 1.5 ulp.
func Rsqrt(dst, src []float32) {
	needMap("Rsqrt", dst, src)
	active.Load().Rsqrt(dst, src)
}

// Add writes x + y to dst, which may be either.
func Add(dst, x, y []float32) {
	needMap2("Add", "dst", "x", "y", dst, x, y)
	active.Load().Add(dst, x, y)
}

// Multiply writes x·y, element by element, to dst, which may be either.
func Multiply(dst, x, y []float32) {
	needMap2("Multiply", "dst", "x", "y", dst, x, y)
	active.Load().Multiply(dst, x, y)
}

// DecayMomentum takes one step of SGD with momentum and weight decay: g = scale·grad + decay·w, m = mu·m + g, w = w -
// lr·m. w and m must not overlap anything.
func DecayMomentum(w, m, grad []float32, scale, decay, mu, lr float32) {
	const op = "DecayMomentum"
	needLen(op, "m", len(m), len(w))
	needLen(op, "grad", len(grad), len(w))
	if mayShare(w, m) || mayShare(w, grad) || mayShare(m, grad) {
		needApart(op, vector("w", w), vector("m", m), vector("grad", grad))
		needApart(op, vector("m", m), vector("grad", grad))
	}
	active.Load().DecayMomentum(w, m, grad, scale, decay, mu, lr)
}

// needMap checks operations from one vector to another, which may be the same.
func needMap(op string, dst, src []float32) {
	needLen(op, "dst", len(dst), len(src))
	needSameOrApart(op, vector("dst", dst), vector("src", src))
}

// needMap2 checks operations from two vectors to a third, which may be either of them.
func needMap2(op, out, in1, in2 string, dst, x, y []float32) {
	needLen(op, out, len(dst), len(x))
	needLen(op, in2, len(y), len(x))
	needSameOrApart(op, vector(out, dst), vector(in1, x))
	needSameOrApart(op, vector(out, dst), vector(in2, y))
}
