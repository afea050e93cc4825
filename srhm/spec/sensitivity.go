package spec

import (
	"fmt"
	"math"

	"srhmbench/internal/portable"
)

// Probe asks for measurements of the network besides its error. The zero value asks for none and is left out of a
// description.
type Probe struct {
	Inputs int `json:"inputs"`          // examples that sensitivities are averaged over; 0: no probe
	Times  int `json:"times,omitempty"` // probes per decade of steps during training; 0: none
	// Training measures at the end also in training mode, as the authors' programs did: batch norm by the moments of
	// the examples that are measured together, and dropout.
	Training bool `json:"training,omitempty"`
}

// NextLook returns the first step after the given one at which a training is probed: one of 10^(i/Times), rounded, for
// i = 0, 1, 2, …
func (p Probe) NextLook(step int) int {
	for i := 0; ; i++ {
		if at := int(math.Round(portable.Pow(10, float64(i)/float64(p.Times)))); at > step {
			return at
		}
	}
}

// ProbeInputs is the usual number of inputs: standard errors are then about 1 % of a sensitivity.
const ProbeInputs = 2000

// Bounds on the time, the memory and the length of a record that a probe takes.
const (
	maxProbeInputs = 1 << 16
	maxProbeTimes  = 100
)

// Validate returns an error of one line that says what is wrong and what is allowed.
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

// Sensitivities measure how much each layer of a network responds to changes of the input that keep its label
// (Eqs. 6, 7, 13, 14):
//
//	S_{k,l} = ⟨‖f_k(x) - f_k(p x)‖²⟩ / ⟨‖f_k(x) - f_k(y)‖²⟩
//	D_{k,l} = ⟨‖f_k(x) - f_k(τ x)‖²⟩ / ⟨‖f_k(x) - f_k(y)‖²⟩
//
// where p redraws the rules and τ the placements at level l, once for every x, and x ≠ y are fresh examples. A redraw
// may give what was there before.
type Sensitivities struct {
	Epoch         int        `json:"epoch"` // of the network measured
	Inputs        int        `json:"inputs"`
	Synonyms      *Responses `json:"synonyms"`                // S
	Displacements *Responses `json:"displacements,omitempty"` // D; nil at s0 = 0, where nothing can move

	Training *Sensitivities `json:"training,omitempty"` // the same in training mode, if the run asks for it
}

// Moment is a probe during training.
type Moment struct {
	Step          int        `json:"step"`                    // steps made; the first moment is at 0, the last at the end
	Error         float64    `json:"error"`                   // on unseen examples
	Synonyms      *Responses `json:"synonyms"`                // S
	Displacements *Responses `json:"displacements,omitempty"` // D, as in Sensitivities
}

// Responses are the sensitivities to one kind of transformation. Element [k][l-1] is that of layer k, counted from 0 at
// the bottom and ending with the output, to level l.
type Responses struct {
	UpTo [][]*Estimate `json:"up_to"` // levels 1 to l redrawn, as in the authors' program and figures
	Only [][]*Estimate `json:"only"`  // level l alone
}

// Estimate is a measured ratio. A nil *Estimate is an undefined one: the layer represents all examples alike, or is not
// finite.
type Estimate struct {
	Value float64 `json:"value"`
	Error float64 `json:"error"` // standard error over the inputs
}
