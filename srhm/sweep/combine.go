package sweep

import (
	"slices"

	"srhmbench/internal/portable"
	"srhmbench/srhm"
)

// Pooled is one P* out of several searches.
type Pooled struct {
	Value     float64        // geometric mean of those found; 0 if none was
	Low, High float64        // 95 % interval of Value; for one search, its bracket
	N         int            // searches that found their P*
	NotFound  map[Status]int // the others, by status
}

// resamples is the number of bootstrap samples: enough for a percentile of 2.5 %.
const resamples = 4000

// Combine pools searches that differ in grammar or seed. The interval is the
// percentile bootstrap of the mean logarithm, from a fixed random stream. It is
// narrow for few searches: with two it is their two values.
func Combine(ps []PStar) Pooled {
	out := Pooled{NotFound: map[Status]int{}}
	var logs []float64
	for _, p := range ps {
		if p.Status != Found {
			out.NotFound[p.Status]++
			continue
		}
		logs = append(logs, portable.Log(p.Value))
		out.Low, out.High = p.Low, p.High
	}
	out.N = len(logs)
	if out.N == 0 {
		return out
	}
	slices.Sort(logs) // the result must not depend on the order of the searches
	out.Value = portable.Exp(mean(logs))
	if out.N > 1 {
		lo, hi := bootstrap(logs)
		out.Low, out.High = portable.Exp(lo), portable.Exp(hi)
	}
	return out
}

// bootstrap returns the 2.5 and 97.5 % percentiles of the mean of a resample.
func bootstrap(x []float64) (lo, hi float64) {
	r := srhm.Stream("pstar-bootstrap", uint64(len(x)))
	means := make([]float64, resamples)
	resample := make([]float64, len(x))
	for i := range means {
		for j := range resample {
			resample[j] = x[r.IntN(len(x))]
		}
		means[i] = mean(resample)
	}
	slices.Sort(means)
	return means[resamples/40], means[resamples-1-resamples/40]
}

func mean(x []float64) float64 {
	sum := 0.0
	for _, y := range x {
		sum += y
	}
	return sum / float64(len(x))
}
