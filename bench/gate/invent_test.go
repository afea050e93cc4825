package gate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// noise describes how an invented machine disturbs measurements.
type noise struct {
	jitter float64 // standard deviation of the logarithm of each time
	drift  float64 // of the whole machine, from round to round
	burst  float64 // probability that one time is much longer
	layout float64 // standard deviation of a program's own luck, which lasts for the process
	busy   float64 // probability that a neighbour on the same core makes a time 1.4 times longer
}

// Machines as this project has met them: an idle one, and shared ones, usual and at their worst.
var (
	quiet  = noise{jitter: 0.005, drift: 0.002}
	shared = noise{jitter: 0.03, drift: 0.02, burst: 0.05, layout: 0.01}
	cored  = noise{jitter: 0.015, drift: 0.002, layout: 0.005, busy: 0.2}
	bad    = noise{jitter: 0.08, drift: 0.05, burst: 0.15, layout: 0.02}
)

// invent invents the three arms of a run. slow multiplies the times of one benchmark of head.
func invent(seed uint64, n noise, benchmarks, rounds int, slow float64) [3]Arm {
	r := rand.New(rand.NewPCG(seed, 7))
	var arms [3]Arm
	for i := range arms {
		arms[i].Config = map[string]string{"machine": "invented", "go": "go1.26"}
	}
	speed := 0.0
	for range rounds {
		speed = 0.9*speed + n.drift*r.NormFloat64()
		for i := range arms {
			luck := n.layout * r.NormFloat64()
			rows := map[string]Sample{"PeakFMA/tier=avx2": {2e-5 * math.Exp(0.002*r.NormFloat64()), 0}}
			for k := range benchmarks {
				t := 1e-6 * float64(k+1) * math.Exp(speed+luck+n.jitter*r.NormFloat64())
				if r.Float64() < n.burst {
					t *= 1 + r.ExpFloat64()/3
				}
				if r.Float64() < n.busy {
					t *= 1.4
				}
				if i == 1 && k == 0 {
					t *= slow
				}
				rows[benchmark(k)] = Sample{t, 0}
			}
			arms[i].Rounds = append(arms[i].Rounds, Round{Rows: rows})
		}
	}
	return arms
}

func benchmark(k int) string { return fmt.Sprintf("GEMM/m=%d/tier=avx2", k) }

// text returns an arm as the runner writes it.
func (a Arm) text() string {
	var b strings.Builder
	for i, r := range a.Rounds {
		fmt.Fprintf(&b, "# round %d steal=%.4f\n", i+1, r.Steal)
		for key, value := range a.Config {
			fmt.Fprintf(&b, "%s: %s\n", key, value)
		}
		for name, s := range r.Rows {
			fmt.Fprintf(&b, "Benchmark%s \t 100\t %v ns/op\t 0 B/op\t %v allocs/op\n", name, s.Seconds*1e9, s.Allocs)
		}
	}
	return b.String()
}
