// Package net is the seam between the networks and the rest of the program. Training, probes, checkpoints, exports and
// the command line use networks through the interfaces here, and none of them switches on the kind of a network.
//
// A network comes to be in four steps:
//
//	spec.Network    the description: the name of a kind, and settings. It is data only.
//	Kind            what holds for all networks of a kind: which descriptions are valid, the default description and
//	                protocol, the law of P*, how the authors trained it.
//	Design          a valid description on a task: the geometry, without weights. It knows what follows from that:
//	                the number of parameters, the names of layers, memory and cost.
//	Network         a design with weights: batches, steps, evaluation, views of its layers, state.
//
// Package zoo lists the kinds, finds them by name and makes networks from descriptions. Saving, loading, hashing and
// exporting are written here, once for all networks: [WriteState], [Weights], [Hash], [WriteNPZ].
//
// Package patch has the networks on patches of the paper, LCN, CNN and FCN; package layers the common architectures, VGG,
// ResNet and EfficientNet.
//
// # A new network
//
// Write a file with its [Kind], such as patch/cnn.go, and list it in zoo.Kinds. The rest of the program finds it there:
// the command line, the checks of descriptions, the predictions, and the tests of package nettest, which check whatever
// the interfaces ask for. A network whose steps are complete when they return embeds [Eager]; one without random streams
// or derived state embeds [Stateless].
//
// Every float32 operation is done by package kernels or is a single addition or multiplication, so that results are
// the same bits on every tier and number of threads.
package net
