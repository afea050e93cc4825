package series

import (
	"math"

	"srhmbench/srhm/spec"
)

// Quantity is a number that every probed training gives: a test error, or a sensitivity.
type Quantity struct {
	Of           string // "error", "fresh error", "S" or "D"
	Layer, Level int    // of a sensitivity; layer L+1 is the output
}

// Error is the test error on unseen samples. FreshError is that on fresh draws, some of which may be training samples:
// the authors' error.
var (
	Error      = Quantity{Of: "error"}
	FreshError = Quantity{Of: "fresh error"}
)

// Sensitivity returns S_{k,l} (of "S") or D_{k,l} (of "D"): of layer k to level l.
func Sensitivity(of string, k, l int) Quantity { return Quantity{of, k, l} }

// Second returns what the paper calls S_2 or D_2: layer 2, level 1.
func Second(of string) Quantity { return Sensitivity(of, 2, 1) }

// Value returns the quantity with its standard error, if the training has it. A sensitivity is that to redrawing all
// levels up to its own, as in the authors' figures.
func (q Quantity) Value(run spec.Run, r spec.Result) (e spec.Estimate, ok bool) {
	if !Counts(r.Outcome) {
		return e, false
	}
	switch q {
	case Error:
		return share(r.Error, run.Protocol.TestSize), true
	case FreshError:
		return share(r.FreshError, run.Protocol.TestSize), true
	}
	if r.Sensitivities == nil {
		return e, false
	}
	responses := r.Sensitivities.Synonyms
	if q.Of == "D" {
		responses = r.Sensitivities.Displacements
	}
	if responses == nil || responses.UpTo[q.Layer-1][q.Level-1] == nil {
		return e, false
	}
	return *responses.UpTo[q.Layer-1][q.Level-1], true
}

// share is a share of n samples with its binomial standard error.
func share(x float64, n int) spec.Estimate {
	return spec.Estimate{Value: x, Error: math.Sqrt(x * (1 - x) / float64(n))}
}
