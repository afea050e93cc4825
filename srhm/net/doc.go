// Package net is the seam between the networks and the program. Training, probes, checkpoints, exports, the command
// line and the benchmarks ask a network what stands here, and switch on no kind.
//
// Three things answer, in the order in which a network comes to be:
//
//	spec.Network    the description: a kind by name, and numbers. Data only.
//	[Kind]          what holds for all networks of a kind: its name, the description and the protocol where nothing
//	                else is asked for, the law of its P*, how the authors trained it; and which descriptions are right.
//	[Design]        a description on a task: geometry without weights. It answers all that follows from the geometry:
//	                parameters, names of layers, memory, cost.
//	[Network]       a design with weights: batches, steps, evaluation, views of its layers, state.
//
// Package zoo lists the kinds, looks them up by name and makes networks from descriptions. What a network stores is
// written, read, copied, hashed and exported here, once for all of them: [WriteState], [Weights], [Hash], [WriteNPZ].
//
// Package patch has the networks on patches of the paper, LCN, CNN and FCN; package layers the common architectures, VGG,
// ResNet and EfficientNet.
//
// # A new network
//
// Write a file with its [Kind] (see patch/cnn.go), and list it in zoo.Kinds. Nothing else in the program knows kinds.
// What the types must do stands at their methods; package nettest checks it, for all of
// zoo.Kinds. A network whose steps are complete when
// they return embeds [Eager], one without random streams embeds [Stateless].
//
// Every float32 operation is done by package kernels or is a single addition or multiplication, so that results are
// the same bits on every tier and number of threads. Batches belong to the design, not to the weights: a training
// keeps them. Evaluation and views change nothing but what [Trainer].Aside undoes.
package net
