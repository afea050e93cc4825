package kernels

import "math"

// The constants of exp, the same as in kernels/_asm/contract/constants.go.
const (
	expLog2E = float32(math.Log2E)
	expLn2Hi = float32(0.693359375)
	expLn2Lo = float32(-2.12194440e-4)
	expFloor = float32(-87)
)

var expCoeffs = [...]float32{1.0 / 5040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5, 1, 1}

// exp32 returns exp(x) for x ≤ 0, taking x below -87 as -87: with x = n·ln2 + r, |r| ≤ ln2/2, it is 2^n times the
// Taylor polynomial of degree 7 in r.
func exp32(x float32) float32 {
	if x < expFloor {
		x = expFloor
	}
	if x != x {
		return x
	}
	n := float32(math.RoundToEven(float64(float32(x * expLog2E))))
	r := fma32(n, -expLn2Hi, x)
	r = fma32(n, -expLn2Lo, r)
	p := expCoeffs[0]
	for _, c := range expCoeffs[1:] {
		p = fma32(p, r, c)
	}
	return float32(p * math.Float32frombits(uint32(int32(n)+127)<<23))
}

func softmaxGeneric(dst, src []float32, scale float32) (peak, sum float32) {
	var peaks, sums [16]float32
	for i := range peaks {
		peaks[i] = float32(math.Inf(-1))
	}
	for i, x := range src {
		dst[i] = float32(x * scale)
		if dst[i] > peaks[i%16] {
			peaks[i%16] = dst[i]
		}
	}
	peak = foldLanes(peaks, larger)
	for i, x := range dst {
		dst[i] = exp32(x - peak)
		sums[i%16] += dst[i]
	}
	sum = foldLanes(sums, add)
	for i := range dst {
		dst[i] /= sum
	}
	return peak, sum
}

// foldLanes is the contract's tree: 16 to 8 to 4 to 2 to 1.
func foldLanes(l [16]float32, op func(low, high float32) float32) float32 {
	for half := 8; half > 0; half /= 2 {
		for i := 0; i < half; i++ {
			l[i] = op(l[i], l[i+half])
		}
	}
	return l[0]
}

func add(x, y float32) float32 { return x + y }

// larger returns y when x and y are equal, which decides between zeros.
func larger(x, y float32) float32 {
	if x > y {
		return x
	}
	return y
}
