package net

import (
	"iter"

	"srhmbench/srhm"
)

// Network is a network with its weights, ready to train. It is not safe for concurrent use.
//
// It is made of small interfaces, for training, probing and storing. A network whose steps are complete when they return
// embeds [Eager]; one without random streams or derived state embeds [Stateless].
type Network interface {
	Design() Design
	Trainer
	Viewer
	Stored
}

// Batcher arranges examples.
type Batcher interface {
	// NewBatch arranges the examples of a set as the network reads them. A batch depends on the design and the encoding,
	// not on the weights, so it stays valid while the network learns.
	NewBatch(set *srhm.Set) Batch
}

// Batch is a set of examples as a network reads them.
type Batch interface {
	Len() int     // number of examples
	Bytes() int64 // approximate memory
}

// Trainer can be trained and evaluated.
type Trainer interface {
	Batcher

	// Step makes one step of SGD with momentum mu on the mean cross-entropy of a batch: m = mu·m + gradient,
	// w = w - rate·m. The rate is lr, the learning rate of the protocol, or a multiple of it that the network chooses,
	// such as lr·width. Step returns the sum of the cross-entropies before it, in nats, which need not be finite.
	Step(b Batch, lr, mu float64) (loss float64)

	// Sync completes what steps have put off. It is called once an epoch, which is part of the protocol: it may round, so
	// results depend on when it is called.
	Sync()

	// Evaluate scores a batch in evaluation mode. Call it after Sync, or inside Aside.
	Evaluate(b Batch) Score

	// Aside calls f, which may evaluate and view the network between any two steps, and undoes what that has brought up
	// to date, so that later steps give the same bits as without it. f must not step, sync or load.
	Aside(f func())

	// Work returns the least that a step on a batch costs: floating-point operations, and bytes of weights and momenta
	// read and written. Benchmarks report shares of the roof by it.
	Work(b Batch) (flops, bytes float64)
}

// Score is the performance of a network on a batch.
type Score struct {
	Loss      float64 // sum of the cross-entropies, nats; NaN if the network is not finite
	Wrong     int     // examples whose largest logit is another class's; all if the network is not finite
	Predicted []int   // examples by predicted class
}

// Viewer shows the layers of a network. A view changes nothing in the network, except for what Aside undoes.
type Viewer interface {
	Design() Design
	Batcher

	// View passes a batch through the network and yields its layers in the order of Design().Layers(), with their index.
	// A layer is valid until the next one is asked for. Call it after Sync, or inside Aside.
	View(b Batch, mode Mode) iter.Seq2[int, Layer]
}

// Mode is how a network processes a batch that it does not learn from.
type Mode int

// The modes, which differ for networks with batch norm or dropout.
const (
	Evaluation Mode = iota // running moments, no dropout
	Training               // moments of the batch itself, and dropout
)

// Layer is one layer of a network after a pass: a representation of each example of the batch.
type Layer interface {
	// Size returns the length of a representation.
	Size() int

	// Representation writes the representation of example i into dst, which has Size() elements.
	Representation(dst []float32, i int)

	// Distance returns ‖f(x_i) - f(x_j)‖² for examples i and j, summed in float64. It is exactly 0 if the
	// representations are equal.
	Distance(i, j int) float64
}

// Stored can be saved, loaded, hashed and exported.
type Stored interface {
	// Weights returns everything that training changes and an evaluation reads: the parameters and, for instance, the
	// running moments of batch norm. The order is fixed; the slices are the network's own memory. Call it after Sync.
	Weights() [][]float32

	// Loaded tells the network that its weights have been overwritten.
	Loaded()

	// State returns all float32 values that steps change: weights, momenta, and anything derived from them that rounds by
	// itself. The order is fixed; the slices are the network's own memory. It may first complete work that was put off,
	// as long as no result shows it.
	State() [][]float32

	// Counters returns whatever else steps change, such as the number of steps or the positions of random streams. Their
	// number is fixed.
	Counters() []uint64

	// SetCounters restores counters, after State has been overwritten.
	SetCounters(c []uint64)

	// Tensors returns what other programs need to compute the same outputs: the parameters and, for instance, running
	// moments. Call it after Sync; the network must not change while they are read.
	Tensors() []Tensor
}

// Tensor is an array in the form that other programs use: C order, without padding.
type Tensor struct {
	Name  string
	Shape []int
	Row   func(dst []float32, i int) []float32 // appends the part with index i in the first dimension
}

// Eager is for networks to embed whose steps put nothing off.
type Eager struct{}

// Sync does nothing.
func (Eager) Sync() {}

// Aside calls f.
func (Eager) Aside(f func()) { f() }

// Stateless is for networks to embed that have no counters, and nothing that is derived from their weights.
type Stateless struct{}

// Loaded does nothing.
func (Stateless) Loaded() {}

// Counters returns none.
func (Stateless) Counters() []uint64 { return nil }

// SetCounters does nothing.
func (Stateless) SetCounters([]uint64) {}
