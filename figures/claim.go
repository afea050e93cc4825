package figures

import (
	"encoding/json"
	"fmt"
	"math"
	"srhmbench/figures/stat"
)

// Verdict is what the numbers say about a claim.
type Verdict string

// The verdicts.
const (
	Holds     Verdict = "holds"
	Fails     Verdict = "fails"
	Undecided Verdict = "undecided" // too few trainings, or the interval straddles a bound
)

// Claim is a sentence of the paper, turned into a check.
type Claim struct {
	Figure   string
	Sentence string // what the paper says, in our words
	Paper    string // the same number from the published points
	Ours     string
	Bound    string // when the claim holds
	// The number behind Ours and its 95 % interval; NaN where there is none. JSON has null.
	Value, Low, High float64
	Verdict          Verdict
	Note             string // what to know before believing the verdict
}

// MarshalJSON implements json.Marshaler. It writes null for NaN, and as many digits as the CSV files have: the last
// bits of a logarithm differ between machines.
func (c Claim) MarshalJSON() ([]byte, error) {
	number := func(x float64) json.RawMessage {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return json.RawMessage("null")
		}
		return json.RawMessage(digits(x))
	}
	return json.Marshal(struct {
		Figure   string          `json:"figure"`
		Sentence string          `json:"sentence"`
		Paper    string          `json:"paper"`
		Ours     string          `json:"ours"`
		Bound    string          `json:"bound"`
		Value    json.RawMessage `json:"value"`
		Low      json.RawMessage `json:"low"`
		High     json.RawMessage `json:"high"`
		Verdict  Verdict         `json:"verdict"`
		Note     string          `json:"note,omitempty"`
	}{c.Figure, c.Sentence, c.Paper, c.Ours, c.Bound, number(c.Value), number(c.Low), number(c.High), c.Verdict, c.Note})
}

// judge compares an estimate with the range in which a claim holds. An interval decides only if it lies on one side of
// each bound.
func judge(e stat.Estimate, lo, hi float64) Verdict {
	within := func(x float64) bool { return x >= lo && x <= hi }
	switch {
	case !e.Known():
		return Undecided
	case !e.HasInterval() && within(e.Value), e.HasInterval() && within(e.Low) && within(e.High):
		return Holds
	case !e.HasInterval(), e.High < lo, e.Low > hi:
		return Fails
	}
	return Undecided
}

// check is a claim about one number.
type check struct {
	figure, sentence, note string
	paper, ours            stat.Estimate
	lo, hi                 float64 // the range in which it holds
	bound                  string  // in words; empty: "lo to hi"
	few                    string  // why there is too little to judge; empty: there is enough
	of                     string  // appended to ours: the number of tasks
}

func (k check) claim() Claim {
	c := Claim{
		Figure: k.figure, Sentence: k.sentence, Paper: k.paper.String(), Ours: k.ours.String() + k.of,
		Bound: k.bound, Value: k.ours.Value, Low: k.ours.Low, High: k.ours.High,
		Verdict: judge(k.ours, k.lo, k.hi), Note: k.note,
	}
	if c.Bound == "" {
		c.Bound = fmt.Sprintf("%s to %s", stat.Short(k.lo), stat.Short(k.hi))
	}
	if k.few != "" {
		c.Verdict = Undecided
		c.Note = join(k.few, k.note)
	}
	return c
}

// join puts two sentences, either of which may be empty, into one text.
func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}
