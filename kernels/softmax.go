package kernels

// Softmax writes exp(scale·src - peak)/sum to dst and returns peak, the largest scale·src that is a number (-Inf if
// there is none), and sum, the sum of the exponentials. exp is within 1 ulp; differences below -87 count as -87. dst
// may be src. A single NaN, or a peak of ±Inf, turns everything but the peak into NaN.
func Softmax(dst, src []float32, scale float32) (peak, sum float32) {
	needLen("Softmax", "dst", len(dst), len(src))
	needSameOrApart("Softmax", vector("dst", dst), vector("src", src))
	return active.Load().Softmax(dst, src, scale)
}
