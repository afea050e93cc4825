package gate

import (
	"math"
	"slices"

	"golang.org/x/perf/benchmath"
)

// mannWhitney is the probability, were both samples of one distribution, that their ranks differ at least so
// much, either way.
func mannWhitney(x, y []float64) float64 {
	return benchmath.AssumeNothing.Compare(newSample(x), newSample(y)).P
}

func median(x []float64) float64 {
	return benchmath.AssumeNothing.Summary(newSample(x), 0.95).Center
}

// newSample copies x, since benchmath sorts what it gets.
func newSample(x []float64) *benchmath.Sample {
	t := benchmath.DefaultThresholds
	return benchmath.NewSample(slices.Clone(x), &t)
}

// smallestP is what mannWhitney gives for two samples of n, one wholly above the other.
func smallestP(n int) float64 {
	p := 2.0
	for i := 1; i <= n; i++ { // 2 over the number of ways to choose n of 2n
		p *= float64(i) / float64(n+i)
	}
	return math.Min(p, 1)
}

// holm corrects probabilities for their number, so that the chance of even one false alarm among them
// stays what it was for one.
func holm(p []float64) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		if p[i] < p[j] {
			return -1
		}
		if p[i] > p[j] {
			return 1
		}
		return i - j
	})
	out, worst := make([]float64, len(p)), 0.0
	for rank, i := range order {
		worst = max(worst, min(1, p[i]*float64(len(p)-rank)))
		out[i] = worst
	}
	return out
}

// percentile is the smallest of the values that at least the share q of them does not exceed.
func percentile(x []float64, q float64) float64 {
	s := slices.Sorted(slices.Values(x))
	return s[max(0, int(math.Ceil(q*float64(len(s))))-1)]
}
