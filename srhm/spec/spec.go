// Package spec describes trainings and their results.
//
// A [Run] has everything that decides a result: the task, the network, the protocol, the training-set size and the seed.
// Its ID is a hash of that description, so equal descriptions are the same run. What cannot change a result (kernel tier,
// threads, machine) is not part of it.
//
// Descriptions are data. Which networks there are, and which descriptions of them are valid, package zoo knows.
package spec

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"

	"srhmbench/srhm"
)

// Version is part of every hash. It changes with the meaning of descriptions, so that old records are not taken for new
// ones.
const Version = "srhm-run/1"

// Ways to make mini-batches from the training set.
const (
	Fixed    = "fixed"    // class-balanced, composition fixed once, order shuffled every epoch (the authors' program)
	Shuffled = "shuffled" // i.i.d. training set, reshuffled every epoch
)

// Ways to choose the epoch whose test error is reported.
const (
	BestTest       = "best-test"       // smallest test error seen at a check (the authors' program)
	BestValidation = "best-validation" // smallest error on an independent validation set
	Last           = "last"            // the last check
)

// Protocol is everything about training that is not the task, the network, P or the seed.
type Protocol struct {
	Encoding   srhm.Encoding `json:"encoding"`
	Batching   string        `json:"batching"`    // Fixed or Shuffled
	Batch      int           `json:"batch"`       // Fixed: examples per class in a batch; Shuffled: examples in a batch
	LR         float64       `json:"lr"`          // learning rate; the network may multiply it by its width
	Momentum   float64       `json:"momentum"`    // in [0, 1)
	StopLoss   float64       `json:"stop_loss"`   // stop at a check when the epoch's mean cross-entropy is below
	StopError  float64       `json:"stop_error"`  // stop at a check when the test error is below: the verdict is certain; 0 = never
	MaxEpochs  int           `json:"max_epochs"`  // give up after so many epochs
	CheckEvery int           `json:"check_every"` // epochs between checks of loss and test error
	Checkpoint string        `json:"checkpoint"`  // BestTest, BestValidation or Last
	TestSize   int           `json:"test_size"`   // test examples drawn
}

// Protocols lists the names that Preset accepts.
var Protocols = []string{"authors", "text", "careful"}

// Preset returns a named protocol (SPEC section 2.2).
//
//   - "authors": what the authors' program does: whitened input, fixed class-balanced batches of 4 per
//     class, lr 0.01 (times the width), momentum 0.9, stop at cross-entropy 10^-3, best test error of
//     the checks made every 10 epochs.
//   - "text": what the paper's text says: blanks as zero columns, batches of 4 examples.
//   - "careful": i.i.d. training set, reshuffled, the same number of examples per step as "authors"
//     for 10 classes, epoch chosen on an independent validation set.
func Preset(name string) (Protocol, error) {
	p := Protocol{
		Encoding: srhm.Whitened, Batching: Fixed, Batch: 4,
		LR: 0.01, Momentum: 0.9, StopLoss: 1e-3, MaxEpochs: 10000, CheckEvery: 10,
		Checkpoint: BestTest, TestSize: 20000,
	}
	switch name {
	case "authors":
	case "text":
		p.Encoding, p.Batching = srhm.Zero, Shuffled
	case "careful":
		p.Batching, p.Batch, p.Checkpoint = Shuffled, 40, BestValidation
	default:
		return Protocol{}, fmt.Errorf("protocol %q: want one of %v", name, Protocols)
	}
	return p, nil
}

// Run is the complete description of one training.
type Run struct {
	Task     srhm.Task `json:"task"`
	Network  Network   `json:"network"`
	Protocol Protocol  `json:"protocol"`
	P        int       `json:"p"`    // training-set size, all classes together
	Seed     uint64    `json:"seed"` // of examples, initialisation and order; each has its own stream
	Probe    Probe     `json:"probe,omitzero"`
}

// ID returns the first 16 hexadecimal digits of the SHA-256 of the description.
func (r Run) ID() string {
	b, err := json.Marshal(r)
	if err != nil {
		panic("spec: a run is always encodable: " + err.Error())
	}
	return IDOf(b)
}

// IDOf is the ID of the run whose JSON this is, as json.Marshal writes it.
func IDOf(description []byte) string {
	sum := sha256.Sum256(append([]byte(Version+"\n"), description...))
	return hex.EncodeToString(sum[:8])
}

// MaxBatch bounds the examples in a mini-batch, or those of a class.
const MaxBatch = 1 << 16

// MaxP bounds the training-set size of a run.
const MaxP = 1 << 30

// BatchSize returns the number of examples in a full mini-batch.
func (r Run) BatchSize() int {
	if r.Protocol.Batching == Fixed {
		return r.Protocol.Batch * r.Task.NC
	}
	return r.Protocol.Batch
}

// TrainingSize returns the number of training examples used: P, rounded up to whole batches when their composition is
// fixed. (The authors' program reads whole files of 4 per class.)
func (r Run) TrainingSize() int {
	if r.Protocol.Batching != Fixed {
		return r.P
	}
	b := r.BatchSize()
	return (r.P + b - 1) / b * b
}

// Validate returns an error of one line that says what is wrong and what is allowed.
func (p Protocol) Validate() error {
	finite := func(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
	switch {
	case p.Encoding != srhm.Whitened && p.Encoding != srhm.Zero:
		return fmt.Errorf("encoding %q: want %s or %s", p.Encoding, srhm.Whitened, srhm.Zero)
	case p.Batching != Fixed && p.Batching != Shuffled:
		return fmt.Errorf("batching %q: want %s or %s", p.Batching, Fixed, Shuffled)
	case p.Batch < 1 || p.Batch > MaxBatch:
		return fmt.Errorf("batch %d: want 1 to %d", p.Batch, MaxBatch)
	case !finite(p.LR) || p.LR <= 0:
		return fmt.Errorf("lr %v: want a positive number", p.LR)
	case !(p.Momentum >= 0 && p.Momentum < 1):
		return fmt.Errorf("momentum %v: want 0 to less than 1", p.Momentum)
	case !finite(p.StopLoss) || p.StopLoss < 0:
		return fmt.Errorf("stop-loss %v: want 0 or more", p.StopLoss)
	case !(p.StopError >= 0 && p.StopError < 1):
		return fmt.Errorf("stop-error %v: want 0 to less than 1", p.StopError)
	case p.MaxEpochs < 1 || p.MaxEpochs > 1e7:
		return fmt.Errorf("max-epochs %d: want 1 to 10000000", p.MaxEpochs)
	case p.CheckEvery < 1:
		return fmt.Errorf("check-every %d: want 1 or more epochs", p.CheckEvery)
	case p.Checkpoint != BestTest && p.Checkpoint != BestValidation && p.Checkpoint != Last:
		return fmt.Errorf("checkpoint %q: want %s, %s or %s", p.Checkpoint, BestTest, BestValidation, Last)
	case p.TestSize < 1 || p.TestSize > 1<<24:
		return fmt.Errorf("test-size %d: want 1 to %d", p.TestSize, 1<<24)
	}
	return nil
}
