package net

import (
	"srhmbench/srhm"
	"srhmbench/srhm/spec"
)

// Kind is a kind of network: all that the program needs to know of it before there is one. Package zoo lists the kinds
// there are.
type Kind interface {
	// Name is the kind's name in descriptions and on the command line, in lower case.
	Name() string

	// Title is its name in text and pictures.
	Title() string

	// Network is the network where nothing but the kind is asked for.
	Network() spec.Network

	// Protocol changes a preset where this kind trains otherwise unless told: another learning rate, another stop
	// loss.
	Protocol(preset spec.Protocol) spec.Protocol

	// Design plans a network of this kind for a valid task. The error says in one line what is wrong, and what is
	// allowed.
	Design(n spec.Network, t srhm.Task) (Design, error)

	// Law predicts P* of the kind.
	Law() Law

	// Authors says how the authors trained the kind on a task with n_c = v, m = v^(s-1), L of 2 or 3, and sparsity A.
	Authors(t srhm.Task) Authors
}

// Design is a network planned: its geometry is settled, but there are no weights. What follows from the geometry alone
// is answered here, and only here.
type Design interface {
	// New returns a network at its initialisation, which depends on the design, the encoding and the seed only.
	// threads is how many goroutines it may use.
	New(e srhm.Encoding, seed uint64, threads int) Network

	// Layers names the layers that a view of the network shows, the lowest first. The last is the output, the logits.
	Layers() []string

	// Parameters counts the numbers that are trained, without padding.
	Parameters() int

	// Bytes predicts the memory of weights and momenta.
	Bytes() float64

	// BatchBytes predicts the memory of a batch of examples.
	BatchBytes(examples int) float64

	// PassBytes predicts the memory of an evaluation of a batch of examples, and what a step on them takes besides.
	PassBytes(examples int) (evaluate, step float64)

	// Chunk is how many examples at most should pass at once, where they are evaluated or viewed.
	Chunk() int

	// Cost predicts what a step touches: weights read, updated and written back, and multiply-adds of one example,
	// forward.
	Cost() (weights, macs float64)

	// Epochs guesses how many epochs of so many batches a training takes by a protocol. Neither check-every nor
	// max-epochs counts.
	Epochs(p spec.Protocol, batches float64) float64
}

// Law predicts P*, the training-set size at which a kind of network learns a task.
type Law struct {
	Equation int                     // its number in the paper
	Formula  string                  // in TeX
	PStar    func(srhm.Task) float64 // total, not per class
	Ratio    float64                 // of the published P* to it, about: searches start there
}

// The laws of the paper.
var (
	// LocalLaw is Eq. 3, of networks that learn every position by itself.
	LocalLaw = Law{3, "s^{L/2}(s_0+1)^L n_c m^L", srhm.Task.PStarLCN, 1.5}
	// SharedLaw is Eq. 4, of networks that share their filters between positions.
	SharedLaw = Law{4, "(s_0+1)^2 n_c m^L", srhm.Task.PStarCNN, 2.5}
)

// Authors is how the authors trained a network on a task (SPEC sections 2.1 to 2.3).
type Authors struct {
	Width    int
	LR       float64 // as in a protocol
	StopLoss float64
	Sizes    []int // of their training sets, increasing, total; nil where they are not known
}
