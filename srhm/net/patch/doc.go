// Package patch has the paper's networks on patches: locally connected (LCN), convolutional (CNN) and fully connected
// (FCN), with the authors' initialisation and scaling, trained by SGD with momentum on the cross-entropy (SPEC
// section 2.1).
//
// # Function
//
// A network has L hidden layers with filter = stride = s(s0+1). With c channels below and patches q,
//
//	z_q = c^(-1/2) Σ_p W_p x_p + 0.1 b_q,   x_q = max(0, z_q),   y = hᵀβ/width
//
// over the cells p of the patch; W, b and β start as N(0,1). The LCN has one W per p, the CNN one per place of p inside its
// patch; in both, biases belong to a channel and a position. The FCN is dense: its layers are d/(s(s0+1))^l times as wide,
// and scaled by the width alone. The learning rate is lr·width. The settings of [spec.Network] change scales, initial
// distributions, and which places share a weight block, and may add a last layer that averages over patches.
//
// # Cost
//
// The work depends on the symbols present, not on the d·v inputs:
//
//   - An example is a tree of nodes, the patches that are not blank. Equal patches at the same position are one node of a
//     Batch, computed once.
//   - All blank patches at a position share one constant row, computed once a step. Other rows hold the difference to it.
//   - The first layer adds up the weight rows of the symbols present. The whitened encoding moves every row by one common
//     vector, which is kept apart. Rows whose symbol is not in a batch catch up on the momentum steps they missed when
//     they are next read, which is the same sum up to rounding.
//   - Blocks of hidden weights make their steps when they are next read, with the same bits. One pass over memory serves
//     the update and the forward product, and a block that no patch reaches takes none.
//
// # Files
//
// A file holds a layer, its weights with their passes: input.go, hidden.go, position.go (biases, constant rows, ReLU),
// average.go, readout.go; pass.go runs them in order. design.go and geometry.go have what follows from the description;
// lcn.go, cnn.go and fcn.go what is particular to a kind.
//
// # Reproducibility
//
// Every float32 operation is done by package kernels or is a single addition or multiplication, so results have the same
// bits on every tier and number of threads.
package patch
