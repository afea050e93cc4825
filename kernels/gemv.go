package kernels

// GEMV computes y = A·x, or y += A·x when accumulate is set, with row-major A of m×n, x of n and y of m elements. lda
// is a stride in elements. Each element of A·x is a sum along a row in 16 lanes; the missing elements of the last 16
// count as 0·0, and the stored y is added at the end. y must not overlap A or x.
func GEMV(y, a []float32, lda int, x []float32, m, n int, accumulate bool) {
	const op = "GEMV"
	needLen(op, "y", len(y), m)
	need(op, "a", len(a), m, n, lda)
	needLen(op, "x", len(x), n)
	needApart(op, vector("y", y), block{"a", a, m, n, lda}, vector("x", x))
	if n == 0 { // an empty sum leaves y alone, whatever the sign of its zeros
		if !accumulate {
			clear(y)
		}
		return
	}
	active.Load().GEMV(y, a, lda, x, m, n, accumulate)
}

func gemvGeneric(y, a []float32, lda int, x []float32, m, n int, accumulate bool) {
	for i := range m {
		sum := dot(a[i*lda:][:n], x)
		if accumulate {
			sum = y[i] + sum
		}
		y[i] = sum
	}
}

// dot sums products in 16 lanes and folds the lanes.
func dot(x, y []float32) float32 {
	var lanes [16]float32
	for j, v := range x {
		lanes[j%16] = fma32(v, y[j], lanes[j%16])
	}
	if rest := len(x) % 16; rest > 0 {
		for l := rest; l < 16; l++ {
			lanes[l] += 0 // turns -0 into 0
		}
	}
	for half := 8; half > 0; half /= 2 {
		for l := range half {
			lanes[l] += lanes[l+half]
		}
	}
	return lanes[0]
}
