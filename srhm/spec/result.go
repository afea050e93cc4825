package spec

// Outcome names how a training ended.
type Outcome string

// Every way a training ends. None of them is a missing value.
const (
	Fitted    Outcome = "fitted"     // the stop loss was reached
	Decided   Outcome = "decided"    // the test error fell below the stop error: the verdict cannot change
	Exhausted Outcome = "max-epochs" // the epochs ran out
	Collapsed Outcome = "collapsed"  // the loss stayed at ln n_c: dead units
	Diverged  Outcome = "diverged"   // the loss is not finite
)

// Check is one look at the network between epochs.
type Check struct {
	Epoch      int     `json:"epoch"`
	Step       int     `json:"step"`
	Loss       float64 `json:"loss"`                 // mean cross-entropy (nats) over the epoch's batches
	Error      float64 `json:"error"`                // on data that are not in the training set, in [0, 1]
	FreshError float64 `json:"fresh_error"`          // on fresh draws, which may hit training data, as the authors measure
	Validation float64 `json:"validation,omitempty"` // on the independent validation set, if the protocol has one
}

// Result is what came out of a training. All of it is reproducible bit for bit
// on every kernel tier and number of threads.
type Result struct {
	Outcome      Outcome `json:"outcome"`
	TrainingSize int     `json:"training_size"` // data used: P rounded up to whole batches
	Epochs       int     `json:"epochs"`
	Steps        int     `json:"steps"`
	Loss         float64 `json:"loss"`        // last finite epoch mean of the cross-entropy, nats
	Error        float64 `json:"error"`       // test error on unseen data at the protocol's checkpoint
	FreshError   float64 `json:"fresh_error"` // test error on fresh draws at the protocol's checkpoint
	LastError    float64 `json:"last_error"`  // test error on unseen data at the last check
	SeenFraction float64 `json:"seen_fraction"`
	Checks       []Check `json:"checks"`
	WeightsHash  string  `json:"weights_hash"` // SHA-256 prefix of all parameters at the end
	// Sensitivities are measured at the protocol's checkpoint if the run asks for it; nil without any check.
	Sensitivities *Sensitivities `json:"sensitivities,omitempty"`
	// Trajectory holds the looks at the training, if the run asks for them.
	Trajectory []Moment `json:"trajectory,omitempty"`
}

// Learned says whether the test error on unseen data is at most the threshold eps.
func (r Result) Learned(eps float64) bool { return r.Outcome != Diverged && r.Error <= eps }
