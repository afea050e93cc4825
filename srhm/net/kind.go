package net

import (
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// Kind is a kind of network: what the program needs to know before there is a network. Package zoo lists the kinds.
type Kind interface {
	// Name returns the name in descriptions and on the command line, in lower case.
	Name() string

	// Title returns the name in text and pictures.
	Title() string

	// Network returns the network to use where only the kind is given.
	Network() spec.Network

	// Protocol adapts a preset: the result is how this kind trains by default, with its own learning rate, say.
	Protocol(preset spec.Protocol) spec.Protocol

	// Design plans a network of this kind for a valid task. An error says in one line what is wrong with the description
	// and what is allowed.
	Design(n spec.Network, t srhm.Task) (Design, error)

	// Law returns the law of P* for this kind.
	Law() Law

	// Authors returns how the authors trained this kind on a task with n_c = v, m = v^(s-1), L of 2 or 3 and sparsity A.
	Authors(t srhm.Task) Authors
}

// Design is a planned network: its geometry, without weights. It is the only place that answers what follows from the
// geometry.
type Design interface {
	// New returns a network at initialisation, which depends only on the design, the encoding and the seed. threads is the
	// number of goroutines it may use.
	New(e srhm.Encoding, seed uint64, threads int) Network

	// Layers returns the names of the layers that a view shows, from the bottom up. The last is the output, the logits.
	Layers() []string

	// Parameters returns the number of trained parameters, without padding.
	Parameters() int

	// Bytes predicts the memory of weights and momenta.
	Bytes() float64

	// BatchBytes predicts the memory of a batch.
	BatchBytes(examples int) float64

	// PassBytes predicts the memory of an evaluation of a batch, and what a step on it takes besides.
	PassBytes(examples int) (evaluate, step float64)

	// Chunk returns the largest number of examples that should be evaluated or viewed at once.
	Chunk() int

	// Cost predicts the work of a step: the number of weights that it reads, updates and writes back, and the
	// multiply-adds of the forward pass of one example.
	Cost() (weights, macs float64)

	// Epochs guesses the number of epochs of a training by a protocol, given the batches in an epoch. The caller applies
	// check-every and max-epochs.
	Epochs(p spec.Protocol, batches float64) float64
}

// Law predicts P*, the training-set size at which a kind of network learns a task.
type Law struct {
	Equation int                     // its number in the paper
	Formula  string                  // in TeX
	PStar    func(srhm.Task) float64 // total, not per class
	Ratio    float64                 // published P* divided by PStar, roughly: where searches start
}

// The laws of the paper.
var (
	// LocalLaw is Eq. 3, for networks that learn each position by itself.
	LocalLaw = Law{3, "s^{L/2}(s_0+1)^L n_c m^L", srhm.Task.PStarLCN, 1.5}
	// SharedLaw is Eq. 4, for networks that share filters between positions.
	SharedLaw = Law{4, "(s_0+1)^2 n_c m^L", srhm.Task.PStarCNN, 2.5}
)

// Authors is how the authors trained a kind of network on a task (SPEC sections 2.1 to 2.3).
type Authors struct {
	Width    int
	LR       float64 // as in a protocol
	StopLoss float64
	Sizes    []int // training-set sizes, all classes together, increasing; nil if not known
}
