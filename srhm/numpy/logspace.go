package numpy

import "srhmbench/internal/portable"

// Logspace returns n numbers from lo to hi in equal ratios, each step rounded as in
// numpy.logspace(log10(lo), log10(hi), n). The authors cut such numbers to integers, and
// some lie within a rounding error of one: logarithms and powers that are less than
// correctly rounded turn their 10239 into 10240.
func Logspace(lo, hi float64, n int) []float64 {
	start, stop := portable.Log10(lo), portable.Log10(hi)
	step := (stop - start) / float64(n-1)
	list := make([]float64, n)
	for i := range list {
		y := float64(float64(i)*step) + start
		if i == n-1 {
			y = stop
		}
		list[i] = portable.Pow(10, y)
	}
	return list
}
