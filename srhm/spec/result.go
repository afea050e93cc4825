package spec

// Outcome is how a training ended.
type Outcome string

// All outcomes. Each is a result; none stands for a missing value.
const (
	Fitted    Outcome = "fitted"     // the stop loss was reached
	Decided   Outcome = "decided"    // the test error fell below the stop error: the verdict cannot change
	Exhausted Outcome = "max-epochs" // the epochs ran out
	Collapsed Outcome = "collapsed"  // the loss stayed at ln n_c: dead units
	Diverged  Outcome = "diverged"   // the loss is not finite
)

// Check is a measurement of the network between epochs.
type Check struct {
	Epoch      int     `json:"epoch"`
	Step       int     `json:"step"`
	Loss       float64 `json:"loss"`                 // mean cross-entropy (nats) over the epoch's batches
	Error      float64 `json:"error"`                // on examples outside the training set, in [0, 1]
	FreshError float64 `json:"fresh_error"`          // on fresh draws, some of which may be training examples, as the authors measure
	Validation float64 `json:"validation,omitempty"` // on the independent validation set, if the protocol has one
}

// Result is the outcome of a training and everything measured. It is the same, bit for bit, on every kernel tier and
// number of threads.
type Result struct {
	Outcome      Outcome `json:"outcome"`
	TrainingSize int     `json:"training_size"` // examples used: P rounded up to whole batches
	Epochs       int     `json:"epochs"`
	Steps        int     `json:"steps"`
	Loss         float64 `json:"loss"`        // last finite epoch mean of the cross-entropy, nats
	Error        float64 `json:"error"`       // test error on unseen examples at the protocol's checkpoint
	FreshError   float64 `json:"fresh_error"` // test error on fresh draws at the protocol's checkpoint
	LastError    float64 `json:"last_error"`  // test error on unseen examples at the last check
	SeenFraction float64 `json:"seen_fraction"`
	Checks       []Check `json:"checks"`
	WeightsHash  string  `json:"weights_hash"` // first 16 hexadecimal digits of the SHA-256 of all weights at the end
	// Sensitivities are measured at the protocol's checkpoint, if the run asks for them; nil without any check.
	Sensitivities *Sensitivities `json:"sensitivities,omitempty"`
	// Trajectory holds measurements during training, if the run asks for them.
	Trajectory []Moment `json:"trajectory,omitempty"`
}

// Learned reports whether the test error on unseen examples is at most eps.
func (r Result) Learned(eps float64) bool { return r.Outcome != Diverged && r.Error <= eps }
