package spec

import (
	"fmt"
	"math"

	"srhmbench/internal/portable"
)

// Probe says what is measured of the network that a run is judged by, besides its error. The zero value is
// nothing; it is no part of a description then.
type Probe struct {
	Inputs int `json:"inputs"`          // data that sensitivities are averaged over; 0: none
	Times  int `json:"times,omitempty"` // looks a decade of steps while the training goes on; 0: none
	// Training measures at the end also in training mode, as the authors' programs did: batch norm by the moments of
	// the examples that are measured together, and dropout.
	Training bool `json:"training,omitempty"`
}

// NextLook is the first step above the given one at which a training is looked at: the steps 10^(i/Times),
// rounded, for i = 0, 1, 2, …
func (p Probe) NextLook(step int) int {
	for i := 0; ; i++ {
		if at := int(math.Round(portable.Pow(10, float64(i)/float64(p.Times)))); at > step {
			return at
		}
	}
}

// ProbeInputs is a number of inputs that makes errors of sensitivities about a hundredth of them.
const ProbeInputs = 2000

// Bounds of the time, memory and length of a record that a probe takes.
const (
	maxProbeInputs = 1 << 16
	maxProbeTimes  = 100
)

// Validate says in one line what is wrong and what is allowed.
func (p Probe) Validate() error {
	if p.Inputs != 0 && (p.Inputs < 2 || p.Inputs > maxProbeInputs) {
		return fmt.Errorf("probe %d inputs: want 2 to %d, or 0 for none", p.Inputs, maxProbeInputs)
	}
	if p.Times < 0 || p.Times > maxProbeTimes {
		return fmt.Errorf("probe-times %d: want 1 to %d looks a decade of steps, or 0 for none", p.Times, maxProbeTimes)
	}
	if p.Times > 0 && p.Inputs == 0 {
		return fmt.Errorf("probe-times %d without a probe: want a number of inputs too, --probe %d", p.Times, ProbeInputs)
	}
	if p.Training && p.Inputs == 0 {
		return fmt.Errorf("probe-training without a probe: want a number of inputs too, --probe %d", ProbeInputs)
	}
	return nil
}

// Sensitivities say how much each layer of a network changes when the data do and their labels do not
// (Eqs. 6, 7, 13, 14):
//
//	S_{k,l} = ⟨‖f_k(x) - f_k(p x)‖²⟩ / ⟨‖f_k(x) - f_k(y)‖²⟩
//	D_{k,l} = ⟨‖f_k(x) - f_k(τ x)‖²⟩ / ⟨‖f_k(x) - f_k(y)‖²⟩
//
// where p redraws rules and τ placements at level l, once for every x, and x ≠ y are fresh data. A redrawn
// node stays what it was with the probability of that draw.
type Sensitivities struct {
	Epoch         int        `json:"epoch"` // of the network measured
	Inputs        int        `json:"inputs"`
	Synonyms      *Responses `json:"synonyms"`                // S
	Displacements *Responses `json:"displacements,omitempty"` // D; nil at s0 = 0, where nothing can move

	Training *Sensitivities `json:"training,omitempty"` // the same in training mode, if the run asks for it
}

// Moment is what a look at a training that goes on shows.
type Moment struct {
	Step          int        `json:"step"`                    // steps made; the first look is at 0, the last at the end
	Error         float64    `json:"error"`                   // on unseen test data
	Synonyms      *Responses `json:"synonyms"`                // S
	Displacements *Responses `json:"displacements,omitempty"` // D, as in Sensitivities
}

// Responses are those to one kind of transformation. [k-1][l-1] is that of layer k to level l, where k = L+1
// is the output (the logits).
type Responses struct {
	UpTo [][]*Estimate `json:"up_to"` // levels 1 to l redrawn, as in the authors' program and figures
	Only [][]*Estimate `json:"only"`  // level l alone
}

// Estimate is a measured ratio. A nil one is not defined: the layer gives all data the same, or infinities.
type Estimate struct {
	Value float64 `json:"value"`
	Error float64 `json:"error"` // standard error over the inputs
}
