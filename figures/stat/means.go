package stat

import (
	"math"
	"slices"

	"srhmbench/internal/portable"
)

// MeanRatio returns the geometric mean of y.
func MeanRatio(data []Pair) float64 {
	if len(data) == 0 {
		return math.NaN()
	}
	var ys []float64
	for _, p := range data {
		ys = append(ys, p.Y)
	}
	return GeometricMean(ys)
}

// MedianDistance returns the median of |log10 y/x|.
func MedianDistance(data []Pair) float64 {
	if len(data) == 0 {
		return math.NaN()
	}
	var d []float64
	for _, p := range data {
		d = append(d, math.Abs(portable.Log10(p.Y/p.X)))
	}
	slices.Sort(d)
	n := len(d)
	return (d[(n-1)/2] + d[n/2]) / 2
}

// Mean returns the mean of values, whatever their order. It sorts them.
func Mean(values []float64) float64 {
	slices.Sort(values)
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

// GeometricMean returns the geometric mean of values.
func GeometricMean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += portable.Log(v)
	}
	return portable.Exp(sum / float64(len(values)))
}
