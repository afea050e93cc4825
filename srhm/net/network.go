package net

import (
	"iter"

	"srhmbench/srhm"
)

// Network is a network with its weights, in training. It is not safe for concurrent use.
//
// Training, probing and storing ask for one of the small interfaces it is made of. A network whose steps leave nothing
// for later embeds [Eager] and [Stateless] and writes the rest.
type Network interface {
	Design() Design
	Trainer
	Viewer
	Stored
}

// Batcher arranges examples.
type Batcher interface {
	// NewBatch arranges the examples of a set as the network reads them. A batch stays valid whatever the network
	// learns, and belongs to networks of one design.
	NewBatch(set *srhm.Set) Batch
}

// Batch is a set of examples as a network reads them.
type Batch interface {
	Len() int     // examples
	Bytes() int64 // of memory, about
}

// Trainer takes steps and is judged.
type Trainer interface {
	Batcher

	// Step makes one step of SGD with momentum mu on the mean cross-entropy of a batch: m = mu·m + gradient,
	// w = w - rate·m. The network turns lr, the learning rate of the protocol, into its rate: by its width or not at
	// all. Step returns the sum of the cross-entropies before it, in nats; what is not finite is not an error.
	Step(b Batch, lr, mu float64) (loss float64)

	// Sync completes what steps have left for later. The protocol has it once an epoch, since it may round: results
	// depend on when it is called.
	Sync()

	// Evaluate scores a batch as after training, without dropout and by running moments. Call Sync before, or be in
	// Aside.
	Evaluate(b Batch) Score

	// Aside calls f, which may evaluate and view the network between any two steps, and undoes what that has brought
	// up to date: the steps after it give the bits that they would have given. f must not step, sync or load.
	Aside(f func())

	// Work is what a step on a batch costs at least: floating-point operations, and bytes of weights and momenta
	// read and written. Benchmarks compare with it.
	Work(b Batch) (flops, bytes float64)
}

// Score says how a network does on a batch.
type Score struct {
	Loss      float64 // sum of the cross-entropies, nats; NaN if the network is not finite
	Wrong     int     // examples whose largest logit is another class's; all if the network is not finite
	Predicted []int   // examples by predicted class
}

// Viewer shows what a network makes of a batch. What it shows and how it gets there leave no trace in the network, but
// for what Aside undoes.
type Viewer interface {
	Design() Design
	Batcher

	// View passes a batch through the network and yields its layers in order, with their numbers, those of
	// Design().Layers(). A layer is valid until the next one is asked for. Call Sync before, or be in Aside.
	View(b Batch, mode Mode) iter.Seq2[int, Layer]
}

// Mode is how a network takes a batch that it does not learn from.
type Mode int

// The modes. They differ where there is batch norm or dropout.
const (
	Evaluation Mode = iota // running moments, no dropout
	Training               // the moments of this very batch, and dropout
)

// Layer is what a network makes of a batch at one of its layers: a representation of each example.
type Layer interface {
	// Size is the length of a representation.
	Size() int

	// Representation writes that of example i into dst, Size() long.
	Representation(dst []float32, i int)

	// Distance is ‖f(x_i) - f(x_j)‖², for examples i and j: summed in float64, exactly 0 for equal representations.
	Distance(i, j int) float64
}

// Stored can be saved, loaded, hashed and exported.
type Stored interface {
	// Weights lists, in a fixed order, all that an evaluation reads: parameters, and what else training moves, such
	// as the running moments of batch norm. They are the network's own memory. Call Sync before.
	Weights() [][]float32

	// Loaded tells the network that its weights have been written.
	Loaded()

	// State lists, in a fixed order, all numbers that steps change: weights, momenta, and what follows from them with
	// roundings of its own. They are the network's own memory; steps that do not show in results may be made first.
	State() [][]float32

	// Counters are what steps change besides: numbers of steps, the places of random streams. There are always as
	// many.
	Counters() []uint64

	// SetCounters puts counters back, after the state has been written.
	SetCounters(c []uint64)

	// Tensors are the parameters as other programs want them, and what they need besides to compute the same outputs.
	// Call Sync before; the network must not change while they are read.
	Tensors() []Tensor
}

// Tensor is an array of a network as other programs have it: in C order, without padding.
type Tensor struct {
	Name  string
	Shape []int
	Row   func(dst []float32, i int) []float32 // appends what belongs to i of the first dimension
}

// Eager is embedded in networks whose steps leave nothing for later.
type Eager struct{}

// Sync does nothing.
func (Eager) Sync() {}

// Aside calls f.
func (Eager) Aside(f func()) { f() }

// Stateless is embedded in networks that steps change in nothing but their state, and that keep nothing that follows
// from their weights.
type Stateless struct{}

// Loaded does nothing.
func (Stateless) Loaded() {}

// Counters are none.
func (Stateless) Counters() []uint64 { return nil }

// SetCounters does nothing.
func (Stateless) SetCounters([]uint64) {}
