package sweep

import (
	"fmt"
	"math"
	"slices"

	"srhmbench/srhm"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
)

// Defaults of a search.
const (
	DefaultEpsilon = 0.1 // the paper's threshold on the test error
	DefaultRatio   = 1.1 // of the ends of the final bracket
)

// Bounds of a search, which end one that finds nothing.
const (
	maxFactor      = 64 // largest P over the first P
	maxBracketRuns = 12 // runs without having both a P that learns and one that does not
	maxRuns        = 24
)

// Search asks for one P*: the smallest training-set size with a test error of at most Epsilon, for one task (grammar
// included), network, protocol and seed.
type Search struct {
	Task     srhm.Task     `json:"task"`
	Network  spec.Network  `json:"network"`
	Protocol spec.Protocol `json:"protocol"`
	Seed     uint64        `json:"seed"`

	Epsilon float64 `json:"epsilon"`         // test error at P*, in (0, 1); 0: DefaultEpsilon
	Ratio   float64 `json:"ratio"`           // refine until high/low is at most this, above 1; 0: DefaultRatio
	Grid    []int   `json:"grid,omitempty"`  // bracket on these P first (see AuthorsGrid), then refine inside the bracket
	Start   float64 `json:"start,omitempty"` // first P; 0: near the paper's points, by the law of the kind of network
	Fresh   bool    `json:"fresh,omitempty"` // search on the error of fresh draws, as the authors measure, not of unseen data
}

// Validate returns an error of one line that says what is wrong and what is allowed. It covers all runs that the search
// can ask for.
func (s Search) Validate() error {
	s = s.withDefaults()
	switch {
	case !(s.Epsilon > 0 && s.Epsilon < 1):
		return fmt.Errorf("sweep: epsilon %v: want a number between 0 and 1", s.Epsilon)
	case !(s.Ratio > 1) || math.IsInf(s.Ratio, 0):
		return fmt.Errorf("sweep: ratio %v: want a number above 1", s.Ratio)
	case !(s.Start >= 0) || math.IsInf(s.Start, 0):
		return fmt.Errorf("sweep: start %v: want a number of training data, or 0", s.Start)
	}
	if err := zoo.Validate(spec.Run{Task: s.Task, Network: s.Network, Protocol: s.Protocol, P: 1}); err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	return nil
}

func (s Search) withDefaults() Search {
	if s.Epsilon == 0 {
		s.Epsilon = DefaultEpsilon
	}
	if s.Ratio == 0 {
		s.Ratio = DefaultRatio
	}
	return s
}

// RunAt returns the run with p training examples, rounded up to whole batches where those are fixed, so that equal
// trainings have equal ids.
func (s Search) RunAt(p int) spec.Run {
	r := spec.Run{Task: s.Task, Network: s.Network, Protocol: s.Protocol, P: p, Seed: s.Seed}
	r.P = r.TrainingSize()
	return r
}

// batch returns the number of examples in a mini-batch.
func (s Search) batch() int { return max(1, s.RunAt(1).BatchSize()) }

// unit returns the number that all P are multiples of.
func (s Search) unit() int {
	if s.Protocol.Batching == spec.Fixed {
		return s.batch()
	}
	return 1
}

// round returns the multiple of unit nearest to p, within lo and hi.
func (s Search) round(p float64, lo, hi int) int {
	u := float64(s.unit())
	p = math.Round(p/u) * u
	return int(min(max(p, float64(lo)), float64(hi)))
}

// lowest returns the smallest P ever tried: one batch.
func (s Search) lowest() int { return s.batch() }

// highest returns the largest P ever tried. It is at most the number of different examples: training examples are drawn
// with replacement, so a third of all examples is still unseen then, and test examples must be unseen.
func (s Search) highest() int {
	limit := maxFactor * s.start()
	if n := len(s.Grid); n > 0 {
		limit = max(limit, float64(slices.Max(s.Grid)))
	}
	all, _ := s.Task.PMax().Float64()
	limit = min(limit, all, spec.MaxP)
	u := s.unit()
	return max(s.lowest(), int(limit)/u*u)
}

// start returns the P to try first.
func (s Search) start() float64 {
	if s.Start > 0 {
		return s.Start
	}
	law := zoo.Must(s.Network.Kind).Law()
	return law.Ratio * law.PStar(s.Task)
}

// gridSizes returns the training-set sizes of the grid from lo to hi, increasing.
func (s Search) gridSizes(lo, hi int) []int {
	var sizes []int
	for _, p := range s.Grid {
		if p = s.RunAt(p).P; p >= lo && p <= hi {
			sizes = append(sizes, p)
		}
	}
	slices.Sort(sizes)
	return slices.Compact(sizes)
}
