package gate

import (
	"math"
	"slices"

	"golang.org/x/perf/benchmath"
)

// mannWhitney returns the probability that the ranks of two samples from one distribution differ at least this much,
// either way.
func mannWhitney(x, y []float64) float64 {
	return benchmath.AssumeNothing.Compare(newSample(x), newSample(y)).P
}

// fastest returns the probability that the fastest third of all times is split at least this unequally between two
// samples from one distribution, either way (Fisher's exact test). Where neighbours make some of the times much
// longer, which they do to both samples, that third is what they left alone.
func fastest(x, y []float64) float64 {
	limit := percentile(slices.Concat(x, y), 1./3)
	upTo := func(v []float64) (n int) {
		for _, t := range v {
			if t <= limit {
				n++
			}
		}
		return n
	}
	a, b := upTo(x), upTo(y)
	n, m, k := len(x), len(y), a+b
	total := lnChoose(n+m, k)
	share := func(i int) float64 { return math.Exp(lnChoose(n, i) + lnChoose(m, k-i) - total) }
	below, above := 0.0, 0.0
	for i := max(0, k-m); i <= min(n, k); i++ {
		if i <= a {
			below += share(i)
		}
		if i >= a {
			above += share(i)
		}
	}
	return min(1, 2*min(below, above))
}

// lnChoose returns the logarithm of the number of ways to choose k of n.
func lnChoose(n, k int) float64 {
	ln := func(n int) float64 {
		v, _ := math.Lgamma(float64(n + 1))
		return v
	}
	return ln(n) - ln(k) - ln(n-k)
}

// different returns the smaller of both probabilities, doubled because there were two chances.
func different(x, y []float64) float64 {
	return min(1, 2*min(mannWhitney(x, y), fastest(x, y)))
}

// newSample copies x, since benchmath sorts its argument.
func newSample(x []float64) *benchmath.Sample {
	t := benchmath.DefaultThresholds
	return benchmath.NewSample(slices.Clone(x), &t)
}

// smallestP is what mannWhitney returns for two samples of n, one wholly above the other.
func smallestP(n int) float64 {
	p := 2.0
	for i := 1; i <= n; i++ { // 2 over the number of ways to choose n of 2n
		p *= float64(i) / float64(n+i)
	}
	return math.Min(p, 1)
}

// holm corrects probabilities for their number, so that the chance of even one false alarm among them is what it was
// for a single one.
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

// percentile returns the smallest value that at least the share q of the values does not exceed.
func percentile(x []float64, q float64) float64 {
	s := slices.Sorted(slices.Values(x))
	return s[max(0, int(math.Ceil(q*float64(len(s))))-1)]
}
